"""The winnowed fingerprints of a text: what any two texts that share a long enough run have in common.

Winnowing (Schleimer, Wilkerson, Aiken 2003): of every 16 neighbouring runs of 5 words (8 characters in Han
and Kana) the one with the least hash is kept. Two texts that share 20 words in a row, or 23 characters,
share a fingerprint, however long they are. Fingerprints are stored: a change of this module needs
`wirewatch dedup --rebuild`.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from zlib import crc32

WINDOW = 16
"""Neighbouring runs of which one is kept."""
WORDS = 5
"""Words in a run."""
CHARACTERS = 8
"""Characters in a run, where most tokens are single Han or Kana characters."""
MOST_TOKENS = 16_000
"""Tokens of a text that are looked at: what follows is neither indexed nor compared."""

_FIRST_UNSPACED = "\u3040"
_FACTOR = 0x9E3779B97F4A7C15
_MIX = 0xBF58476D1CE4E5B9
_MASK = (1 << 64) - 1
_DROPPED_BITS = 16


def goes_by_character(tokens: Sequence[str]) -> bool:
    """Tell whether a text is mostly written without spaces, so that its tokens are characters."""
    return 2 * sum(1 for token in tokens if len(token) == 1 and token >= _FIRST_UNSPACED) > len(tokens)


def fingerprints(tokens: Sequence[str]) -> frozenset[int]:
    """Return the fingerprints of a text of these `pipeline.normalise.tokens`: 48 bits each, unsigned."""
    looked_at = tokens[:MOST_TOKENS]
    size = CHARACTERS if goes_by_character(looked_at) else WORDS
    return frozenset(_winnowed(_run_hashes(looked_at, size)))


def _run_hashes(tokens: Sequence[str], size: int) -> list[int]:
    """Return a well mixed hash of each run of `size` tokens; of a shorter text, one of the whole."""
    if not tokens:
        return []
    size = min(size, len(tokens))
    out = pow(_FACTOR, size, 1 << 64)
    digests = [crc32(token.encode()) for token in tokens]
    hashes, run = [], 0
    for digest in digests[: size - 1]:
        run = (run * _FACTOR + digest) & _MASK
    for leaving, coming in zip(chain((0,), digests), digests[size - 1 :], strict=False):
        run = (run * _FACTOR + coming - leaving * out) & _MASK
        mixed = ((run ^ run >> 30) * _MIX) & _MASK  # written out: this loop is most of what a text costs
        hashes.append((mixed ^ mixed >> 31) >> _DROPPED_BITS)
    return hashes


def _winnowed(hashes: Sequence[int]) -> set[int]:
    """Return the least hash of every window; a text shorter than a window has one."""
    if len(hashes) <= WINDOW:
        return {min(hashes)} if hashes else set()
    kept: set[int] = set()
    least, place = 0, -1
    for end in range(WINDOW, len(hashes) + 1):
        coming = hashes[end - 1]
        if place < end - WINDOW:  # the least of the window before has left it
            window = hashes[end - WINDOW : end]
            least = min(window)
            place = end - 1 - window[::-1].index(least)
            kept.add(least)
        elif coming <= least:
            least, place = coming, end - 1
            kept.add(least)
    return kept
