"""From the lines of a reading to the article's text: what goes, and why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from lxml.html import HtmlElement

from pipeline.extract import rules
from pipeline.extract.again import start_of_copy
from pipeline.extract.blocks import Block
from pipeline.extract.ends import end_of_article, end_of_home, is_date, start_of_home, tail_of, trim
from pipeline.extract.jsonld import alike
from pipeline.extract.reading import LIST_ITEM, MAX_DROPPED_TEXT, Line, Reading
from pipeline.extract.regions import Region
from pipeline.extract.releases import end_of_release
from pipeline.extract.strings import ends_sentence, heaviest, holds_any, is_prose, key, squash, weight
from pipeline.extract.tree import is_within, text_of
from pipeline.records import Dropped

MAX_DROPPED = 200
_LONGEST_DEK = 400
_DATELINE = re.compile(
    r"^[^\W\d_a-z]{3}[^a-z]{0,40}(?:\([^)]{2,30}\))?\s*[—–-]|^.{2,40}\([^)]{2,20}\)\s*[—–-]"
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_OPENING = 100
"""Characters at which two paragraphs are taken to begin alike."""
T = TypeVar("T", bound=Hashable)
_OPENS = ("opens", "öffnet", "ouvre", "abre", "apre")
_SHORTEST_DEK = 40
_LONGEST_UNFINISHED = 250
_LEAST_PARAGRAPHS = 3
"""Paragraphs of a text whose first line may be its standfirst for want of a full stop alone."""
_STOPPING = re.compile(r"[a-zà-öø-ÿœа-яёіїєґα-ωά-ώ]", re.IGNORECASE)
"""Letters of scripts whose sentences end in a full stop as a rule."""
_LONGEST_CREDITED = 400
_CREDITED = re.compile(
    r"[.!?]\s?[(\[（][A-ZÀ-Þ][^()（）\[\]/]{1,38}/[A-ZÀ-Þ][\w.'’-]{1,30}(?:\s[A-ZÀ-Þ][\w.'’-]{1,30}){1,3}[)\]）]$"
)
"""How a picture's caption ends that names its agency and its photographer."""
_STOP = re.compile(r"[^\W\d_]{2}[.!?]\s|[。！？]")
_BRACKETS = " []()<>«»→▶►>|•·"
"""What is set around a link that stands alone."""
_LAST = 3
"""Lines at the end of a text among which its authors are introduced, if as many stand above."""
_LONGEST_BIOGRAPHY = 900
_LABEL = re.compile(r"^[^.!?]{0,40}[:|–-]\s*")


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the page when its lines are judged."""

    titles: tuple[str, ...]
    summary: str
    authors: tuple[str, ...]
    blocks: Sequence[Block]
    alt_texts: frozenset[str]
    """Keys of the alternative texts of pictures."""
    link_texts: frozenset[str] = frozenset()
    """Keys of the words of links to other pages of the site."""
    form_boxes: frozenset[HtmlElement] = frozenset()
    """Elements that hold little but a form."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The text, and what was taken out of it."""

    lines: tuple[Line, ...]
    dropped: tuple[Dropped, ...] = ()


