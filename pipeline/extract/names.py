"""People's names as bylines give them: split, and freed from what is wrapped around them."""

# ruff: noqa: E501 - a table of patterns is read by rows, and a row is one line
from __future__ import annotations

import re
from collections.abc import Collection

from pipeline.extract.bodies import (
    is_agency,
    is_body,
    is_desk,
    is_nobody,
    is_publisher,
    may_be_person,
    without_agency,
)
from pipeline.extract.bywords import unled
from pipeline.extract.strings import cjk_share, key, squash

_LONGEST_LINE = 400
_PARTICLES = frozenset({
    "a", "af", "al", "av", "bin", "da", "das", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "e",
    "el", "ibn", "la", "le", "los", "ten", "ter", "van", "vom", "von", "y", "zu", "zum",
})  # fmt: skip

_SEPARATORS = re.compile(
    r"\s*(?:[;|•·∙⋅/／｜、，]|(?:(?<=\w)\s+|,\s*)(?:and|und|et|y|e|en|och|og|dan|ve|и|та|και|&|\+|with|mit|con|avec)(?=\s)|,(?!\s*(?:jr|sr)\b\.?\s*(?:$|[,;&(|]))|&)\s*",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[a-z]{4})\.\s+(?=[A-Z]\S*\s)")
"""What parts a whole name from what follows: "Jane Example. Example International"."""
_WRAPPED = re.compile(
    r"\s*(?:\([^)]{0,80}\)|\[[^\]]{0,80}\]|<[^>]{0,80}>|\s[-–—]\s.*|\s+(?:in|for|at|from|of|fra|aus|à|en)\s+(?:the\s+)?[A-ZÀ-Þ].*|\s+\S+@\S+.*|\s*@\w+.*)\s*$"
)
_CHINESE_BY = re.compile(r".{0,12}(?:记者|通讯员|作者|撰文)")
_CJK_ROLE = re.compile(
    r"^\S{2,24}(?:策略師|策略师|分析師|分析师|總監|总监|主任|教授|博士|評論員|评论员|研究員|研究员|編輯|编辑)\s+(?=[\u3400-\u9fff]{2,4}$)|(?<=^[\u3400-\u9fff]{2})\s[A-Z].*$|(?<=^[\u3400-\u9fff]{3})\s[A-Z].*$|^.{0,12}?(?:记者|記者|撰稿人|通讯员|特约记者)\s*[:：]?\s*(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff\uac00-\ud7af])\s?(?:本报记者|记者|記者|編集委員|論説委員|기자|특파원|논설위원|앵커|報導|报道)(?:\s.*)?$"
)
_ROLE = re.compile(
    r"^(?:(?:senior|chief|staff|deputy|political|foreign|business|science|health|assistant|managing|contributing|guest|special|investigative|freelance)\s+)*"
    r"(?:writer|reporter|correspondent|editor|journalist|columnist|author|analyst|dr|prof|professor|mr|mrs|ms|sir)\b\.?\s+(?=(?-i:[A-ZÀ-Þ]))",
    re.IGNORECASE,
)
_CREDENTIAL = re.compile(
    r"^(?:(?i:jr|sr|esq|ph\.?\s?d|d\.?phil|m\.?sc|b\.?sc)|[A-Z]{2,6}®?|(?:[A-Z][a-z]{0,2}\.){2,4})\.?$"
)
"""A degree or a title set behind a name: short, and mostly capitals."""

_LABELLED = re.compile(r"[^\W\d_]{2}\s?[:：]\s?[^\W\d]|(?:19|20)\d\d\s?[年년/.-]\s?\d")
"""What a word and a colon go before is something else than a name, as is a date."""

_PHRASE = re.compile(
    r"(?:the|a|an|this|that|these|those|its|their|our) [a-z ]+$|(?:[a-z]+ )*(?:to|of|in|at|for|up|than|more|about|all|not|now|then)(?: [a-z]+)*$"
)
"""What stands behind "by" in a sentence, and is no pen name."""
_BARE = re.compile(r"[\u3400-\u9fff]+|[\uac00-\ud7af]+")
_LONGEST_BARE = 6
"""Characters of a name in Han or Hangul alone, without a space: Japanese ones have up to six."""
_OPENING = frozenset("([（")
_BRACKETS = re.compile(r"\s*[(（\[][^()（）\[\]]{0,80}[,;/、，和；][^()（）\[\]]{0,80}[)）\]]")
"""What is said in brackets, with marks that would split it."""
_ADDRESSED = re.compile(r"\((?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}/?\)\s*$", re.IGNORECASE)
"""An address behind a name says that it is a site's: "Example Wave (www.example.org)"."""


_TELLING = 4
"""Letters of a site's name with which another name begins by no chance."""
_COMMON = frozenset({
    "the", "blog", "inc", "ltd", "llc", "gmbh", "co", "corp", "com", "org", "net", "news", "online", "digital", "tv",
    "uk", "us", "usa", "eu", "business", "sport", "sports", "politics", "world", "tech", "international", "app",
})  # fmt: skip
"""Words that a medium's name has beside its own: its form, its edition, its section."""


_REPORTING = re.compile(
    r"(?<=[\u3400-\u9fff])\s*[/／]\s*[\u3400-\u9fff]{2,8}(?:報導|报导|报道|電|专电|專電)[〕］】）)]?$"
)
"""Where a Chinese reporter was: "記者王小明／台北報導"."""
_MAILED = re.compile(r"\S+@\S+\s*\((?P<name>[^()]{2,60})\)")
"""How feeds name an author: "jane@example.org (Jane Example)"."""


