"""The winnowed fingerprints of a text: what any two texts that share a long enough run have in common.

Winnowing (Schleimer, Wilkerson, Aiken 2003): of every 16 neighbouring runs of 5 words (8 characters in Han
and Kana) the one with the least hash is kept. Two texts that share 20 words in a row, or 23 characters,
share a fingerprint, however long they are. Fingerprints are stored: a change of this module needs
`wirewatch dedup --rebuild`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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
_DROPPED_BITS = 16


def goes_by_character(tokens: Sequence[str]) -> bool:
    """Tell whether a text is mostly written without spaces, so that its tokens are characters."""
    if "".join(tokens).isascii():
        return False
    return 2 * sum(1 for token in tokens if len(token) == 1 and token >= _FIRST_UNSPACED) > len(tokens)


def fingerprints(tokens: Sequence[str]) -> frozenset[int]:
    """Return the fingerprints of a text of these `pipeline.normalise.tokens`: 48 bits each, unsigned."""
    looked_at = tokens[:MOST_TOKENS]
    if not looked_at:
        return frozenset()
    size = CHARACTERS if goes_by_character(looked_at) else WORDS
    return frozenset(_winnowed(_run_hashes(looked_at, min(size, len(looked_at)))).tolist())


def _run_hashes(tokens: Sequence[str], size: int) -> NDArray[np.uint64]:
    """Return a well mixed hash of each run of `size` tokens, all of them modulo 2 ** 64."""
    from numpy import fromiter, uint64, zeros  # noqa: PLC0415 - workers make fingerprints, and have it

    digests = fromiter((crc32(token.encode()) for token in tokens), uint64, len(tokens))
    runs = zeros(len(tokens) - size + 1, uint64)
    for place in range(size):
        runs = runs * uint64(_FACTOR) + digests[place : place + len(runs)]
    mixed = (runs ^ runs >> uint64(30)) * uint64(_MIX)
    hashes: NDArray[np.uint64] = (mixed ^ mixed >> uint64(31)) >> uint64(_DROPPED_BITS)
    return hashes


def _winnowed(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return the least hash of every window; a text shorter than a window has one."""
    from numpy.lib.stride_tricks import sliding_window_view  # noqa: PLC0415 - as above

    windows = sliding_window_view(hashes, min(WINDOW, len(hashes)))
    least: NDArray[np.uint64] = windows.min(axis=1)
    return least
