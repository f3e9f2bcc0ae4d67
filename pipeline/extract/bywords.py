"""The words of bylines in the languages of news: what goes before the names, and where a byline ends."""

# ruff: noqa: E501 - a table of patterns is read by rows, and a row is one line
from __future__ import annotations

import re

from pipeline.extract.strings import squash

_GENRE = (
    r"opinion|analysis|commentary|column|essay|review|feature|perspective|reporting"
    r"|(?:eine?n? )?(?:gast)?(?:beitrag|kommentar|analyse|interview|reportage|porträt|essay|kolumne|leitartikel|bericht|rezension|glosse)"
    r"|propos recueillis|enquête|récit|chronique|entretien|tribune"
    r"|análisis|opinión|entrevista|crónica|columna|análise|opinião|reportagem|analisi|intervista|editoriale|commento"
)
"""What a text is called whose author is named behind it: "Ein Kommentar von", "Propos recueillis par"."""
_ABROAD = r"von unsere[rmn] (?:korrespondent|redakteur|reporter|mitarbeiter)(?:in|en|innen)?(?: in (?-i:[A-ZÀ-Þ])[\w-]+)?,?|par (?:notre|nos) (?:correspondant|envoyé)(?:e|s|es)?(?: spécia(?:le?|ux))?(?: (?:à|en|au|aux) (?-i:[A-ZÀ-Þ])[\w-]+)?,?|(?:de|por) nuestr[oa]s? (?:corresponsal|enviad[oa] especial)(?: en (?-i:[A-ZÀ-Þ])\w+)?,?|laporan wartawan [\w.]+(?: \w+)?,|aus (?-i:[A-ZÀ-Þ])[\w-]+(?: (?-i:[A-ZÀ-Þ])[\w-]+)? berichte(?:t|n)|dal(?:la)? nostr[oa] (?:inviat[oa]|corrispondente)(?: (?:a|in) (?-i:[A-Z])\w+)?[:,]?"
"""How an outlet introduces its correspondents: "Aus Berlin berichten"."""
_LABEL = r"(?:prepared by|muhabir|haber|yazar|yazan|автор|авторы|текст|автори|کاتب|نویسنده|خبرنگار|گزارشگر|الكاتب|المراسل|إعداد|تقرير|كتب(?:ت|وا)?|लेखक|रिपोर्टर|संवाददाता|συντάκτης|tác giả|mwandishi|執筆|取材・文|取材|聞き手)\s*[:：=＝]\s*|بقلم\s*[:：]?\s*"
"""Labels of an author that need no more than a colon."""
_BY = re.compile(
    rf"^(?:(?:{_GENRE}|about(?: the)?|written|reported|posted|published|authored|created|words|text|story|report|guest post|interview|recommended|contributed|uploaded|verfasst|geschrieben|escrito|scritto|écrit|rédigé|publié|publicado|pubblicato|postado)\s+)?"
    r"(?:by|von|par|por|di|da|door|av|af|oleh)\s*[:,]?\s+"
    r"|^(?:about the authors?|authors?|autorin(?:/autor)?|autor/-?in|autore?n?|auteurs?|autor(?:es)?|writers?|words|text|texte|texto|story|penulis|pewarta|reporter|haber|yazar|muhabir|автор|текст|نویسنده|خبرنگار|الكاتب|كتب|लेखक|συντάκτης|tác giả|mwandishi|作者|文|撰文|通过|记者|記者|取材|글|글쓴이|작성자|기자명)\s*[:：/|｜]\s*|^(?:글쓴이|작성자|기자명)\s+"
    rf"|^(?:{_ABROAD})\s+|^(?:{_LABEL})|^文\s*[・=＝]\s*"
    r"|^(?-i:By)(?=(?-i:[A-ZÀ-Þ][a-zß-ÿ]))|^(?:του|της|των|بقلم)\s+|^(?:by|von|par|作者|记者|記者|文|撰文|通过)\s*[:：/]\s*|^(?:about|автор|作者|撰文|通过|记者|記者)\s+",
    re.IGNORECASE,
)
"""What comes before the names."""
_STOP = re.compile(
    r"\s*(?:[|•·⋅–—<\[(]|\s-\s|(?<=\w)\s+[^\W\d_]+:(?:\s|$)|\b(?:on|at|in|for|from|am|le|il|el|em|den|på|pada|tarih)\s+(?=\d|(?-i:[A-ZÀ-Þ]))|\b(?:updated|published|posted|publié|veröffentlicht|publiziert|erschienen|pubblicato|publicerad|publisert|gepubliceerd|diterbitkan|opublikowano|aktualisiert|actualisé|publicado|leave a|no comments?|is an?|has been|follow|subscribe|read|filed under|photo|foto)\b|;\s*(?:edit|writ|additional|compil|graphic)\w*\b|\b(?:editor|penyunting|redaktur)\s*[:：]|\s(?:编辑|編輯|责任编辑|责编|責編|校对|审核|摄影|攝影|来源|來源)\s*[:：|｜/]"
    r"|(?:\b|(?<=(?-i:[a-z]))(?=(?-i:[A-Z]))|(?<=(?-i:[A-Z]))(?=(?-i:[A-Z][a-z])))(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*\d|\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?,|(?<![A-Za-z])\d|\S+@|@\w|https?:|www\.)",
    re.IGNORECASE,
)
"""Where a byline goes on with something else than names."""
_BYLINE = re.compile(
    r"(?:^|[\s|•·,–—-])(?<!reviewed )(?<!edited )(?<!checked )(?<!photo )(?<!photos )(?<!image )(?<!photograph )(?<!illustration )(?<!video )(?<!supported )(?<!sponsored )(?<!powered )(?<!presented )(?<!translated )(?<!shared )(?<!approved )(?<!verified )(?<!produced )(?<!shot )(?<!filmed )(?<!compiled )(?<!curated )(?<!tested )"
    rf"(?:by|oleh)\s*[:,]?\s*(?=[^\W\d])|^(?:{_GENRE}|escrit[oa]|redigid[oa]|publicad[oa]|postado|verfasst|geschrieben|écrit|rédigé|publié|scritto|pubblicato)\s+(?:von|par|por|de|di|da)\s+(?=(?-i:[A-ZÀ-Þ]))|^(?:{_ABROAD})\s+(?=(?-i:[A-ZÀ-Þ]))|^(?:{_LABEL})(?=[^\W\d])|^文\s*[・=＝]\s*(?=[\u3400-\u9fff])"
    r"|^(?:von|par|por|di|door|av|af|text|texte|texto|words|autorin(?:/autor)?|autore?|auteur|автор)\s*[:：]?\s+(?=(?-i:[A-ZÀ-ÞЀ-Я]))|^(?:words|text|autor|author|penulis|pewarta|reporter|作者|记者|記者|撰文|文|通过)\s*[:：/｜]\s*|^(?:本[报報网網刊台社]|特约|特約)?(?:作者|记者|記者|通过)\s*(?=[\u3400-\u9fff])|^penulis\s+(?=(?-i:(?:[A-Z][\w.'’-]*\s+){1,3}[A-Z][\w.'’-]*\s*(?:$|[|,•·–-])))",
    re.IGNORECASE,
)
"""Who is named behind it wrote; who reviewed, edited or photographed did not."""
_VERB = re.compile(
    rf"^[(\[]?(?:{_GENRE}|written|reported|posted|published|authored|created|words|text|story|report|guest post|interview|recommended|contributed|uploaded|submitted|verfasst|geschrieben|escrito|scritto|écrit|rédigé|publié|publicado|pubblicato|postado)\s+",
    re.IGNORECASE,
)
"""How a byline begins that has a verb."""


