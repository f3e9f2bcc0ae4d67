"""How texts credit whom they come from: datelines, bylines, tails, reprint notes, each with an example.

A rule knows a form, never an outlet. Forms that prove little ("(AFP)" at the end) are believed for known
agencies only (`pipeline.extract.agencies`), datelines also for names that tell what they are, and forms that
say it in words ("originally published by") for any name.
"""

# ruff: noqa: E501 - a table of patterns is read by rows, and a row is one line
from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.extract.agencies import ARABIC, KNOWN, agency_of
from pipeline.extract.months import month_of
from pipeline.extract.rules import SOURCE_WORDS
from pipeline.extract.strings import holds_any, squash

Where = Literal["opening", "closing", "line", "byline"]
Trust = Literal["known", "telling", "any"]

_LONGEST = {"opening": 160, "closing": 160, "line": 320, "byline": 140}
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class CreditRule:
    """A form of credit; the group `names` of its pattern holds whom it names."""

    what: str
    where: Where
    """`opening`: how a text begins; `closing`: how its last line ends; `line`: a line of its own before or
    behind the text; `byline`: one near the headline, or an author that the page states."""
    trust: Trust
    pattern: re.Pattern[str]
    example: str
    names: tuple[str, ...]
    """Whom the example credits."""
    spares: str = ""
    """What looks like it and credits nobody."""
    is_origin: bool = False
    """It says that the whole text was published there before."""
    holds: tuple[str, ...] = ()
    """Of these, in lower case, one stands in all that it takes: a pattern that is dear is asked only then."""


@dataclass(frozen=True, slots=True)
class Credit:
    """Somebody whom a text credits, in its own words."""

    name: str
    is_origin: bool = False
    address: str | None = None
    """Where it stands there, if the page writes the address out."""


def _rule(
    what: str,
    where: Where,
    trust: Trust,
    pattern: str,
    example: str,
    *names: str,
    spares: str = "",
    is_origin: bool = False,
    holds: tuple[str, ...] = (),
) -> CreditRule:
    compiled = re.compile(pattern, re.IGNORECASE)
    return CreditRule(what, where, trust, compiled, example, names, spares, is_origin, holds)


_A = rf"(?-i:{KNOWN.pattern})"
_AS = (
    rf"{_A}(?:(?:\s*[/,&+]\s*|\s+(?:and|und|et|y|e|en|och|og|ve|и|und der|with|avec|mit)\s+)(?:the\s+)?{_A})*"
)
_BY = r"(?:by|par|von|por|di|da|door|av|af|oleh|text|texte|autor|author|source|quelle|from)"
_OPEN = r"[(\[（【［/]"
_CLOSE = r"[)\]）】］/]"
_TITLE = (
    r"(?P<names>(?-i:[A-ZÀ-ÞА-ЯЁ\d])[^.!?;:|()\[\]]{1,60}?(?:\.(?:com|org|net|co|news|info)(?:\.\w\w)?)?)"
)
_UNTIL = r"(?=[\s\"”’']*(?:[.,;:|()\[\]!]|$|\s(?:on|under|(?-i:and (?=[a-z]))|with|in|at|as|where|here|by|and is|via|am|le|el|em|il|unter|und|sous|bajo|sob|con|dengan|pada|under)\s))"

