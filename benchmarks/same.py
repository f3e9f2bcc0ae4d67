"""Whether the acceleration of trafilatura changes what is read: field by field, page by page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import readers

_MEASURED = frozenset({"id", "cpu_ms"})
_WORD = re.compile(r"\w+")


def differences(
    pages: Sequence[Mapping[str, readers.Record]],
    plain: Sequence[readers.Record],
    accelerated: Sequence[readers.Record],
) -> Iterator[str]:
    """Say in words which fields of which pages differ, and which of two texts is closer to the truth."""
    for page, one, other in zip(pages, plain, accelerated, strict=True):
        for name in sorted((one.keys() | other.keys()) - _MEASURED):
            if one.get(name) == other.get(name):
                continue
            if name == "text":
                truth = str(page["truth"].get("text") or "")
                scores = [_likeness(str(record.get("text") or ""), truth) for record in (one, other)]
                yield f"{one['id']}: text {scores[0]:.4f} to the truth as it is, {scores[1]:.4f} accelerated"
            else:
                said = [str(record.get(name))[:100] for record in (one, other)]
                yield f"{one['id']}: {name} {said[0]!r} as it is, {said[1]!r} accelerated"


def _likeness(text: str, truth: str) -> float:
    """Return the F1 of the words of two texts, in any order."""
    mine, theirs = Counter(_WORD.findall(text)), Counter(_WORD.findall(truth))
    common = (mine & theirs).total()
    return 2 * common / ((mine.total() + theirs.total()) or 1)
