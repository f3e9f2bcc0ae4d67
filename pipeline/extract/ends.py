"""The ends of an article: where it stops, and what is glued to its last paragraphs."""

# ruff: noqa: E501 - a table of patterns is read by rows, and a row is one line
from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC

from lxml.html import HtmlElement

from pipeline.extract import rules
from pipeline.extract.blocks import Block
from pipeline.extract.datetext import find_dates
from pipeline.extract.reading import Line, is_cut_off
from pipeline.extract.regions import Region
from pipeline.extract.strings import ends_sentence, is_prose, weight
from pipeline.records import Dropped

_MAX_TAILS = 5
_LEAST_ARTICLE = 400
"""The paragraphs that the headline's `<article>` holds, at least, if it is to be the whole."""


def trim(lines: list[Line]) -> tuple[list[Line], list[Dropped]]:
    """Cut promotion and end marks off the ends of paragraphs, headings without text off the end."""
    dropped: list[Dropped] = []
    lines = list(lines)
    while (
        lines
        and lines[-1].block is not None
        and lines[-1].block.is_heading
        and not ends_sentence(lines[-1].text)
    ):
        dropped.append(Dropped(lines.pop().text, "heading without text"))
    teasers = _trailing_teasers(lines)
    dropped += [Dropped(line.text, "teaser") for line in lines[len(lines) - teasers :]]
    lines = lines[: len(lines) - teasers]
    for position, line in list(enumerate(lines))[-3:]:
        end, reason = _promotion(line), "self-promotion"
        if end is None and (mark := rules.END_MARK.search(line.text)):
            end, reason = mark.start(), "end mark"
        if end is not None:
            dropped.append(Dropped(line.text[end:].strip(), reason))
            lines[position] = Line(line.text[:end].rstrip(), line.block)
    return [line for line in lines if line.text], dropped


def _trailing_teasers(lines: Sequence[Line]) -> int:
    """Count the last lines that are dates, or cut off with an ellipsis.

    They advertise other articles where they are dates, stand in cards, or are three in a row.
    """
    count, sure = 0, False
    for line in reversed(lines):
        if is_date(line.text):
            sure = True
        elif is_cut_off(line.text):
            sure = sure or bool(line.block is not None and line.block.regions & Region.CARD)
        else:
            break
        count += 1
    return count if sure or count >= 3 else 0


_WORD = re.compile(r"[^\W\d_]")
_CLOCK_WORD = re.compile(
    r"\d{1,2}\s?h(?:\s?\d\d)?(?!\w)|\b(?:uhr|wib|wita|wit|gmt|utc|às|at|um|a las|ore|kl|saat|pukul|[ap]\.?m\.?)(?!\w)|[時时点點分秒시분초]"
    r"|\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|(?:segunda|terça|quarta|quinta|sexta)-feira|(?:lune|marte|mercole|giove|vener)dì|sabato|domenica"
    r"|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|понеділок|вівторок|середа|четвер|п.ятниця|субота|неділя"
    r"|(?:الأحد|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت)|(?:یک|دو|سه|چهار|پنج)[\s\u200c]?شنبه|جمعه|شنبه)(?!\w)",
    re.IGNORECASE,
)
"""Hours and days of the week, as they stand beside a date."""


def is_date(text: str) -> bool:
    """Tell whether a line is a date, with a time or without, and nothing else."""
    found = next(find_dates(text, UTC), None) if len(text) <= 60 else None
    if found is None:
        return False
    beside = text[: found.start] + text[found.end :]
    if len(text) <= 40 and len(beside) <= 0.2 * len(text):
        return True
    return not _WORD.search(_CLOCK_WORD.sub("", beside))


def tail_of(lines: Sequence[Line]) -> int:
    """Return where the article ends and other articles are advertised; `len(lines)` if nowhere.

    That is at a heading such as "Recent posts" or "About the author" behind the body, if what follows is
    teasers and boxes rather than more of the text; an invitation to republish is always the end.
    """
    body, tried = 0.0, 0
    for position, line in enumerate(lines):
        if body >= 400 and tried < _MAX_TAILS and (reason := _heading_of_tail(line.text)):
            tried += 1
            if reason == "republish" or _is_other(lines[position + 1 :]):
                return position
        body += weight(line.text) if is_prose(line.text) else 0
    return len(lines)


