"""What a revision changed: figures, names, more, less, other words, or boilerplate only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.figures import is_figure, is_only_perhaps
from pipeline.normalise import CJK, tokens
from pipeline.notes import is_correction, is_counter
from pipeline.records import RECURRING, Change, ChangeKind, Dropped
from pipeline.worddiff import Stretch, Unit, compare, units_of

MOST_COMPARED = 100_000
"""Characters of each version that are compared: a second of CPU at worst."""
_MATTER = 8.0
"""Words from which on what came or went is matter and not wording; Han and Kana count for half."""
_LONGEST_NAME = 6
_SAME = 0.7
"""Share of the longer of two sentences that they have in common if one is the other, moved."""
_MOST_PAIRS = 10_000
_KIN = 0.3
_HAN = re.compile(rf"[{CJK}]")
_STOPS = frozenset(".!?…。！？؟।\n")
_CLOSING = frozenset("\"'”’»)]）」』】")
_NOUNS_ARE_CAPITAL = frozenset({"de", "lb"})
_PARTICLES = frozenset({
    "al", "el", "bin", "ibn", "bint", "ben", "van", "von", "der", "den", "de", "del", "della", "da", "di",
    "do", "dos", "du", "la", "le", "ter", "of", "and",
})  # fmt: skip
"""Small words within names."""


Sentence = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """Two versions of a text without the lines that are known to be none of it."""

    before: str
    after: str
    aside: tuple[str, ...] = ()
    """The lines left out by which the versions differ."""

    @property
    def only_aside(self) -> bool:
        """Whether the versions differ by nothing else."""
        words = tokens(self.before)
        return bool(self.aside and words) and words == tokens(self.after)


def told(before: str, after: str, dropped: Iterable[Dropped]) -> Told:
    """Leave out of two versions of a text what is boilerplate, if there is evidence for it.

    A line of the earlier text is boilerplate if the page still has it, but it was taken out this time
    (`dropped`): nothing went away, the page is only read better. So is, in both, a line that recurs on other
    pages of the outlet, and one that only counts readers, comments or the time since. A line that only the
    later text has is never left out for having been seen elsewhere on the page: it would be lost.
    """
    blocks = list(dropped)
    recurring = {_opening(block.text) for block in blocks if block.reason.startswith(RECURRING)}
    new = after.splitlines()
    gone = recurring | ({_opening(block.text) for block in blocks} - {_opening(line) for line in new})
    old_kept, old_aside = _sorted_out(before.splitlines(), gone)
    new_kept, new_aside = _sorted_out(new, recurring)
    differing = (Counter(old_aside) - Counter(new_aside)) + (Counter(new_aside) - Counter(old_aside))
    return Told("\n".join(old_kept), "\n".join(new_kept), tuple(differing))


def change_of(titles: tuple[str, str], texts: tuple[str, str], language: str | None) -> Change:
    """Say which kinds of change lie between two versions of an article, and how many words came and went.

    The versions are (before, after). Names are known by their capital letters: where a language has none, or
    begins every noun with one, another name is other wording. Han and Kana count by character. Of changes
    that reach over more than `MOST_COMPARED` characters, only so much is looked at.
    """
    before, after = _without_common_ends(*texts)
    stretches = compare(before[:MOST_COMPARED], after[:MOST_COMPARED])
    kinds = _kinds_of(stretches, texts, language)
    if titles[0] != titles[1]:
        kinds.add(ChangeKind.TITLE)
        if is_correction(titles[1]) and not is_correction(titles[0]):
            kinds.add(ChangeKind.CORRECTION)
    return Change(
        kinds=tuple(kind for kind in ChangeKind if kind in kinds),
        added=sum(s.words for s in stretches if s.kind == "added"),
        removed=sum(s.words for s in stretches if s.kind == "removed"),
    )


def _without_common_ends(before: str, after: str) -> tuple[str, str]:
    """Leave out the lines with which both begin and end."""
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    least = min(len(old), len(new))
    head = next((i for i in range(least) if old[i] != new[i]), least)
    most = least - head
    tail = next((i for i in range(most) if old[-1 - i] != new[-1 - i]), most)
    return "".join(old[head : len(old) - tail]), "".join(new[head : len(new) - tail])


@dataclass(frozen=True, slots=True)
class _Edit:
    """What went at one place of the text, and what came there."""

    removed: tuple[Unit, ...]
    added: tuple[Unit, ...]


def _kinds_of(stretches: Sequence[Stretch], texts: tuple[str, str], language: str | None) -> set[ChangeKind]:
    kinds: set[ChangeKind] = set()
    edits = []
    for edit in _edits(stretches):
        if (added := _without_notes(edit.added)) != edit.added:
            kinds.add(ChangeKind.CORRECTION)
        edits.append(_Edit(edit.removed, added))
    moved = _moved(_sentences_of(e.removed for e in edits), _sentences_of(e.added for e in edits))
    names = frozenset[str]() if language in _NOUNS_ARE_CAPITAL else _capitals(texts)
    for edit in edits:
        kinds |= _judged(_Edit(_without(edit.removed, moved), _without(edit.added, moved)), names)
    return kinds or ({ChangeKind.WORDING} if any(s.words for s in stretches if s.kind != "kept") else set())


def _judged(edit: _Edit, names: frozenset[str]) -> set[ChangeKind]:
    old, new = _plain(edit.removed), _plain(edit.added)
    kinds: set[ChangeKind] = set()
    if _figures_differ(edit):
        kinds.add(ChangeKind.NUMBERS)
    before, after = _size(edit.removed), _size(edit.added)
    if old == new:
        return kinds or ({ChangeKind.WORDING} if _words(edit.removed) != _words(edit.added) else set())
    if _are_names(edit, names):
        return kinds | {ChangeKind.NAMES}
    if min(before, after) >= 2 * _MATTER and _overlap(old, new) < _KIN:
        return {ChangeKind.EXTENSION, ChangeKind.CUT}
    if after - before >= _MATTER:
        return {ChangeKind.EXTENSION}
    if before - after >= _MATTER:
        return {ChangeKind.CUT}
    return kinds | {ChangeKind.WORDING}


def _figures_differ(edit: _Edit) -> bool:
    """Tell whether other figures stand in their place, or nothing but figures came or went."""
    old = [u.key for u in edit.removed if is_figure(u.key)]
    new = [u.key for u in edit.added if is_figure(u.key)]
    if old == new or all(map(is_only_perhaps, (*old, *new))):
        return False
    return bool(old and new) or not (_plain(edit.removed) or _plain(edit.added))


def _are_names(edit: _Edit, names: frozenset[str]) -> bool:
    sides = [[u for u in side if u.is_word and not is_figure(u.key)] for side in (edit.removed, edit.added)]
    return all(
        0 < len(side) <= _LONGEST_NAME
        and any(u.key in names for u in side)
        and all(u.key in names or u.key in _PARTICLES for u in side)
        for side in sides
    )


def _capitals(texts: tuple[str, str]) -> frozenset[str]:
    """Return the words that begin with a capital within a sentence."""
    found: set[str] = set()
    for text in (text[:MOST_COMPARED] for text in texts):
        opening = True
        for unit in units_of(text):
            if unit.is_word:
                if not opening and unit.text[:1].isupper():
                    found.add(unit.key)
                opening = False
            elif unit.key in _STOPS:
                opening = True
    return frozenset(found)


def _edits(stretches: Sequence[Stretch]) -> Iterator[_Edit]:
    for kept, run in groupby(stretches, key=lambda s: s.kind == "kept"):
        if not kept:
            sides = {stretch.kind: stretch.units for stretch in run}
            yield _Edit(sides.get("removed", ()), sides.get("added", ()))


def _sentences(units: Sequence[Unit]) -> Iterator[tuple[Unit, ...]]:
    """Take what came or went apart into sentences; each ends with its stop or its line's end."""
    sentence: list[Unit] = []
    for unit in units:
        if sentence and sentence[-1].key in _STOPS and unit.key not in _STOPS | _CLOSING:
            yield tuple(sentence)
            sentence = []
        sentence.append(unit)
    if sentence:
        yield tuple(sentence)