RULES: tuple[CreditRule, ...] = (
    _rule("dateline", "opening", "telling", r"^[\W_]*(?P<place>[^()\[\]!?:;。]{2,70}?(?:\([^()]{2,30}\)[^()!?]{0,30})?)[\s,]*[(\[（](?P<names>[^()\[\]（）]{2,60})[)\]）]\s*[.,]?\s*(?:[-–—:ー]|$|(?<=\.)\s)", "SEOUL, Aug. 20 (Yonhap) -- Talks began.", "Yonhap", spares="The ministry (of health) - which nobody likes - closed.", holds=("(", "[", "（")),
    _rule("dateline", "opening", "known", r"^[\W_]*(?P<place>[^()\[\]!?:;。]{2,70}?)[\s,]*[(\[（](?P<names>[^()\[\]（）]{2,40})[)\]）]\s", "नई दिल्ली, 3 मई (भाषा) मंत्री ने कहा।", "भाषा", spares="Journalists of Agence France-Presse (AFP) were there.", holds=("(", "[", "（")),
    _rule("dateline", "opening", "telling", r"^[\W_]*\((?P<names>[^()]{2,40})\)\s*[-–—]", "(Adnkronos) - Il ministro ha parlato.", "Adnkronos", spares="(Update) - The vote was put off."),
    _rule("dateline", "opening", "known", r"^[\W_]*\((?P<names>[^()]{2,40})\)\s*(?-i:[A-ZÀ-ÞА-ЯЁ])", "(CNN)The president spoke.", "CNN"),
    _rule("dateline", "opening", "known", r"^[^()!?]{2,70}?\s*/\s*(?P<names>[^/]{2,30}?)\s*/", "МОСКВА, 3 мая. /ТАСС/. Переговоры начались.", "ТАСС", holds=("/",)),
    _rule("dateline", "opening", "known", rf"^[^.!?()–—:]{{2,60}}[.,]?(?:\s\d{{1,2}}\.?\s\w{{3,12}}\.?)?[\s,]*[-–—.]\s*(?P<names>{_A})\s*[-–—.:]", "Москва, 3 мая - РИА Новости. Переговоры начались.", "РИА Новости"),
    _rule("dateline", "opening", "known", r"^[\W_]*(?P<names>رويترز|أ ف ب|أ\.ف\.ب|وكالات|شينخوا|الأناضول|د ب أ|واس|وام)\s*[-–—:/]|^[^.؟!]{2,40}\s*[-–—/(]\s*(?P<names2>رويترز|أ ف ب|أ\.ف\.ب|وكالات|شينخوا|الأناضول|د ب أ|واس|وام)\s*[-–—:/)]", "القاهرة - رويترز: بدأت المحادثات.", "رويترز"),
    _rule("dateline", "opening", "any", r"^[\s（(【]*(?P<names>(?!本)[\u4e00-\u9fff]{1,8}?(?:社|网|網|台|报|報))(?:记者|記者)?[^，。,]{0,16}\d{1,2}日(?:电|電|讯|訊|消息)", "新华社巴黎12月9日电（记者唐霁）", "新华社", spares="本报北京5月3日讯"),
    _rule("dateline", "opening", "any", r"^[\s（(【]*(?P<names>(?!本|据|據)[\u4e00-\u9fff]{1,6}(?:社|网|網|台|报|報|通讯社))(?:消息|讯|訊|电|電)\s*[（(：:，,【]", "央视网消息（新闻联播）：", "央视网"),
    _rule("dateline", "opening", "known", r"^[【［\[（(](?:[^】］\])）:：]{0,20}[\s=＝・、日])?[\u3040-\u9fff]{0,10}?(?P<names>AFP|AP通信|AP|UPI|ロイター通信|ロイター|共同通信社|共同通信|共同|時事通信社|時事通信|時事|新華社|ブルームバーグ|聯合ニュース|朝鮮中央通信|CNN)(?:[=＝][^】］\])）]{0,12})?[】］\])）]", "【ロンドン共同】会談が始まった。", "共同", spares="【北京＝山田太郎】会談が始まった。"),
    _rule("dateline", "opening", "telling", r"^[(\[（【<]\s*(?P<place>[^=＝()\[\]]{1,20})\s*[=＝]\s*(?P<names>(?![^)\]】>]{0,20}(?:기자|특파원|記者))[^)\]】>=]{2,20})[)\]）】>]", "(서울=연합뉴스) 홍길동 기자 = 회담이 시작됐다.", "연합뉴스", spares="[서울=홍길동 기자] 회담이 시작됐다."),
    _rule("agency behind the last sentence", "closing", "known", rf"[.!?”\"’»।。…]\s*[-–—]?\s*(?P<names>{_A})(?:\s+(?-i:[A-Z]{{2,4}}))*\s*\.?$", "They were sent home on Friday. PTI SKS", "PTI", spares="It was first reported by Reuters."),
    _rule("agency in brackets at the end", "closing", "known", rf"(?:^|[.!?”\"’»।。…])\s*[(\[（]\s*[©ⓒ]?\s*(?:avec|mit|con|with|com|met)?\s*(?P<names>{_AS})(?:/[\w /.-]{{1,30}})?\s*[)\]）]\s*\.?$", "Niemand wurde verletzt. (dpa)", "dpa", spares="It is called the Australian Associated Press (AAP).", holds=("(", "[", "（")),
    _rule("agency's sign at the end", "closing", "known", rf"(?:©|ⓒ|\(c\))\s*(?:\d{{4}}\s*)?(?P<names>{_A}|연합뉴스|共同通信社|時事通信社|中央社)", "…と述べた。(c)AFP/Jane Example", "AFP", holds=("©", "ⓒ", "(c)")),
    _rule("source line", "line", "any", rf"^[\s(\[（【–—-]*{SOURCE_WORDS}\s*[:：]\s*(?P<names>https?://[^\s()<>]{{4,280}}?)[\s)\]）】]*$", "Sumber: https://www.example.com/a/b", "example.com", is_origin=True),
    _rule("source line", "line", "any", rf"^[\s(\[（【–—-]*{SOURCE_WORDS}\s*[:：]\s*(?P<names>(?:[^.!?。]|\.(?=\w)){{2,120}}?)[\s.。]*$", "Source: Example Agency and correspondents", "Example Agency", "correspondents", spares="Sources: nobody knows. Experts guess."),
    _rule("source line", "line", "known", rf"^[\W_]*source[\s:：]+(?P<names>{_AS})\W*$", "Source AFP", "AFP"),
    _rule("agency's copyright", "line", "known", rf"^.{{0,80}}?(?:©|ⓒ|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:\d{{4}}(?:\s*[-–]\s*\d{{4}})?)?,?\s*(?:by\s)?(?:the\s)?(?P<names>{_A})", "14/04/2023 13:44 - Paris (AFP) - © 2023 AFP", "AFP", spares="© 2024 Example Press. All rights reserved.", holds=("©", "ⓒ", "(c)", "copyright")),
    _rule("inputs", "line", "any", r"^.{0,60}?\b(?:with|using|based on)\s+(?:additional\s+|agency\s+|some\s+)?(?:inputs?|files|reports?|reporting|material|contributions?|information)\s+(?:from|by|of)\s+(?-i:the\s+)?(?P<names>(?:agenc|wire|news|(?-i:(?![a-zß-ÿа-яё])\w))[^.!?()]{1,90}?)\s*[).\]]*\s*$", "(With inputs from PTI and ANI)", "PTI", "ANI", spares="The ministry began a study with reports from all provinces, which will be published in the spring.", holds=("with", "using", "based")),
    _rule("inputs", "line", "known", rf"^[\W_]*(?:.{{1,24}}\s)?(?:avec|mit|con|com|with|met|med|ile|ja|och|ve)\s+(?:l[’']|la |der |dem |the |a )?(?P<names>{_AS})\W*$", "M.P. avec AFP", "AFP", spares="Er sprach am Rande der Sitzung lange mit der dpa."),
    _rule("inputs", "line", "any", r"^[\W_]*με (?:πληροφορίες|στοιχεία) από (?:το |την |τον |τα |τις )?(?P<names>[^.!?;]{2,60}?)\W*$", "Με πληροφορίες από ΑΠΕ-ΜΠΕ", "ΑΠΕ-ΜΠΕ", holds=("με ",)),
    _rule("source line of a release", "line", "any", r"^(?-i:SOURCE) (?P<names>(?-i:[A-Z0-9])[^.!?:;]{2,58})$", "SOURCE Example Marine Systems", "Example Marine Systems", spares="Source Example says so", holds=("source ",)),
    _rule("inputs", "line", "any", r"^[\W_]*(?:con (?:información|informaciones|datos|reportes)(?: de(?:l| la)?)?|com (?:informações|dados)(?: d[aoe]s?)?|con informazioni (?:di|da)|avec (?:des )?(?:informations|dépêches) (?:de l[’']|de la |de |d[’']|du |des )|(?:mit|unter verwendung von) (?:material|informationen|agenturmaterial) (?:von|der|des)|met medewerking van|med information från|по (?:материалам|сообщениям)|с использованием материалов|за матеріалами|dengan laporan dari|disadur dari|dilansir dari)\s*[:：]?\s*(?P<names>[^.!?()]{2,80}?)[).\s]*$", "Com informações da Agência Brasil", "Agência Brasil"),
    _rule("contribution", "line", "known", rf"^[\W_]*(?P<names>(?:[^.!?]{{0,80}}?\b(?:and|the)\s+)?{_A}[^!?]{{0,200}}?)\bcontributed\b(?: reporting)?(?: to\b.{{0,40}})?(?: from .{{0,40}})?\W*$", "Jane Example and The Associated Press contributed to this report.", "The Associated Press", spares="Reuters staff contributed more than half of the money to the fund that was set up in his memory by his family.", holds=("contributed",)),
    _rule("reprint", "line", "any", r"\b(?:originally|first|previously)\s+(?:published|appeared|posted|ran|aired|printed)\s+(?:(?:on|in|at|by|with|here on|for|over at)\s+)(?-i:the\s+)?" + _TITLE + _UNTIL, "This article was originally published on Example Weekly.", "Example Weekly", spares="This article was originally published in March 2020.", is_origin=True, holds=("originally", "first", "previously")),
    _rule("reprint", "line", "any", r"^[\W_]*(?:this|the)\s+(?:report|story|article|piece|essay|interview)\s+(?:was|is|has been)\s+published\s+(?:on|in|at|by)\s+(?-i:the\s+)?" + _TITLE + r"\s+(?:and\s[^.!?]{0,60}\s)?under\s+(?:an?\s|the\s)?[^.!?]{0,30}?creative commons", "This article was published in Example Weekly under a Creative Commons licence.", "Example Weekly", spares="This article was published in March under a Creative Commons licence.", is_origin=True),
    _rule("reprint", "line", "any", r"\b(?:re-?published|reprinted|reposted|cross-?posted|syndicated|used|reproduced)\s+(?:here\s+)?(?:from|with (?:the )?(?:kind )?permission (?:of|from)|with permission,? from|courtesy of|under (?:a )?(?:license|licence) from)\s+(?-i:the\s+)?" + _TITLE + _UNTIL, "Republished with permission from Example Weekly.", "Example Weekly", is_origin=True, holds=("publish", "printed", "posted", "syndicated", "used", "produced")),
    _rule("reprint", "line", "any", r"^[\W_]*(?:this|the)\s+(?:report|story|article|dispatch)\s+(?:by|from|is from|comes from|was produced by|was written by)\s+(?P<names>(?:the )?(?-i:[A-Z])[^.!?;:()]{2,50}?)\s+(?:was|is|has been)\s+(?:first|originally)?\s*(?:published|provided)", "This report by The Example Press was first published March 24, 2023.", "The Example Press", is_origin=True),
    _rule("reprint", "line", "any", r"(?:zuerst|ursprünglich|zunächst)\s+(?:bei|in|auf|im|in der|beim|auf der seite von)\s+" + _TITLE + r"\s+(?:erschienen|veröffentlicht|publiziert)|(?:erschien(?:en)?|veröffentlicht)\s+(?:zuerst|ursprünglich|zunächst)\s+(?:bei|in|auf|im|in der|beim)\s+" + _TITLE.replace("names", "names2") + _UNTIL, "Dieser Artikel ist zuerst bei Beispiel Online erschienen.", "Beispiel Online", is_origin=True, holds=("zuerst", "ursprünglich", "zunächst")),
    _rule("reprint", "line", "any", r"(?:publi[ée]e?|paru[e]?|diffusée?)\s+(?:initialement|d[’']abord|pour la première fois|à l[’']origine|originellement)\s+(?:sur|dans|par|en|chez)\s+(?:le |la |l[’'])?" + _TITLE + _UNTIL, "Cet article a été publié initialement sur Exemple Info.", "Exemple Info", is_origin=True, holds=("publi", "paru", "diffus")),
    _rule("reprint", "line", "any", r"(?:publicad[oa]|apareci[óo]|publicat[oa]|pubblicat[oa])\s+(?:originalmente|originariamente|por primera vez|primeiro|primeiramente|per la prima volta|prima)\s+(?:en|por|em|n[ao]|pel[ao]|su|da|in)\s+(?:el |la |o |a |il )?" + _TITLE + _UNTIL, "Este artículo fue publicado originalmente en Ejemplo Diario.", "Ejemplo Diario", is_origin=True, holds=("publicad", "publicat", "pubblicat", "aparec")),
    _rule("reprint", "line", "any", r"artikel ini (?:telah |sudah )?(?:tayang|terbit|dipublikasikan)(?: sebelumnya)? (?:di|pada)\s+" + _TITLE + _UNTIL, "Artikel ini telah tayang di Contoh.com dengan judul berikut", "Contoh.com", is_origin=True),
    _rule("reprint", "line", "any", r"^[\W_]*(?:впервые|изначально|оригинал)?\s*(?:статья |материал |текст )?(?:впервые |изначально )?(?:опубликован\w*|вышла?|перепечатано)\s+(?:в издании|на сайте|на|в|из|с)\s+[«\"]?(?P<names>(?-i:[А-ЯЁA-Z])[^.»\"!?]{1,50})", "Материал впервые опубликован на сайте Пример", "Пример", is_origin=True),
    _rule("reprint", "line", "any", r"^[\W_]*(?:本文|此文|文章)?(?:转载自|轉載自|转自|轉自|原载于|原载|原載於|原載|首发于|首發於|摘自|来自于?|文章来自)\s*[:：]?\s*[“「《]?(?P<names>[^\s”」》，。,；;（(]{2,20})", "本文转自：示例日报", "示例日报", is_origin=True),
    _rule("reprint", "line", "any", r"^[\W_]*(?:転載元|引用元|情報提供|配信元?|提供元)\s*[:：=／]\s*(?P<names>[^\s。、（(]{2,30})", "転載元：例ニュース", "例ニュース", is_origin=True),
    _rule("reprint", "line", "any", r"^[\W_]*(?:نقلا عن|نقلاً عن)\s*[:：]?\s*(?P<names>[^.؟!،]{2,40})$", "نقلا عن: صحيفة المثال", "صحيفة المثال"),
    _rule("by an agency", "byline", "known", rf"^[\W_]*{_BY}\s*[:：]?\s+(?:the\s)?(?P<names>{_AS})(?:\s+(?:staff|reporters?|news agency|writers?|staff writers?))?(?:\s*(?:[|•,·–—-].*|\(.*|\d.*|(?-i:[A-Z][a-z]+) \d.*))?$", "By: Reuters April 2, 2023 19:09 IST", "Reuters", spares="By Reuters standards it was a long story."),
    _rule("a person of an agency", "byline", "known", rf"^[\W_]*(?:{_BY}\s*[:：]?\s+)(?-i:[\w.'’ ,&-]{{3,80}}?)\s*(?:,|\||/|\(|[–—-]|\bof\b|\bfor\b|\bavec\b|\bmit\b|\bwith\b|\bcon\b|\bet\b|\band\b)\s*(?:avec |mit |the |with )*(?P<names>{_A})\b[^.!?]{{0,30}}$", "By JANE EXAMPLE, Associated Press", "Associated Press", spares="By Jane Example and her mother, who died in May, said AP, on the"),
    _rule("a person of an agency", "byline", "known", rf"^[\W_]*(?:{_BY}\s*[:：]?\s+)?(?!{_BY}\s|\w+ (?:\w\.? )?Bloomberg\W*$)(?-i:[A-ZÀ-Þ][\w.'’-]+(?: [A-ZÀ-Þ][\w.'’-]+){{1,3}}?)(?:,| [|–—]| )\s*(?P<names>(?:(?-i:The) )?{_A})(?:\s+(?:staff )?(?:writers?|reporters?))?\W*$", "By JANE EXAMPLE Associated Press", "Associated Press", spares="Jane Example joined Reuters"),
    _rule("somebody with an agency", "byline", "known", rf"^[\W_]*[^.!?:]{{1,50}}?(?:\w\.\w?\.?)?[^.!?:]{{0,10}}\s\(?(?:avec|mit|with|con|com|met|och|ve)\s+(?:l[’']|la |der |dem |the )?(?P<names>{_AS})\W*$", "Le Matin avec AFP", "AFP", holds=("avec", "mit", "with", "con", "com", "met", "och", "ve")),
    _rule("an agency alone", "byline", "known", rf"^[\W_]*(?!AA\W*$)(?P<names>{_AS}|연합뉴스|뉴시스|뉴스1|新华社|新华网|中新网|共同通信|時事通信|ロイター|中央社)\W*$", "Agence France-Presse", "Agence France-Presse", spares="AA"),
)  # fmt: skip

