"""The winnowed fingerprints of a text: what any two texts that share a long enough run have in common.

Winnowing (Schleimer, Wilkerson, Aiken 2003): of every 16 neighbouring runs of 5 words (8 characters in Han
and Kana) the one with the least hash is kept. Two texts that share 20 words in a row, or 23 characters,
share a fingerprint, however long they are. Fingerprints are stored: a change of this module needs
`wirewatch dedup --rebuild`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
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
    for digest in digests[:size]:
        run = (run * _FACTOR + digest) & _MASK
    hashes.append(_mixed(run))
    for leaving, coming in zip(digests, digests[size:], strict=False):
        run = (run * _FACTOR + coming - leaving * out) & _MASK
        hashes.append(_mixed(run))
    return hashes


def _mixed(run: int) -> int:
    run = ((run ^ run >> 30) * _MIX) & _MASK
    return (run ^ run >> 31) >> _DROPPED_BITS


def _winnowed(hashes: Sequence[int]) -> set[int]:
    """Return the least hash of every window; a text shorter than a window has one."""
    if len(hashes) <= WINDOW:
        return {min(hashes)} if hashes else set()
    kept: set[int] = set()
    rising: deque[int] = deque()  # positions whose hashes rise: the first is the least of the window
    for place, value in enumerate(hashes):
        while rising and hashes[rising[-1]] >= value:
            rising.pop()
        rising.append(place)
        if rising[0] <= place - WINDOW:
            rising.popleft()
        if place >= WINDOW - 1:
            kept.add(hashes[rising[0]])
    return kept
