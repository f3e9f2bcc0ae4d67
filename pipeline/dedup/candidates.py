"""Which of the texts held may share enough with one to be worth a comparison."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet

MOST_CANDIDATES = 8
"""Texts that one is compared with."""
MOST_POSTINGS = 64
"""Texts that are kept under one fingerprint: of what very many have, the latest."""
_FEW = 6
"""Fingerprints of a short text, of which one in common is enough."""


def ranked(
    postings: Mapping[int, Collection[int]], asked: AbstractSet[int], *, most: int = MOST_CANDIDATES
) -> list[int]:
    """Return the texts that share most with the one of these fingerprints (`asked`), best first.

    `postings` are the texts held under each fingerprint. One that many texts have counts less. Two must be
    shared, or one if the text is short.
    """
    least = 1 if len(asked) <= _FEW else 2
    shared: dict[int, int] = {}
    weight: dict[int, float] = {}
    for fingerprint in asked:
        texts = postings.get(fingerprint, ())
        for text in texts:
            shared[text] = shared.get(text, 0) + 1
            weight[text] = weight.get(text, 0.0) + len(texts) ** -0.5
    found = [text for text, times in shared.items() if times >= least]
    return sorted(found, key=lambda text: (-weight[text], -text))[:most]


def crowded(postings: Mapping[int, Sequence[int]], coming: AbstractSet[int]) -> list[tuple[int, int]]:
    """Return the (fingerprint, text) pairs that must go for another text to be put under `coming`."""
    return [
        (fingerprint, min(texts))
        for fingerprint, texts in postings.items()
        if fingerprint in coming and len(texts) >= MOST_POSTINGS
    ]