_SPLIT = re.compile(
    rf"\s*(?:[,;/、，؛،；]|\s\+\s|(?<=\w)\+(?=[^\W\d_])|\sو(?:\s|(?=(?:{ARABIC})(?!\w)))|\s(?:and|und|et|y|e|en|och|og|dan|ve|и|та|&)\s|(?<=[\u4e00-\u9fff])[及和与與](?=[\u4e00-\u9fff]))\s*",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"^[a-zäöü]{2,5}$")
_ACRONYM = re.compile(r"^[A-ZÀ-ÞА-ЯЁ]{2,8}$")
_NO_AGENCY = frozenset({
    "UK", "USA", "US", "UAE", "DRC", "CAR", "EU", "UN", "GDR", "BRD", "DC", "PRC", "ROC", "NSW", "RTL", "OTS",
    "UPDATE", "UPDATED", "LIVE", "VIDEO", "AUDIO", "PHOTOS", "OPINION", "NOTE", "BRIEF",
})  # fmt: skip
_MEDIA = re.compile(
    r"\b(?:news|press|agency|tv|television|radio|wire|newswire|media|times|post|journal|tribune|herald|gazette|network|service|presse|agencia|agência|agence|agentur"
    r"|ajans\w*|agenzia|agencja|agentura|byrå\w*|zeitung|nachrichten|diario|notimex|агентство|новости|пресс)\b|通讯社|通信社?$|뉴스|통신|신문|일보|وكالة|صحيفة|एजेंसी|न्यूज",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"getty|shutterstock|istock|unsplash|pexels|pixabay|picture alliance|imago|westend61|\bepa\b|alamy|depositphotos|adobe ?stock|flickr|wikimedia|dreamstime|freepik"
    r"|\b(?:photos?|fotos?|picture|image|bild|grafik|montage|screenshot|video|illustration|фото|صورة)\b|사진|写真|图片|圖片|图源",
    re.IGNORECASE,
)
"""Words of a picture's credit: that is about the picture."""
_ADDRESS = re.compile(
    r"(?P<scheme>https?://)?(?:www\.)?(?P<host>[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24})(?:/\S*)?", re.IGNORECASE
)
_DATE_WORD = re.compile(r"\d")


