"""Made-up news in six languages: sentences from templates and words of our own, never the same one twice."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Tongue:
    """What a language needs: templates of titles and sentences, and the words that go into their slots."""

    titles: tuple[str, ...]
    sentences: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    space: str = " "
    """What stands between two sentences."""


def _words(**slots: str) -> dict[str, tuple[str, ...]]:
    return {name: tuple(word.strip() for word in text.split("|")) for name, text in slots.items()}


ENGLISH = Tongue(
    titles=(
        "{Body} approves {n} million plan for {place} {thing}",
        "{Body} and {body} clash over {thing} in {place}",
        "Flooding in {place} forces {n} families from their homes",
        "{place} {thing} to reopen after {n} weeks of repairs",
        "Inspectors find faults in {place} {thing}",
        "{person} named to lead inquiry into {place} {thing}",
        "Talks on {place} {thing} resume as {body} softens stance",
        "Court orders {body} to publish {place} accounts",
    ),
    sentences=(
        "The {body} said on {day} that work on the {place} {thing} would take another {n} weeks to finish.",
        "{person}, who has represented {place} since the last election, called the {noun} {adj} and late.",
        "Residents who gathered outside the {building} told reporters they had waited {n} days.",
        "According to figures released by the {body}, {n} households in {place} rely on the old {thing}.",
        "“We were promised a {adj} {noun} and we have been given a press conference,” said {person}.",
        "Engineers from {place} inspected the {thing} shortly after dawn and found {n} cracks.",
        "A spokesman for the {body} declined to say whether the {noun} would be made public before {day}.",
        "The cost of the {thing} has risen to {n} million crowns, double what the {body} had budgeted.",
        "Officials in {place} warned that a {adj} winter could delay the {noun} by at least {n} days.",
        "{person} told the hearing that nobody at the {building} had read the {noun} in full.",
        "Opposition members walked out of the {building} in protest, leaving the {noun} without a quorum.",
        "The {adj} {noun} was signed by {person} in front of some {n} guests at the {building}.",
        "Traders along the {place} road said sales had fallen by {n} percent since the {thing} closed.",
        "In a letter seen by this newspaper, {person} urged the {body} to postpone the {noun} until {day}.",
        "Police counted {n} lorries waiting near {place}, where the {thing} remains shut to heavy traffic.",
        "The {body} last reviewed the {thing} {n} months ago and concluded that it was {adj} but safe.",
        "Doctors at the {building} treated {n} people for minor injuries, most of them from {place}.",
        "It was not clear how the {noun} would affect fishermen in {place}, who depend on the {thing}.",
        "{person} and {person} met twice on {day} without agreeing on the wording of the {noun}.",
        "Under the {adj} terms, {place} will pay for {n} percent of the {thing} and the {body} for the rest.",
        "A court in {place} is expected to rule on the {noun} within {n} days, lawyers said.",
        "Analysts described the {noun} as {adj}, noting that the {body} changed course {n} times.",
        "Schools near the {building} will stay closed until {day}, affecting roughly {n} pupils.",
        "The {thing} was built {n} years ago by workers from {place}, many of whom are buried beside it.",
    ),
    words=_words(
        Body="Harbour board|Transport ministry|Water authority|Regional council|Audit office|Border agency|"
        "Energy regulator|Lower chamber|Health directorate|Rail inspectorate",
        body="harbour board|transport ministry|water authority|regional council|audit office|border agency|"
        "energy regulator|lower chamber|health directorate|rail inspectorate|forestry service|grain union",
        place="Kaldor|Vestrey|Port Amsel|Tormund|Lower Brack|Ystrad|Oskavik|Merrin|Halden Bay|Quillon|"
        "Sarnath|Dunmere|East Corvane|Pell|Windrush Falls|Tarrow|Nevask|Old Lissa",
        thing="ferry terminal|water main|viaduct|grain silo|power line|mountain tunnel|bridge|railway yard|"
        "desalination plant|lighthouse|coastal road|reservoir|weather station|fish market",
        person="Ilse Marrowby|Tomas Kerrigan|Adeyo Lund|Petra Vansittart|Jonas Okafor-Reed|Mirela Dusk|"
        "Harun Castellane|Beatrix Thorne|Olav Pemberton|Suri Valdane|Gregor Ashdown|Lena Quist|Paulo Wren",
        noun="agreement|report|inquiry|settlement|timetable|budget|appeal|resolution|survey|contract|amendment|"
        "evacuation order|tender|memorandum",
        adj="cautious|costly|modest|sweeping|unusual|temporary|disputed|harsh|provisional|overdue|narrow|"
        "generous|hasty|thorough",
        building="town hall|district hospital|old customs house|parliament annex|union hall|"
        "county courthouse|naval college|public library|exchange",
        day="Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday",
    ),
)

CHINESE = Tongue(
    titles=(
        "{place}{thing}将于{n}日后重新开放",
        "{body}批准{place}{thing}修复方案",
        "{place}暴雨致{n}户居民转移",
    ),
    sentences=(
        "{body}{day}表示，{place}{thing}的修复工程还需要{n}天才能完成。",
        "据{body}公布的数据，{place}仍有{n}户居民依靠旧的{thing}维持日常生活。",
        "{person}在会议上指出，这份关于{thing}的报告在{place}引起了广泛讨论。",
        "记者在{place}看到，{n}辆卡车正在{thing}附近等待通行。",
        "{person}说，{place}的居民为这一天已经等待了{n}个月。",
        "专家认为，{place}{thing}的造价可能上升到{n}万元，远远超过{body}的预算。",
        "{day}上午，来自{place}的工程师对{thing}进行了检查，共发现{n}处裂缝。",
        "{body}没有说明这项协议何时公布，只表示将在{n}天之内作出决定。",
        "受{thing}关闭影响，{place}的商户称营业额下降了百分之{n}。",
        "{person}与{person}就{place}的问题举行了会谈，双方没有达成一致。",
    ),
    words=_words(
        body="港务委员会|交通管理局|水利办公室|地方议会|审计部门|边境管理处|能源监管机构|卫生委员会",
        place="卡尔多|维斯特雷|安泽尔港|托蒙德|奥斯卡维克|梅林湾|哈尔登|萨纳特|内瓦斯克|老利萨",
        thing="渡轮码头|输水管道|高架桥|粮仓|输电线路|山岭隧道|铁路货场|海水淡化厂|灯塔|沿海公路|水库",
        person="伊尔瑟|托马斯|阿德约|佩特拉|约纳斯|米雷拉|哈伦|比阿特丽克斯|奥拉夫|苏丽",
        day="星期一|星期二|星期三|星期四|星期五|星期六|星期日",
    ),
    space="",
)

JAPANESE = Tongue(
    titles=("{place}の{thing}、{n}日後に再開へ", "{body}、{place}の{thing}の修復計画を承認"),
    sentences=(
        "{body}は{day}、{place}の{thing}の修復にはさらに{n}日かかると発表した。",
        "{place}では今も{n}世帯が古い{thing}に頼って暮らしている。",
        "{person}さんは記者団に対し、{place}の住民は{n}か月も待たされてきたと語った。",
        "{thing}の閉鎖を受けて、{place}の商店では売り上げが{n}パーセント減ったという。",
        "{body}の調査によると、{thing}の支柱には{n}か所のひび割れが見つかった。",
        "{person}さんと{person}さんは{day}に会談したが、{thing}をめぐる合意には至らなかった。",
        "専門家は、{place}の{thing}の費用が{n}億円に達する可能性があると指摘している。",
        "{day}の朝、{place}の近くでは{n}台のトラックが通行の再開を待っていた。",
    ),
    words=_words(
        body="港湾委員会|交通省|水道局|地方議会|会計検査院|国境管理局|エネルギー監督庁",
        place="カルドル|ヴェストレイ|アムゼル港|トルムンド|オスカヴィク|メリン湾|ハルデン",
        thing="フェリー乗り場|送水管|高架橋|穀物倉庫|送電線|山岳トンネル|操車場|灯台|沿岸道路|貯水池",
        person="イルゼ|トマス|アデヨ|ペトラ|ヨナス|ミレラ|ハルン|ベアトリクス",
        day="月曜日|火曜日|水曜日|木曜日|金曜日|土曜日|日曜日",
    ),
    space="",
)

KOREAN = Tongue(
    titles=(
        "{place} {thing} {n}일 뒤 다시 문 연다",
        "{body}, {place} {thing} 복구 계획 승인",
        "{place} 폭우로 {n}가구 대피",
    ),
    sentences=(
        "{body}은 {day} {place} {thing} 복구 작업에 앞으로 {n}일이 더 걸릴 것이라고 밝혔다.",
        "{place}에서는 아직도 {n}가구가 오래된 {thing}에 의지해 살아가고 있다.",
        "{person} 씨는 기자들에게 {place} 주민들이 {n}개월 동안 대답을 기다려 왔다고 말했다.",
        "{thing} 폐쇄 이후 {place} 상인들의 매출은 {n}퍼센트 줄어든 것으로 나타났다.",
        "{body} 조사 결과 {thing} 기둥에서 균열 {n}곳이 발견되었다.",
        "{person} 씨와 {person} 씨는 {day} 만났지만 {thing} 문제에 합의하지 못했다.",
        "전문가들은 {place} {thing} 공사비가 {n}억 원에 이를 수 있다고 지적했다.",
        "{day} 아침 {place} 근처에서는 화물차 {n}대가 통행이 다시 시작되기를 기다리고 있었다.",
    ),
    words=_words(
        body="항만위원회 측|교통부 대변인|수도국 직원|지방의회 의장|감사원 당국|국경관리청 당국",
        place="칼도르|베스트레이|암젤항|토르문드|오스카비크|메린만|할덴|사르나트|네바스크",
        thing="여객선 부두|송수관|고가도로|곡물 창고|송전선|산악 터널|철도 기지|등대|해안 도로|저수지",
        person="일제|토마스|아데요|페트라|요나스|미렐라|하룬|베아트릭스|올라브",
        day="월요일|화요일|수요일|목요일|금요일|토요일|일요일",
    ),
)

RUSSIAN = Tongue(
    titles=(
        "{thing} в районе {place} откроют через {n} дней",
        "{body} одобрил план ремонта: {place}, {thing}",
    ),
    sentences=(
        "{body} сообщил в {day}, что ремонт объекта «{thing}» в районе {place} займёт ещё {n} дней.",
        "По словам жителя по имени {person}, люди в районе {place} ждали ответа {n} месяцев.",
        "В районе {place} около {n} семей по-прежнему зависят от старого объекта «{thing}».",
        "После закрытия объекта «{thing}» торговцы из района {place} потеряли {n} процентов выручки.",
        "Инженеры осмотрели объект «{thing}» и нашли на опорах {n} трещин, сообщил {body}.",
        "{person} и {person} встретились в {day}, однако договориться по району {place} не смогли.",
        "Эксперты считают, что {thing} может обойтись в {n} миллионов крон, вдвое дороже прежней сметы.",
        "Утром в {day} у въезда в район {place} стояли {n} грузовиков.",
    ),
    words=_words(
        body="Портовый совет|Транспортный комитет|Водный департамент|Областной совет|Энергетический надзор",
        place="Калдор|Вестрей|Амзель|Тормунд|Оскавик|Меррин|Хальден|Сарнат|Неваск",
        thing="паромный терминал|водопровод|виадук|зерновой склад|горный тоннель|маяк|прибрежная дорога",
        person="Ильзе|Томас|Адейо|Петра|Йонас|Мирела|Харун|Беатрикс|Олав",
        day="понедельник|вторник|среду|четверг|пятницу|субботу|воскресенье",
    ),
)

ARABIC = Tongue(
    titles=("{body} يوافق على خطة إصلاح {thing} في {place}", "إعادة فتح {thing} في {place} بعد {n} يوما"),
    sentences=(
        "قال {body} يوم {day} إن أعمال إصلاح {thing} في {place} ستستغرق {n} يوما أخرى.",
        "وأوضح {person} أن سكان {place} ينتظرون جوابا منذ {n} شهرا.",
        "وبحسب الأرقام الرسمية لا تزال {n} أسرة في {place} تعتمد على {thing} القديم.",
        "وتراجعت مبيعات التجار في {place} بنسبة {n} في المئة منذ إغلاق {thing}.",
        "وعثر المهندسون خلال فحص {thing} على {n} شقا في الأعمدة.",
        "والتقى {person} مع {person} يوم {day} دون التوصل إلى اتفاق بشأن {place}.",
        "ويرى خبراء أن كلفة {thing} قد تصل إلى {n} مليون دينار، وهو ضعف ما قدره {body}.",
        "وفي صباح {day} كانت {n} شاحنة تنتظر قرب {place} عودة حركة المرور.",
    ),
    words=_words(
        body="مجلس الميناء|مكتب النقل|جهاز المياه|المجلس المحلي|ديوان المحاسبة|مكتب الطاقة",
        place="كالدور|فستري|ميناء أمزل|تورموند|أوسكافيك|خليج مرين|هالدن|سارنات|نيفاسك",
        thing="محطة العبارات|خط المياه|الجسر المعلق|مخزن الحبوب|خط الكهرباء|النفق الجبلي|الخزان",
        person="توماس|أديو|بترا|يوناس|ميريلا|هارون|أولاف|سوري",
        day="الاثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد",
    ),
)

TONGUES: Mapping[str, Tongue] = {
    "en": ENGLISH,
    "zh": CHINESE,
    "ja": JAPANESE,
    "ko": KOREAN,
    "ru": RUSSIAN,
    "ar": ARABIC,
}


_TRIES = 200


@dataclass(slots=True)
class Writer:
    """Writes without ever repeating a title or a sentence. The same seed writes the same."""

    seed: int = 1
    chance: random.Random = field(init=False)
    _written: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)

    def title(self, language: str) -> str:
        """Write a headline."""
        return self._fresh(TONGUES[language].titles, TONGUES[language])

    def sentence(self, language: str) -> str:
        """Write one sentence."""
        return self._fresh(TONGUES[language].sentences, TONGUES[language])

    def paragraphs(self, language: str, count: int = 6) -> tuple[str, ...]:
        """Write a body: paragraphs of three or four sentences, none with the same template twice."""
        return tuple(self._paragraph(TONGUES[language]) for _ in range(count))

    def _paragraph(self, tongue: Tongue) -> str:
        templates = self.chance.sample(tongue.sentences, self.chance.choice((3, 4)))
        return tongue.space.join(self._fresh((template,), tongue) for template in templates)

    def _fresh(self, templates: tuple[str, ...], tongue: Tongue) -> str:
        """Fill in a template as never before; where all seems to have been said, with a number at its end."""
        tried = (self._filled(self.chance.choice(templates), tongue) for _ in range(_TRIES))
        text = next((one for one in tried if one not in self._written), None)
        if text is None:
            said = self._filled(self.chance.choice(templates), tongue)
            end = len(said.rstrip(".。"))
            text = f"{said[:end]} {len(self._written)}{said[end:]}"
        self._written.add(text)
        return text

    def _filled(self, template: str, tongue: Tongue) -> str:
        used: set[str] = set()

        def word(match: re.Match[str]) -> str:
            if match[1] == "n":
                return str(self.chance.randint(11, 979))
            chosen = self.chance.choice([w for w in tongue.words[match[1]] if w not in used])
            used.add(chosen)
            return chosen

        return _SLOT.sub(word, template)
