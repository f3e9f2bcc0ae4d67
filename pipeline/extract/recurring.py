"""Boilerplate by its recurrence: what a page shows of its blocks, and what goes for what was learned.

A block of text is remembered by a digest of its words, as the page has it and not as it was extracted:
most boilerplate is extracted on a few pages only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from hashlib import blake2b
from statistics import median_low

from pipeline.boilerplate import Boilerplate
from pipeline.extract.blocks import Block
from pipeline.extract.reading import Line
from pipeline.extract.regions import Region
from pipeline.extract.strings import is_prose, key, weight
from pipeline.extract.tree import names_of
from pipeline.records import RECURRING, Recurrence, Sighting, Spot

MOST_SIGHTINGS = 400
"""Blocks that one page may show."""
_LENGTHS = range(2, 601)
_SHORT = 90.0
"""Weight up to which a line may be a label; what is longer is a sentence."""
_PARAGRAPH = 80
_WALL = 0.5
_WALL_PAGES = 3
"""Other pages that had nothing but an earlier page's text, under another title, for it to be no article's."""
_DATELINE = re.compile(
    r"^[^\W\d_].{1,60}(?:\([^)]{2,30}\)|[—–-])\s*[—–-]*$"  # LONDON (Reuters) —
    r"|^[^\W\d_][^\d.:!?]{1,30}[,،，、].{0,30}\d"  # Seoul, 3 March
    r"|^[^\W\d_a-z]{3}[^\da-z.:!?]{0,30}[,،，]"  # GENEVA, Tuesday
    r"|^\w{1,12}\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]"
)
"""What a line that states place and day of a report looks like."""

_INVITATION = re.compile(
    r"whatsapp|telegram|newsletter|facebook|instagram|tiktok|youtube|google news|subscri|sign up|\bfollow\b"
    r"|\bour app\b|\bdonat|tip line|abonn|inscri|rejoign|suscr|síguenos|iscriv|seguici|assine|spende"
    r"|folgen sie|bergabung|ikuti|подпис"
    r"|订阅|訂閱|关注|關注|扫码|フォロー|購読|구독|팔로우|اشترك|تابعونا|انضم",
    re.IGNORECASE,
)
"""Words of a sentence that invites its reader to something else than the article."""

_DIGIT = re.compile(r"\d")
_LEAST_FIGURES = 6
_LONGEST_FIGURES = 40

Shape = tuple[str, ...]


def digest(text: str) -> int | None:
    """Return the 64 bits, signed, under which a block is remembered, or None if there is no word in it.

    They are those of its `strings.key`; of a time of day and date, those of the way it is written.
    """
    if not (words := key(text)):
        return None
    if _is_figures(text):
        words = _DIGIT.sub("0", words)
    return int.from_bytes(blake2b(words.encode(), digest_size=8).digest(), "big", signed=True)


def _is_figures(text: str) -> bool:
    digits = len(_DIGIT.findall(text)) if len(text) <= _LONGEST_FIGURES else 0
    return digits >= _LEAST_FIGURES and digits >= 0.4 * len(text)


def sightings_of(
    blocks: Sequence[Block], lines: Sequence[Line], titles: Sequence[str]
) -> tuple[Sighting, ...]:
    """Return the blocks of a page as they are remembered: those of the text first, then the others.

    `lines` are the text that was kept. Blocks in cards and lists of related pages, and those that are
    mostly links, are left out: they hold the headlines and first words of other articles of the outlet.
    """
    seen: dict[int, Sighting] = {}
    for title in titles[:3]:
        if (known_as := digest(title)) is not None:
            seen[known_as] = Sighting(known_as, Spot.TITLE, 0, kept=False)
    prose = [i for i, line in enumerate(lines) if is_prose(line.text, _PARAGRAPH)]
    for i, line in enumerate(lines):
        inside = bool(prose) and prose[0] <= i <= prose[-1]
        _note(seen, line.text, Spot.WITHIN if inside else Spot.OUTSIDE, kept=True)
    for block in blocks:
        if len(seen) >= MOST_SIGHTINGS:
            break
        if not block.regions & (Region.CARD | Region.RELATED) and block.link_share <= 0.5:
            _note(seen, block.text, Spot.OUTSIDE, kept=False)
    return tuple(seen.values())[:MOST_SIGHTINGS]


def _note(seen: dict[int, Sighting], text: str, spot: Spot, *, kept: bool) -> None:
    if not kept and len(text) not in _LENGTHS:
        return
    if (block := digest(text)) is not None:
        seen.setdefault(block, Sighting(block, spot, int(weight(text)), kept))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the memory says of a text."""

    reasons: Mapping[int, str] = field(default_factory=dict)
    """Why a line goes, by its position."""
    walled: float = 0.0
    """The share of a text that stands on other pages as well, if no paragraph of it is this page's own."""


def judge(lines: Sequence[Line], titles: Sequence[str], learned: Boilerplate) -> Judgement:
    """Say which lines of a text recur on other pages of the outlet, and are no part of this article.

    A sentence of the make of the text's own paragraphs is a refrain and stays, however often it returns,
    unless it invites its reader elsewhere, or other pages have it only beside their text. A label
    goes where it stands before or behind the paragraphs; a dateline stays. The first paragraph stays: it
    may be a teaser elsewhere. A text of which other pages have every paragraph, and nothing else, is a wall.
    """
    if not learned.blocks:
        return Judgement()
    mine = sightings_of((), lines, titles) if learned.counted else ()
    spots = {sighting.block: sighting.spot for sighting in mine}
    return _Judge(lines, [_elsewhere(digest(line.text), learned, spots) for line in lines]).judgement()