def found(text: str, where: Where) -> list[Credit]:
    """Return whom a piece of a page credits by the forms that stand in such a place.

    For `opening` the text's first lines are asked one by one, for `closing` its last ones.
    """
    if len(text) > _LONGEST[where]:
        if where not in {"opening", "closing"}:
            return []
        text = text[: _LONGEST[where]] if where == "opening" else text[-_LONGEST[where] :]
    if where == "line" and text[:1] in set("([（【") and text[-1:] in set(")]）】"):
        text = text[1:-1]
    lowered = text.lower()
    for rule in RULES:
        if rule.where != where or (rule.holds and not holds_any(lowered, rule.holds)):
            continue
        if named := list(_by(rule, text)):
            return named
    return []


def names_in(listed: str) -> list[str]:
    """Take a list of names apart, as a "Source:" line gives it; nothing if it is about a picture.

    Dates and an editor's initials in it are no names: "Example Online, ter/dpa, 3 March".
    """
    if _PICTURE.search(listed):
        return []
    return list(dict.fromkeys(name for part in _SPLIT.split(listed) if (name := _name(part))))


def distinct(names: Iterable[str]) -> list[str]:
    """Return each name once, and each agency once: "AFP" and "Agence France-Presse" are one."""
    kept: list[str] = []
    for name in names:
        if not any(is_same(name, other) for other in kept):
            kept.append(name)
    return kept