@dataclass(slots=True)
class _Judge:
    context: Context
    lines: Sequence[Line]
    shares: Mapping[tuple[int, int], float]
    title_keys: tuple[str, ...] = ()
    author_keys: frozenset[str] = frozenset()
    shown: Counter[str] | None = None
    """How often the page shows each text beside its cards; counted once a line comes twice."""
    seen: Counter[str] = field(default_factory=Counter)
    size: float = 0.0
    openings: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The paragraphs of the reading by how they begin."""
    home: HtmlElement | None = None
    """The element whose own children hold most of the text."""
    home_box: tuple[str, ...] | None = None
    """The tag and names of the elements of one make whose own children do."""
    forms: dict[HtmlElement, bool] = field(default_factory=dict)
    """The elements that hold little but a form, and what else is known to lie in one or not."""

    def reason(self, position: int, line: Line) -> str | None:
        """Say why a line goes, or None if it stays."""
        words = key(line.text)
        if not words:
            return "no words"
        for check in (
            self._title,
            self._dek,
            self._repeated,
            self._caption,
            self._byline,
            self._biography,
            self._link,
            self._rule,
            self._region,
            self._form,
        ):
            if reason := check(position, line, words):
                return reason
        self.seen[words] += 1
        return None

    def _title(self, position: int, line: Line, words: str) -> str | None:
        if position >= 8 or len(line.text) > 300 or not self._is_title(words):
            return None
        if words not in self.title_keys and _is_statement(line) and self._opens_text(position, line):
            return None
        return None if self._repeats_title(line) else "title"

    def _opens_text(self, position: int, line: Line) -> bool:
        """Tell whether a line stands beside the paragraphs, or in one element with the line behind it."""
        behind = self.lines[position + 1 : position + 2]
        if line.block is None or not behind or behind[0].block is None:
            return False
        return self._is_at_home(line) or behind[0].block.element is line.block.element

    def title_blocks(self) -> list[Block]:
        """Return the headings of the page that say the article's title."""
        return [b for b in self.context.blocks if b.tag in _HEADINGS and self._is_title(key(b.text))]

    def _is_title(self, words: str) -> bool:
        return any(words == t or _nearly(words, t) for t in self.title_keys)

    def _repeats_title(self, line: Line) -> bool:
        """Tell whether a line is a sub-head among the paragraphs that repeats the headline."""
        block = line.block
        if block is None or block.tag not in _HEADINGS or not self._is_at_home(line):
            return False
        return any(
            b.tag in _HEADINGS and self._is_title(key(b.text)) for b in self.context.blocks[: block.index]
        )

    def _is_at_home(self, line: Line) -> bool:
        """Tell whether a line stands beside the paragraphs."""
        return (
            line.block is not None and self.home is not None and line.block.element.getparent() is self.home
        )

    def _has_paragraphs(self) -> bool:
        return sum(is_prose(line.text) for line in self.lines) >= _LEAST_PARAGRAPHS

    def _dek(self, position: int, line: Line, words: str) -> str | None:
        if position >= 5 or words != key(self.context.summary):
            return None
        if position < 3 and is_unfinished(line) and self._has_paragraphs():
            return "summary"
        if not is_dek(line, self.lines):
            return None
        if self._is_at_home(line) and not _is_named_dek(line):
            return None
        return "summary" if weight(line.text) < 0.4 * self.size else None

    def _repeated(self, _position: int, line: Line, words: str) -> str | None:
        """Take a line that the reading gives more often than the page has it, or with a credit behind it."""
        if weight(line.text) > 60 and (seen := self.seen[words]) and seen >= self._times_shown(words):
            return "repeated"
        return "caption" if self._is_longer_copy(line) else None

    def _times_shown(self, words: str) -> int:
        if self.shown is None:
            blocks = self.context.blocks
            cards = Region.RELATED | Region.CARD
            self.shown = Counter(key(b.text) for b in blocks if not b.regions & cards)
        return self.shown[words]

    def _is_longer_copy(self, line: Line) -> bool:
        """Tell whether a line is another paragraph with a few words (a picture's credit) behind it."""
        if weight(line.text) <= 120 or ends_sentence(line.text):
            return False
        others = self.openings.get(line.text[:_OPENING], ())
        return any(len(o) < len(line.text) < len(o) + 80 and line.text.startswith(o) for o in others)

    def _caption(self, _position: int, line: Line, words: str) -> str | None:
        if weight(line.text) <= 600 and self._stands_in(line, Region.CAPTION, 0.3):
            return "caption"
        if weight(line.text) <= _LONGEST_CREDITED and _CREDITED.search(line.text) and _is_under_picture(line):
            return "caption"
        heading = line.block is not None and line.block.tag in _HEADINGS
        pictured = words in self.context.alt_texts and not heading and weight(line.text) < 400
        return "caption" if pictured and not is_prose(line.text) else None

    def _byline(self, _position: int, _line: Line, words: str) -> str | None:
        if len(words) > 120:
            return None
        bare = re.sub(r"^(?:by|von|par|por|di|door|av|af|oleh|text|автор)\s+", "", words)
        return "byline" if bare in self.author_keys else None

    def _biography(self, position: int, line: Line, words: str) -> str | None:
        """Take one of the last lines that says who an author is."""
        if position < max(_LAST, len(self.lines) - _LAST) or weight(line.text) > _LONGEST_BIOGRAPHY:
            return None
        names = [name for name in self.author_keys if " " in name and words.startswith(name)]
        return "author box" if any(rules.BIOGRAPHY.match(words, len(name)) for name in names) else None

    def _link(self, position: int, line: Line, words: str) -> str | None:
        if len(line.text) < 15 or self._is_sub_head(position, line):
            return None
        block = line.block
        if block is not None and block.links:
            inner = [link for link in block.links if link.internal]
            if inner and sum(len(link.text) for link in inner) >= 0.95 * len(block.text.strip(_BRACKETS)):
                return "link"
            if inner and is_date(_without(block.text, (link.text for link in inner))):
                return "link"
        label = _LABEL.match(line.text)
        if label and label.end() < len(line.text):
            rest = key(line.text[label.end() :])
            if len(rest) >= 15 and rest in self.context.link_texts:
                return "link"
        return "link" if block is None and words in self.context.link_texts else None

    def _is_sub_head(self, position: int, line: Line) -> bool:
        """Tell whether a line is a heading among the paragraphs with one of them right below it."""
        if line.block is None or line.block.tag not in _HEADINGS:
            return False
        below = self.lines[position + 1] if position + 1 < len(self.lines) else None
        if below is None or below.block is None or not is_prose(below.text):
            return False
        if self._is_at_home(line):
            return self._is_at_home(below)
        boxed = line.block.signature[1:]  # each paragraph and heading in a box of its own
        return boxed == below.block.signature[1:] and boxed[1] != "" and boxed == self.home_box

    def _rule(self, position: int, line: Line, _words: str) -> str | None:
        text = line.text.removeprefix(LIST_ITEM)
        in_head, in_tail = position < rules.HEAD_LINES, position >= len(self.lines) - rules.TAIL_LINES
        if weight(text) <= 140 and rules.credited(text):
            return "credit"
        if in_head and is_date(text):
            return "published or updated"
        rule = rules.match(text, in_head=in_head, in_tail=in_tail)
        return rule.reason if rule else None

    def _region(self, position: int, line: Line, _words: str) -> str | None:
        for region, reason, most, longest in _REGIONS:
            if weight(line.text) <= longest and self._stands_in(line, region, most):
                if region == Region.META and (is_prose(line.text, 100) or self._is_sub_head(position, line)):
                    continue
                return reason
        return None

    def _form(self, _position: int, line: Line, _words: str) -> str | None:
        if line.block is None or not self.forms:
            return None
        return "beside a form" if is_within(line.block.element, self.forms) else None

    def _stands_in(self, line: Line, region: int, most: float) -> bool:
        """Tell whether a line lies in a part of that name, which holds at most `most` of the text."""
        if line.block is None or not line.block.regions & region:
            return False
        root = line.block.region_roots.get(region)
        return root is not None and self.shares.get((region, root), 0.0) <= most