def _without_notes(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Leave out correction notes: the sentence that says so, and what follows it in its line."""
    kept: list[Unit] = []
    in_note = False
    for sentence in _sentences(units):
        in_note = in_note or is_correction("".join(unit.text for unit in sentence))
        if not in_note:
            kept += sentence
        in_note = in_note and not any(unit.key == "\n" for unit in sentence)
    return tuple(kept)


def _sentences_of(sides: Iterable[Sequence[Unit]]) -> set[Sentence]:
    found = (tuple(_words(sentence)) for side in sides for sentence in _sentences(side))
    return {words for words in found if len(words) > 1}


def _moved(removed: set[Sentence], added: set[Sentence]) -> frozenset[Sentence]:
    """Return the sentences that went at one place and came at another, nearly as they were."""
    if len(removed) * len(added) > _MOST_PAIRS:
        return frozenset(removed & added)
    pairs = ((old, new) for old in removed for new in added if _is_moved(old, new))
    return frozenset(sentence for pair in pairs for sentence in pair)


def _is_moved(old: Sentence, new: Sentence) -> bool:
    longer, shorter = max(len(old), len(new)), min(len(old), len(new))
    return shorter >= _SAME * longer and (Counter(old) & Counter(new)).total() >= _SAME * longer


def _without(units: Sequence[Unit], moved: frozenset[Sentence]) -> tuple[Unit, ...]:
    return tuple(u for s in _sentences(units) if tuple(_words(s)) not in moved for u in s)


def _words(units: Sequence[Unit]) -> list[str]:
    return [unit.key for unit in units if unit.is_word]


def _plain(units: Sequence[Unit]) -> list[str]:
    return [word for word in _words(units) if not is_figure(word)]


def _size(units: Sequence[Unit]) -> float:
    return sum(0.5 if _HAN.match(word) else 1.0 for word in _words(units))


def _overlap(old: Sequence[str], new: Sequence[str]) -> float:
    return sum((Counter(old) & Counter(new)).values()) / (min(len(old), len(new)) or 1)


def _sorted_out(lines: Sequence[str], gone: set[tuple[str, ...]]) -> tuple[list[str], list[str]]:
    """Return the lines that are the article's, and those that are not."""
    aside = [is_counter(line) or _opening(line) in gone for line in lines]
    return (
        [line for line, out in zip(lines, aside, strict=True) if not out],
        [line for line, out in zip(lines, aside, strict=True) if out],
    )


def _opening(line: str) -> tuple[str, ...]:
    """Return the first words of a line; what was dropped is not kept beyond some hundred characters."""
    return tuple(tokens(line[:400]))