def is_same(one: str, other: str) -> bool:
    """Tell whether two names are one's: the same words, one agency's, or the initials of the other."""
    agency = agency_of(one)
    if agency is not None and agency == agency_of(other):
        return True
    a, b = one.casefold().removeprefix("the "), other.casefold().removeprefix("the ")
    return a == b or a == _initials(b) or b == _initials(a)


def _initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def _by(rule: CreditRule, text: str) -> Iterator[Credit]:
    match = rule.pattern.search(text)
    if match is None:
        return
    groups = match.groupdict()
    named = groups.get("names") or groups.get("names2") or ""
    if "place" in groups and not _is_place(groups["place"], named):
        return
    if _PICTURE.search(named) or (rule.where == "closing" and _PICTURE.search(match[0])):
        return
    if rule.trust == "any" and (address := _address(named.strip())):
        yield Credit(address["host"], is_origin=True, address=address[0] if address["scheme"] else None)
        return
    for name in _trusted(rule, named, groups.get("place") or ""):
        yield Credit(name, rule.is_origin)


def _address(named: str) -> re.Match[str] | None:
    """Return the address that stands for a name, whole or behind what is said with it."""
    return _ADDRESS.match(named) if named.startswith(("http://", "https://")) else _ADDRESS.fullmatch(named)


