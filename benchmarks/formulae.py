# ruff: noqa: E501 - a paragraph is a line
"""Texts as offices and agencies issue them by the dozen: other names, dates and numbers in the same words.

None is a copy of another. They are made up, and serve to fit and to judge the verdict on copies.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

_SLOT = re.compile(r"\{(\w+?)(\d?)\}")

WORDS = {
    "country": ["Libya", "Yemen", "Varda", "Nepal", "Mongolia", "Portugal", "Estonia", "Haiti", "Mali", "Peru", "Jordan", "Laos", "Cyprus", "Chad"],
    "city": ["Narova", "Corvane", "Tesh", "Halvor", "Sebha", "Taiz", "Pokhara", "Darkhan", "Braga", "Tartu", "Gonaives", "Kidal", "Cusco", "Irbid"],
    "person": [
        "Hanna Tetteh", "Hans Berg", "Jorge Almeida", "Ilmar Tamm", "Runa Feldhaus", "Joren Aske", "Ilse Brandvold",
        "Pekka Lindqvist", "Amara Okonkwo", "Viktor Iversen", "Nadia Strand", "Julian Merle",
    ],
    "day": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "month": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    "n": [str(n) for n in range(2, 99)],
    "firm": ["Obrist Mills", "Tesh Linien", "Feldhaus Steel", "Corvane Gas", "Halvor Timber", "Lissa Ports", "Aske Foods"],
    "cause": ["floods", "shelling", "fighting", "drought", "wildfires", "landslides"],
    "dia": ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    "pais": ["Chile", "Perú", "Bolivia", "Uruguay", "Panamá", "Honduras", "Cuba", "Ecuador", "Paraguay"],
    "国": ["安哥拉", "乌兹别克斯坦", "巴西", "塞尔维亚", "老挝", "尼泊尔", "肯尼亚", "新西兰", "马来西亚"],
    "人": ["洛伦索", "米尔济约耶夫", "卢拉", "武契奇", "通伦", "奥利", "鲁托", "希普金斯", "安瓦尔"],
    "数": ["三", "五", "七", "九", "十一", "十二", "十四", "十六", "二十", "二十三", "三十", "四十"],
    "지역": ["제주도", "강원도", "경상도", "전라도", "충청도", "경기도"],
    "بلد": ["ليبيا", "اليمن", "الأردن", "تونس", "المغرب", "لبنان", "العراق"],
    "اسم": ["هانا تيتيه", "هانس غروندبرغ", "جير بيدرسن", "سيغريد كاغ", "عبد الله باتيلي"],
}  # fmt: skip

FORMULAE = {
    "council": (
        "The Council held consultations on the situation in {country} on {day}. The Special Representative, {person}, briefed members by video link on the latest developments and on the work of the mission.\nMembers expressed concern about the humanitarian situation and called on all parties to exercise restraint and to resume dialogue. They reaffirmed their commitment to the sovereignty, independence, unity and territorial integrity of {country}."
    ),
    "credentials": (
        "The President of the Republic received {person}, the new ambassador of {country}, who presented letters of credence at the palace on {day}.\nIn a brief conversation the President wished the ambassador success and recalled the traditional ties of friendship between both nations. The ceremony was attended by the minister of foreign affairs and senior officials of the protocol department."
    ),
    "relief": (
        "Humanitarian partners report that thousands of people have been displaced by {cause} in {city}, {country}, since {day}. Families are sheltering in schools and mosques, and many have lost their livestock.\nThe Coordinator for {country}, {person}, called on donors to step up their support. Safe, rapid and unimpeded access to all people in need must be ensured, in line with international humanitarian law."
    ),
    "prices": (
        "The Ministry of Energy announced on {n1} {month} that the retail price of petrol will change by {n2} cents to {n3} crowns from midnight. Diesel will cost {n4} crowns a litre and kerosene {n5} crowns.\nThe ministry reviews prices every week in line with the world market and the exchange rate. Consumers are advised to compare prices and to report filling stations that charge more than the ceiling."
    ),
    "results": (
        "{firm} said its board had approved the payment of a quarterly dividend to shareholders of record on {month} {n1}. The company confirmed its outlook for the year and said that trading in the first weeks had been in line with expectations.\nThe chairman, {person}, thanked the employees for their commitment in a demanding market. The annual meeting will be held in {city} as planned."
    ),
    "travel": (
        "{person} arrived in {city} on {day} for a working visit at the head of a delegation of {country}. The delegation was met at the airport by the vice-minister of foreign affairs and officials concerned.\nDuring the stay it will hold talks on matters of mutual interest, visit places of historical importance and lay a wreath at the monument to the fallen."
    ),
    "weather": (
        "Cloudy skies are expected over {city} on {day} with scattered showers in the afternoon. Temperatures will range from {n1} to {n2} degrees in the valleys and stay below {n3} degrees in the hills.\nWinds will blow at {n4} kilometres an hour. Fishermen are advised to follow the bulletins of the meteorological office. The outlook for the following days remains unchanged, with a risk of thunder near the coast."
    ),
    "condolences": (
        "The Secretary of the Assembly is deeply saddened by the loss of life caused by the {cause} in {city}, {country}, on {day}. She extends her heartfelt condolences to the families of the victims and to the people and Government of {country}.\nThe Assembly stands in solidarity with {country} at this difficult time and is ready to assist the national authorities in their response."
    ),
    "visita": (
        "El presidente del Gobierno recibió este {dia} en el palacio al embajador de {pais}, {person}, con quien repasó el estado de las relaciones bilaterales y los principales asuntos de la agenda regional.\nAmbos coincidieron en la voluntad de reforzar la cooperación económica y cultural y acordaron mantener abiertos los canales de diálogo entre los dos países."
    ),
    "会谈": (
        "本台消息：国家主席{数}日在人民大会堂同来华进行国事访问的{国}总统{人}举行会谈。两国元首一致同意，推动两国关系迈上新台阶。国家主席指出，建交{数1}年来，双方政治互信不断深化，各领域合作成果丰硕。{人}表示，{国}坚定奉行一个中国政策，愿同中方扩大贸易、投资、基础设施等领域合作。会谈后，两国元首共同见证签署多项合作文件。"
    ),
    "贺电": (
        "新华社北京{数}日电：国家主席致电{人}，祝贺他当选{国}总统。国家主席在贺电中指出，中国同{国}传统友谊深厚，两国关系保持良好发展势头，各领域交流合作不断扩大。我高度重视两国关系发展，愿同你一道努力，增进政治互信，深化互利合作，推动两国友好合作关系不断向前发展，更好造福两国人民。"
    ),
    "예보": (
        "기상청은 {n1}일 전국이 대체로 흐리고 {지역}에는 비가 내리겠다고 예보했다. 아침 최저기온은 {n2}도, 낮 최고기온은 {n3}도로 예상된다. 바다의 물결은 먼바다에서 높게 일겠다. 기상청은 출근길 안전 운전에 유의해 달라고 당부했다. 미세먼지 농도는 전 권역에서 보통 수준을 보이겠다고 환경당국은 내다봤다."
    ),
    "إحاطة": (
        "عقد مجلس الأمن مشاورات بشأن الحالة في {بلد}، واستمع إلى إحاطة من المبعوث الخاص {اسم} عبر الاتصال المرئي حول آخر التطورات وعمل البعثة. وأعرب أعضاء المجلس عن قلقهم إزاء الوضع الإنساني ودعوا جميع الأطراف إلى ضبط النفس واستئناف الحوار. وأكدوا من جديد التزامهم بسيادة {بلد} واستقلاله ووحدته وسلامة أراضيه."
    ),
}  # fmt: skip


def formula_pairs(each: int, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Yield the name of a formula and two texts that were made of it, `each` times for each formula."""
    for name, formula in FORMULAE.items():
        for _ in range(each):
            yield name, *_two(formula, chance)


def _two(formula: str, chance: random.Random) -> tuple[str, str]:
    """Fill a formula twice; whatever stands in a slot is another thing the second time."""
    fills: list[dict[str, str]] = [{}, {}]
    for word, number in dict.fromkeys(_SLOT.findall(formula)):
        first, second = chance.sample(WORDS[word], 2)
        fills[0][word + number], fills[1][word + number] = first, second
    one, other = (_SLOT.sub(lambda slot, fill=fill: fill[slot[1] + slot[2]], formula) for fill in fills)
    return one, other
