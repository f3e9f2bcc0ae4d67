"""Where a press release ends: at its end mark, at "About" who publishes it, at whom the press may ask."""

# ruff: noqa: E501 - a table of patterns is read by rows, and a row is one line
from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.reading import Line
from pipeline.extract.strings import ends_sentence, key, weight

_LEAST = 250
"""Characters of text, in weight, that go before the end of a release."""
_MOST = 0.35
"""The share of all lines' weight that may stand behind it."""
_MOST_CONTACTS = 1200
"""The weight of lines that may stand behind "Contact"."""
_LONGEST_HEADING = 90
_REACH = 6
"""Lines behind "Contact" among which an address or a number stands."""
_END_MARK = re.compile(
    r"^\W*(?:-+\W*ends?\W*-+|[-–—]+0{1,3}[-–—]+|ends|#\s?#\s?#|#{3,}|-\s?30\s?-|fin du communiqué)\W*$",
    re.IGNORECASE,
)
_MARKED = re.compile(r"[-–—#]|^ENDS\W*$")
"""What tells an end mark from a word: dashes, hashes, capitals."""
_SAYS_END = re.compile(r"end|fin", re.IGNORECASE)
"""Other marks may part the pieces of a column."""
_ABOUT = re.compile(
    r"^(?:about|über(?: (?:die|den|das))?|à propos (?:de la |de l[’']|des |du |de |d[’'])|acerca de(?:l| la)?|sobre (?:el |la |o |a )?|informazioni su|om|over|o firmie|о компании|hakkında)\s*(?:the )?(?P<whom>[^\W\d_].{1,70}?)\s*:?$",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"^\W*(?:for (?:any )?(?:more|further|additional|media|press) (?:information|inquiries|enquiries|details)(?: and (?:interviews?|images|photos))?(?:,? please)?,? contact"
    r"|(?:(?:(?:media|press|investor|public|company|news) )*contacts?|(?:(?:media|press|investor|news) )+(?:relations|inquir(?:y|ies)|enquir(?:y|ies)))(?: (?:information|details|persons?|person|office|us|for (?:the )?(?:media|press|journalists)))?"
    r"|(?:presse|medien)?kontakte?(?: für (?:die )?(?:presse|medien|journalisten))?|rückfragen(?: (?:bitte )?an)?|ansprechpartner(?:in)?"
    r"|contacts? (?:presse|médias?|de presse)|contactos?(?: (?:de|para la?) (?:prensa|medios))?|contatos?(?: (?:de|para a) imprensa)?|contatti(?: stampa)?|perscontact|kontakt (?:prasowy|dla mediów)"
    r"|контакты?(?: для (?:сми|прессы))?|пресс-служба|контакти(?: для змі)?|媒体联系(?:人)?|新闻联系人|联系(?:方式|人)|媒體聯絡人?|お問い?合わせ先?|本件に関するお問い?合わせ先?|문의(?:처)?|연락처|للاستفسار(?:ات)?|للتواصل(?: الإعلامي)?)\s*[:：]?\W*$",
    re.IGNORECASE,
)
_REACHED_BY = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}\.\w|(?:\(0|\b(?:tel(?:e(?:f|ph)on[eo]?|éfono)?|téléphone|тел(?:ефон)?|phone)\b\W{0,3})[\d(+]"
    r"|(?:\+|(?<!\d))(?:\d[\s().-]{0,2}){9,14}(?!\d)",
    re.IGNORECASE,
)
"""An e-mail address or a telephone number."""
_ENDS_IN_ADDRESS = re.compile(r"(?:\bwww\.|https?://)\S+$", re.IGNORECASE)
_LONGEST_ADDRESS = 100
"""Characters of a line that does little more than tell how somebody is reached; prose has numbers too."""
_WHERE = re.compile(
    r"(?:\b(?:visit|information(?:en|s)?|learn more|find out more|besuchen sie|visitez|visite|información|informazioni)\b.{0,80}(?:\bwww\.\w|https?://)"
    r"|^(?:www\.|https?://)\S+$)",
    re.IGNORECASE,
)
"""An invitation to the address of a site."""


def end_of_release(lines: Sequence[Line]) -> int:
    """Return where a press release ends and tells about its publisher; `len(lines)` if it does not.

    No text of a release follows these, so that all behind goes, if it is not most of what was read. A mark
    must be one beyond doubt; "About" is believed of whom the next line begins with. Behind each of them it is
    told how somebody is reached.
    """
    whole = sum(weight(line.text) for line in lines)
    before = 0.0
    marks = sum(_is_mark(line.text) for line in lines)
    for position, line in enumerate(lines):
        behind = whole - before
        if before >= _LEAST and behind <= _MOST * whole and _is_end(position, lines, behind, marks=marks):
            return position
        before += weight(line.text)
    return len(lines)


def _is_end(position: int, lines: Sequence[Line], size: float, *, marks: int) -> bool:
    """Tell whether a line begins what stands behind a release; `size` is the weight of it and all behind."""
    text = lines[position].text
    if len(text) > _LONGEST_HEADING:
        return False
    behind = [line.text for line in lines[position + 1 :]]
    if _is_mark(text):
        return _SAYS_END.search(text) is not None or (marks == 1 and _is_reached(behind))
    if ends_sentence(text.rstrip(":：")):
        return False
    near = behind[:_REACH]
    if size <= _MOST_CONTACTS and _CONTACT.match(text) and any(map(_tells_how, near)):
        return True
    return _is_about(text, near) and (_ENDS_IN_ADDRESS.search(near[0]) is not None or _is_reached(near))


def _is_mark(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and bool(_END_MARK.match(text) and _MARKED.search(text))


def _is_about(text: str, behind: Sequence[str]) -> bool:
    found = _ABOUT.match(text)
    if found is None or not behind:
        return False
    whom, then = key(found["whom"]), key(behind[0]).removeprefix("the ")
    return len(whom) >= 3 and then.startswith(whom) and len(then) > 2 * len(whom)


def _is_reached(behind: Sequence[str]) -> bool:
    return any(_tells_how(text) or _WHERE.search(text) for text in behind)


def _tells_how(text: str) -> bool:
    return len(text) <= _LONGEST_ADDRESS and _REACHED_BY.search(text) is not None
