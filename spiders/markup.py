"""Text out of the markup that documents carry in their titles, summaries and bylines."""

from __future__ import annotations

import html
import re

from pipeline.normalise import clean_line

LONGEST_TITLE = 500
LONGEST_SUMMARY = 2000
LONGEST_CONTENT = 1_000_000
_LONGEST_NAME = 120
_MOST_NAMES = 20
_ROOM_FOR_MARKUP = 20

_UNSEEN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_INLINE_NAMES = (
    "a|abbr|acronym|b|bdi|bdo|big|cite|code|dfn|del|em|font|i|ins|kbd|label|mark|q|s|samp|small|span|strike"
    "|strong|sub|sup|time|tt|u|var|wbr"
)
_INLINE = re.compile(rf"</?(?:{_INLINE_NAMES})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_BLOCK = re.compile(
    r"</?(?:p|div|br|hr|img|h[1-6]|ul|ol|li|table|tr|td|th|blockquote|center|figure|figcaption)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_ANY = re.compile(r"<[/!?]?[a-zA-Z][^<>]*>")
_MAIL = re.compile(r"<?\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b>?")
_EMPTY = re.compile(r"\(\s*\)|<\s*>|\[\s*\]")
_WRAPPED = re.compile(r"\A\((.*)\)\Z")


def text_of(markup: str, longest: int = LONGEST_SUMMARY) -> str | None:
    """Return the text of a piece of HTML on one line, cut at a word after `longest` characters."""
    markup = _UNSEEN.sub(" ", markup[: longest * _ROOM_FOR_MARKUP])
    return _line(_ANY.sub(" ", _INLINE.sub("", markup)), longest)


def title_of(text: str) -> str | None:
    """Return a headline: the tags of HTML taken out, entities decoded once, white space collapsed.

    A "<" that begins no tag of HTML stays: "Deficit < 3 %" is a headline.
    """
    return _line(_BLOCK.sub(" ", _INLINE.sub("", text[: LONGEST_TITLE * _ROOM_FOR_MARKUP])), LONGEST_TITLE)


def names_of(stated: list[str]) -> tuple[str, ...]:
    """Return the names in author fields, each once: "a@b.c (Ann Lee)" is Ann Lee, an address nobody."""
    names = []
    for field in stated[:_MOST_NAMES]:
        name = _line(_EMPTY.sub("", _MAIL.sub("", text_of(field, _LONGEST_NAME) or "")), _LONGEST_NAME) or ""
        name = clean_line(_WRAPPED.sub(r"\1", name)).strip(" ,;")
        if name and name not in names:
            names.append(name)
    return tuple(names)


def content_of(markup: str) -> str | None:
    """Return the HTML of an article as it may be kept: with valid characters only, and of bounded length."""
    content = markup[:LONGEST_CONTENT].encode("utf-8", "ignore").decode().replace("\x00", "").strip()
    return content or None


def _line(text: str, longest: int) -> str | None:
    line = clean_line(html.unescape(text))
    if len(line) > longest:
        line = line[:longest].rsplit(" ", 1)[0].rstrip() + "…"
    return line or None