def _trusted(rule: CreditRule, named: str, place: str) -> Sequence[str]:
    match rule.trust:
        case "any" if rule.is_origin:
            return [] if _is_dated(named) else [squash(named).strip(" .\"”'’»")]
        case "any":
            return names_in(named)
        case "known":
            whole = squash(named).strip(" .")
            return [whole] if agency_of(whole) else [_with_article(named, m) for m in KNOWN.finditer(named)]
        case "telling":
            known = [name for name in names_in(named) if agency_of(name)]
            return known or ([named.strip()] if _tells(named.strip(), place) else [])


def _with_article(text: str, match: re.Match[str]) -> str:
    return text[match.start() - 4 : match.end()] if text[: match.start()].endswith("The ") else match[0]


def _tells(name: str, place: str) -> bool:
    """Tell whether an unknown name in a dateline is a medium's: it says so, or is an acronym behind capitals."""
    if _DATE_WORD.search(name) or len(name) > _LONGEST_NAME:
        return False
    if _MEDIA.search(name):
        return True
    return bool(_ACRONYM.match(name)) and name not in _NO_AGENCY and place.split(",", maxsplit=1)[0].isupper()


def _is_place(place: str, named: str) -> bool:
    """Tell whether what comes before the brackets of a dateline is places and a date, and no sentence."""
    words = place.split()
    small = [w for w in words if w[:1].islower() and month_of(w.strip(".,")) is None]
    has_case = any(w[:1].isupper() for w in words)
    if len(words) > 12 or len(small) > 2 or (place[:1].islower() and has_case):
        return False
    initials = "".join(w[0] for w in words if w[:1].isupper())
    return not KNOWN.search(place) and not (len(named) > 2 and initials.endswith(named))


def _is_dated(name: str) -> bool:
    return any(month_of(word.strip(",.")) is not None for word in name.split()[:2]) or name[:1].isdigit()


def _name(part: str) -> str:
    name = squash(part).strip(" .:：-–—\"“”'’«»")
    if not name or len(name) > _LONGEST_NAME or (_INITIALS.match(name) and agency_of(name) is None):
        return ""
    if not re.search(r"[^\W\d_]", name) or (
        _DATE_WORD.search(name) and any(month_of(w) for w in name.split())
    ):
        return ""
    return name