def end_of_home(lines: Sequence[Line], home: HtmlElement | None) -> int:
    """Return where the lines end that stand near `home`, the element whose own children are the paragraphs.

    It takes a home of half the text. What comes behind its last paragraph and lies two levels outside of it
    or more is another part of the page.
    """
    at_home = _at_home(lines, home)
    if home is None or not at_home:
        return len(lines)
    near = {home, home.getparent()}
    shapes = {block.signature for i in at_home if (block := lines[i].block) is not None}
    for position in range(at_home[-1] + 1, len(lines)):
        block = lines[position].block
        if block is not None and near.isdisjoint(block.element.iterancestors()):
            rest = [line.block for line in lines[position:] if is_prose(line.text)]
            return len(lines) if any(b is not None and b.signature in shapes for b in rest) else position
    return len(lines)


def start_of_home(lines: Sequence[Line], home: HtmlElement | None) -> int:
    """Return where the lines begin that may be the article's: short ones far outside of `home` are not."""
    at_home = _at_home(lines, home)
    if home is None or not at_home or any(is_prose(line.text) for line in lines[: at_home[0]]):
        return 0
    near = {home, home.getparent()}
    outside = [
        i
        for i, line in enumerate(lines[: at_home[0]])
        if line.block is not None and near.isdisjoint(line.block.element.iterancestors())
    ]
    return outside[-1] + 1 if outside else 0


def _at_home(lines: Sequence[Line], home: HtmlElement | None) -> list[int]:
    """Return the places of the paragraphs that are children of `home`, if they are half of the text."""
    found = [
        i
        for i, line in enumerate(lines)
        if line.block is not None and line.block.element.getparent() is home and is_prose(line.text)
    ]
    size = sum(len(lines[i].text) for i in found)
    return found if len(found) >= 3 and size >= 0.5 * sum(len(line.text) for line in lines) else []


def end_of_article(lines: Sequence[Line], titles: Sequence[Block]) -> int:
    """Return where the `<article>` ends that holds the headline, if another one follows it.

    Pages that scroll on to the next article have both in one file. The posts of a live blog are articles
    below its headline, of which one may say the headline again.
    """
    first = [b for b in titles if b.tag == "h1"] or titles
    own = next((a for b in first if (a := _article_of(b)) is not None), None)
    if own is None:
        return len(lines)
    within = [
        i
        for i, line in enumerate(lines)
        if line.block is not None and own in line.block.element.iterancestors()
    ]
    if sum(weight(lines[i].text) for i in within if is_prose(lines[i].text)) < _LEAST_ARTICLE:
        return len(lines)
    for position in range(within[-1] + 1, len(lines)):
        block = lines[position].block
        if block is not None and _article_of(block) is not None and own not in block.element.iterancestors():
            return position
    return len(lines)


def _article_of(block: Block) -> HtmlElement | None:
    return next(block.element.iterancestors("article"), None)


def _heading_of_tail(text: str) -> str:
    """Return the reason of the rule that knows `text` as the heading of such a part; empty if it is none."""
    rule = rules.match(text, in_head=False, in_tail=True) if len(text) <= 70 else None
    return rule.reason if rule is not None and rule.reason in _TAIL_HEADINGS else ""


_TAIL_HEADINGS = frozenset({"related heading", "about the author", "republish"})


def _is_other(rest: Sequence[Line]) -> bool:
    size = sum(weight(line.text) for line in rest) or 1
    prose = sum(
        weight(line.text)
        for line in rest
        if is_prose(line.text, 120) and not line.text.endswith(("…", "..."))
    )
    return prose < 0.4 * size


def _promotion(line: Line) -> int | None:
    """Return where the last sentence begins, if it only sends the reader to another page of the site.

    It does if it ends with a link within the site and asks to see, read or find more.
    """
    if line.block is None or not line.block.links or not line.block.links[-1].internal:
        return None
    last = line.block.links[-1].text
    text = line.text.rstrip(" .!…")
    if not text.endswith(last):
        return None
    ends = [m.end() for m in re.finditer(r"[.!?。！？][\"”’»]?\s+", line.text)]
    start = max((e for e in ends if e <= len(text) - len(last)), default=None)
    if start is None or start < 0.3 * len(line.text):
        return None
    sentence = line.text[start:]
    return start if len(sentence) < 160 and _INVITES.search(sentence) else None


_INVITES = re.compile(
    r"(?:\b(?:see|read|find|view|check(?: out)?|click|visit|browse|discover|follow|learn)\b.{0,40}\b(?:more|here|our|all|latest|also|other|full)\b"
    r"|\byou can (?:see|read|find|view)\b|\b(?:leia|lea|lisez|lesen sie|leggi|baca)\b.{0,20}\b(?:mais|más|plus|mehr|altro|juga)\b)",
    re.IGNORECASE,
)