_PLACED = re.compile(
    r"\s+(?:in|aus|à|en|from)\s+[A-ZÀ-Þ][\w.-]+(?:\s[A-ZÀ-Þ][\w.-]+){0,2}(?=(?:,|\s(?:and|und|et|y|e|en))\s+[A-ZÀ-Þ][\w.'’-]+\s+[A-ZÀ-Þ])"
)
"""Where one author was before the next is named: "in Seoul and Jane Example"."""


_WRAPPERS = {"〔": "〕", "［": "］", "【": "】"}


def _unwrapped(text: str) -> str:
    """Take off the brackets that stand round a whole line: "〔記者王小明／台北報導〕"."""
    return text[1:-1] if text[:1] in _WRAPPERS and text.endswith(_WRAPPERS[text[0]]) else text


def unled(line: str) -> str:
    """Take what goes before the names off a byline."""
    return _BY.sub("", line)


def byline(text: str) -> str:
    """Return the part of a line that names who wrote it: behind "by", up to what follows the names."""
    text = _unwrapped(squash(text))
    found = _BYLINE.search(text)
    if found is None:
        return ""
    rest = _PLACED.sub("", text[found.end() :][:200])
    stop = _STOP.search(rest)
    return rest[: stop.start()].strip(" ,") if stop else rest


def has_verb(text: str) -> bool:
    """Tell whether a byline begins with a verb ("Posted by"), or with what its text is called."""
    return _VERB.match(text) is not None


def begins(text: str) -> bool:
    """Tell whether a line begins with what comes before names ("By")."""
    text = _unwrapped(text)
    if _BYLINE.match(text):
        return True
    verb = _VERB.match(text)
    return verb is not None and _BYLINE.match(text, verb.end() - 1) is not None