_REGIONS = (
    (Region.COMMENTS, "comments", 0.25, 5000),
    (Region.RELATED, "related", 0.25, 1200),
    (Region.SHARE, "share", 0.2, 300),
    (Region.PROMO, "promotion", 0.2, 600),
    (Region.TAGS, "tags", 0.2, 200),
    (Region.AUTHOR, "author box", 0.2, 900),
    (Region.META, "page data", 0.2, 160),
)
"""Parts of a page by their names: the share of the text above which the name is not believed, and the
longest line that goes."""


def _without(text: str, parts: Iterable[str]) -> str:
    for part in parts:
        text = text.replace(part, " ", 1)
    return squash(text)


def _nearly(words: str, title: str) -> bool:
    return len(words) >= 0.75 * len(title) and len(title) >= 0.75 * len(words) and alike(words, title)


def _is_statement(line: Line) -> bool:
    """Tell whether a line is a paragraph that ends with a full stop, as the first of brief news does."""
    stopped = line.text.rstrip('"”’»」』 ').endswith((".", "。"))
    return stopped and (line.block is None or not line.block.is_heading)


def _is_under_picture(line: Line) -> bool:
    """Tell whether the element before a line's own holds a picture and no word."""
    before = line.block.element.getprevious() if line.block is not None else None
    return before is not None and next(before.iter("img"), None) is not None and not text_of(before)


def is_dek(line: Line, lines: Sequence[Line]) -> bool:
    """Tell whether a line is a standfirst by its markup: a heading, or alone in an element named so.

    The first paragraph of a text, which a dateline may open, is none.
    """
    block = line.block
    if block is None or weight(line.text) > _LONGEST_DEK or _DATELINE.match(line.text):
        return False
    root = block.region_roots.get(Region.DEK)
    if root is None:
        return block.is_heading
    return not any(
        o.block is not None and o is not line and o.block.region_roots.get(Region.DEK) == root for o in lines
    )


def is_named_dek(line: Line, lines: Sequence[Line]) -> bool:
    """Tell whether a line is a standfirst by the name of its element, and a sentence."""
    return _is_named_dek(line) and is_prose(line.text, 40) and is_dek(line, lines)