def split(line: str) -> list[str]:
    """Split a byline into the names in it, cleaned but not judged; "Last, First" is turned round."""
    line = _REPORTING.sub("", squash(line))
    if mailed := _MAILED.fullmatch(line):
        line = mailed["name"]
    if not line or len(line) > _LONGEST_LINE or re.match(r"https?:|www\.", line, re.IGNORECASE):
        return []
    chinese = _CHINESE_BY.match(line) is not None
    if not _OPENING.isdisjoint(line):
        line = _BRACKETS.sub("", line)
    line = squash(unled(unled(line))).strip(" ,:：")
    if turned := _turned(line):
        return turned
    pieces = (piece for part in _SEPARATORS.split(line) if part for piece in _sentences(part))
    parts = [p for piece in pieces for p in _spaced(piece, chinese=chinese)]
    return [name for p in parts if not _ADDRESSED.search(p) and (name := clean(p))]


def _turned(line: str) -> list[str]:
    """Read "Last, First; Last, First"."""
    pieces = [p.strip() for p in line.split(";")]
    names = []
    for piece in pieces:
        last, comma, first = piece.partition(", ")
        if not comma or "," in first or cjk_share(piece) or len(first.split()) > 2 or len(last.split()) > 2:
            return []
        if len(pieces) == 1 and (len(last.split()) > 1 or len(first.split()) > 1):
            return []
        if not (
            is_person(f"{first} {last}") and last[0].isupper() and first[0].isupper()
        ) or _CREDENTIAL.match(first):
            return []
        names.append(f"{first} {last}")
    return names


def _sentences(part: str) -> list[str]:
    """Split a part of a byline behind a whole name; "Samuel. Smith" is one."""
    pieces = _SENTENCES.split(part, maxsplit=1)
    return pieces if " " in pieces[0] else [part]


def _spaced(piece: str, *, chinese: bool) -> list[str]:
    """Split Chinese names that only a space parts: "记者 王小明 李华"; a Japanese name has a space within."""
    words = _CJK_ROLE.sub("", piece).split()
    if len(words) > 1 and chinese and all(2 <= len(w) <= 4 and cjk_share(w) == 1 for w in words):
        return words
    return [piece]


def clean(part: str) -> str:
    """Take places, offices, addresses and honorifics off a name; names in capitals are set in small letters."""
    name = _WRAPPED.sub("", unled(part)).strip(" .,:;|-–—·•\"'“”‘’*&/+")
    name = without_agency(_ROLE.sub("", _CJK_ROLE.sub("", name)))
    if name.isupper() and " " in name:
        name = name.title()
    return squash(name)


def may_sign(line: str) -> bool:
    """Tell whether a line has any name that could stand under a text, whatever its shape."""
    return any(_may_sign(name) for name in split(line))


def raised(name: str) -> str:
    """Return what a page calls a person with capitals, which some systems leave out."""
    names = split(name)
    told = [" ".join(w if w in _PARTICLES else w[:1].upper() + w[1:] for w in n.split()) for n in names]
    return ", ".join(told) if all(2 <= len(n.split()) <= 3 and is_person(n) for n in told) else name


def is_person(name: str) -> bool:
    """Tell whether a string has the shape of a person's name: capitalised words, none of an organisation."""
    if not _may_sign(name) or is_body(name) or any(c.isdigit() for c in name):
        return False
    if cjk_share(name) > 0.5 or re.search(r"[\uac00-\ud7af]", name):
        return 2 <= len(name.replace(" ", "")) <= (_LONGEST_BARE if _BARE.fullmatch(name) else 12)
    words = name.split()
    if not 2 <= len(words) <= 6 or (name.isupper() and len(name) < 8):
        return False
    cased = [w for w in words if w.lower() not in _PARTICLES]
    return len(cased) >= 2 and all(w[0].upper() == w[0] for w in cased)


def _may_sign(name: str) -> bool:
    if not 2 <= len(name) <= 60 or is_nobody(name) or _LABELLED.search(name) or is_agency(name):
        return False
    return " " not in name or not any(word[0].isdigit() for word in name.split())


def people(line: str) -> list[str]:
    """Return the names in a byline that have the shape of a person's."""
    return [n for n in split(line) if is_person(n)]


def signature(line: str, site: Collection[str], called: Collection[str] = ()) -> str:
    """Return a byline's only name whatever its shape: a pen name, a first name, a desk.

    The site's own names (`site`, see `bare`) may stand beside it; they sign nothing, nor does any other
    publisher that the page does not call a person (`called`, alike) and nobody is called like ("Press").
    Empty if nobody signs.
    """
    names = [name for name in split(line) if bare(name) not in site]
    if len(names) != 1 or not _may_sign(names[0]) or len(names[0].split()) > 5 or bare(line) in site:
        return ""
    name = names[0]
    if is_own(name, site) and not is_desk(name):
        return ""
    if is_publisher(name) and not may_be_person(name) and bare(name) not in called:
        return ""
    return "" if _PHRASE.match(name) else name


def is_own(name: str, site: Collection[str]) -> bool:
    """Tell whether a name is the site's own, or that and a little more ("Example News Berlin")."""
    joined = bare(name)
    return (
        joined in site
        or any(
            len(own) >= _TELLING and joined.startswith(own) and len(joined) <= 2 * len(own) for own in site
        )
        or core(name) in site
    )


def bare(name: str) -> str:
    """Return a name as it is compared with the site's own: letters and digits only, no spaces."""
    return key(name).replace(" ", "")


def core(name: str) -> str:
    """Return the one word that a medium's name has beside common ones: "The Example Blog", "Example UK".

    Empty if there are more: a person's name may be all that a site is called by.
    """
    words = [word for word in key(name).split() if word not in _COMMON]
    return words[0] if len(words) == 1 else ""