def _elsewhere(block: int | None, learned: Boilerplate, own: Mapping[int, Spot]) -> Recurrence:
    """Return how often a block was met on other pages; `own` says where this very article has its blocks."""
    seen = learned.blocks.get(block) if block is not None else None
    if block is None or seen is None:
        return Recurrence()
    spot = own.get(block)
    return seen._replace(
        pages=max(0, seen.pages - (spot is not None)),
        outside=max(0, seen.outside - (spot is Spot.OUTSIDE)),
        stale=max(0, seen.stale - (spot is not None)),
    )


class Make(Enum):
    """What an element is to those of the text's paragraphs, by tags and names."""

    SAME = "same"
    SIBLING = "sibling"
    """Of another tag or name, but in a parent of the same make."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class _Judge:
    lines: Sequence[Line]
    others: Sequence[Recurrence]

    def judgement(self) -> Judgement:
        makes = self._makes()
        prose = [i for i, line in enumerate(self.lines) if is_prose(line.text, _PARAGRAPH)]
        usual = median_low([self.others[i].pages for i in prose if makes[i] is Make.SAME] or [0])
        gone = {
            i for i in range(len(self.lines)) if i not in prose[:1] and self._is_foreign(i, makes[i], usual)
        }
        rest = [i for i in prose if i not in gone]
        if not rest:
            return Judgement(walled=self._walled(prose))
        for i in (*range(rest[0]), *range(rest[-1] + 1, len(self.lines))):
            if i not in gone and self._is_label(i, makes[i], usual, before=i < rest[0]):
                gone.add(i)
        gone |= self._beside(gone, makes, usual)
        return Judgement({i: _reason(self.others[i].pages) for i in sorted(gone)}, self._walled(prose))

    def _makes(self) -> list[Make]:
        """Return what each line's element is to those of the lines that do not recur."""
        sizes: Counter[Shape] = Counter()
        for line, seen in zip(self.lines, self.others, strict=True):
            if (shape := _shape(line)) and not seen.pages:
                sizes[shape] += int(weight(line.text))
        most = sizes.most_common(1)[0][0] if sizes else ()
        return [_make(_shape(line), most) for line in self.lines]

    def _is_foreign(self, i: int, make: Make, usual: int) -> bool:
        """Tell whether a sentence is none of this text's.

        `usual` is on how many pages this text's paragraphs recur: some sites put whole texts below others.
        """
        seen, line = self.others[i], self.lines[i]
        if weight(line.text) <= _SHORT:
            stated = _DATELINE.match(line.text) or _is_figures(line.text)
            return make is Make.OTHER and seen.pages >= usual + 4 and not stated
        if make is Make.SAME:
            elsewhere = seen.outside == seen.pages or _INVITATION.search(line.text) is not None
            return elsewhere and seen.pages >= usual + 3
        return seen.pages >= usual + (3 if make is Make.SIBLING else 2)

    def _is_label(self, i: int, make: Make, usual: int, *, before: bool) -> bool:
        seen, line = self.others[i], self.lines[i]
        if seen.pages <= usual or _DATELINE.match(line.text) or (_is_figures(line.text) and not before):
            return False
        if make is Make.SAME:
            return line.block is not None and bool(line.block.links) and seen.pages >= usual + 3
        if make is Make.SIBLING:
            return seen.pages >= usual + 3
        heading = line.block is not None and line.block.is_heading
        return seen.pages >= usual + 2 or (seen.outside >= 1 and not heading and weight(line.text) <= _SHORT)

    def _beside(self, gone: set[int], makes: Sequence[Make], usual: int) -> set[int]:
        """Return the labels that stand beside a line that goes and return with it."""
        return {
            i
            for i, seen in enumerate(self.others)
            if i not in gone
            and seen.pages >= usual + 2
            and makes[i] is not Make.SAME
            and weight(self.lines[i].text) <= _SHORT
            and {i - 1, i + 1} & gone
        }

    def _walled(self, prose: Sequence[int]) -> float:
        common = {i for i, seen in enumerate(self.others) if seen.stale >= _WALL_PAGES}
        if not prose or not common.issuperset(prose):
            return 0.0
        sizes = [weight(line.text) for line in self.lines]
        share = sum(sizes[i] for i in common) / sum(sizes)
        return share if share >= _WALL else 0.0


def _reason(pages: int) -> str:
    return f"{RECURRING}: on {pages} other page{'s' if pages != 1 else ''}"


def _make(shape: Shape, most: Shape) -> Make:
    if not shape or not most or shape == most:
        return Make.SAME
    return Make.SIBLING if shape[1:3] == most[1:3] else Make.OTHER


def _shape(line: Line) -> Shape:
    """Return tag, parent's tag, parent's names and own names of a line's element; unknown, nothing."""
    return (*line.block.signature, names_of(line.block.element)) if line.block is not None else ()