def is_long_dek(line: Line, lines: Sequence[Line]) -> bool:
    """Tell whether a line is a standfirst by the name of its element, and long enough for one."""
    return _is_named_dek(line) and weight(line.text) >= _SHORTEST_DEK and is_dek(line, lines)


def is_unfinished(line: Line) -> bool:
    """Tell whether a line is as long as a sentence and has no full stop in it, as standfirsts are set.

    One that ends with a colon or a comma introduces the text, one with a dateline begins it.
    """
    text = line.text
    if weight(text) > _LONGEST_UNFINISHED or not _STOPPING.search(text):
        return False
    if text.endswith((":", "：", ",", "，", "、", ";")) or _DATELINE.match(text):
        return False
    return weight(text) >= _SHORTEST_DEK and not is_prose(text, _SHORTEST_DEK) and not _STOP.search(text)


def _is_named_dek(line: Line) -> bool:
    return line.block is not None and Region.DEK in line.block.region_roots


def clean(reading: Reading, context: Context) -> Cleaned:
    """Take out of a reading what is not the article's text.

    Pure: the same reading and context give the same text. Every line that goes is recorded with its
    reason, up to `MAX_DROPPED`.
    """
    judge = _Judge(
        context,
        reading.lines,
        _shares(reading.lines),
        title_keys=tuple(k for t in context.titles if weight(k := key(t)) >= 6),
        author_keys=frozenset(_author_keys(context.authors)),
        size=reading.size,
        openings=_openings(reading.lines),
        home=_around_most(reading.lines, lambda block: block.element.getparent()),
        home_box=_around_most(reading.lines, lambda block: block.signature[1:]),
        forms=dict.fromkeys(context.form_boxes, True),
    )
    kept: list[Line] = []
    dropped = list(reading.dropped)
    start, end = 0, len(reading.lines)
    if reading.way != "profile":
        start, end = start_of_home(reading.lines, judge.home), _end_of(reading.lines, judge)
    for position, line in enumerate(reading.lines):
        if start <= position < end:
            reason = judge.reason(position, line)
        else:
            reason = "before the article" if position < start else "behind the article"
        if reason is None:
            kept.append(_without_asides(line))
        else:
            dropped.append(Dropped(line.text[:MAX_DROPPED_TEXT], reason))
    kept, more = trim(kept)
    dropped += more
    return Cleaned(tuple(kept), tuple(dropped[:MAX_DROPPED]))


def _without_asides(line: Line) -> Line:
    """Return a line without what a screen reader is told of its links."""
    if not holds_any(line.text, _OPENS):
        return line
    return Line(rules.OPENS_ELSEWHERE.sub("", line.text).strip(), line.block)


def _end_of(lines: Sequence[Line], judge: _Judge) -> int:
    """Return where the article ends: by its headings, the page's articles or the distance of the rest."""
    return min(
        tail_of(lines),
        end_of_release(lines),
        end_of_home(lines, judge.home),
        end_of_article(lines, judge.title_blocks()),
        start_of_copy(lines, judge.title_keys),
    )


def _around_most(lines: Sequence[Line], around: Callable[[Block], T]) -> T | None:
    """Return what `around` says of the blocks with most of the text in paragraphs."""
    return heaviest(
        (around(line.block), len(line.text))
        for line in lines
        if line.block is not None and is_prose(line.text)
    )


def _openings(lines: Sequence[Line]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in lines:
        if len(line.text) > _OPENING:
            found.setdefault(line.text[:_OPENING], []).append(line.text)
    return {opening: texts[:5] for opening, texts in found.items() if len(texts) > 1}


def _author_keys(authors: Iterable[str]) -> Iterator[str]:
    names = [key(a) for a in authors]
    yield from names
    for joiner in (" and ", " und ", " et ", " y ", " "):
        if len(names) > 1:
            yield joiner.join(names)
    if len(names) > 2:
        yield " ".join(names[:-1]) + " and " + names[-1]


def _shares(lines: Sequence[Line]) -> dict[tuple[int, int], float]:
    """Return which share of the text lies in each named part of the page."""
    total = sum(len(line.text) for line in lines) or 1
    sizes: Counter[tuple[int, int]] = Counter()
    for line in lines:
        if line.block is not None:
            for region, root in line.block.region_roots.items():
                sizes[region, root] += len(line.text)
    return {part: size / total for part, size in sizes.items()}
