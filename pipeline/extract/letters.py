"""py3langid with its walk over the letters of a text done side by side; the ranks are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from py3langid import langid

from pipeline.extract.unpacked import Model, kept_at, load

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

_STEPS = 5
"""Letters after which the automaton's state does not depend on where it began."""
_PLAIN = langid.visit_counts


class Walk:
    """A walk of an automaton over texts (`py3langid.langid.visit_counts`).

    The automaton remembers the last few letters only, so that its states along a text can be found all at
    once: each by a short walk of its own. That each follows from the one before is checked for every text.
    """

    def __init__(self, moves: ArrayLike, bases: ArrayLike, features: ArrayLike) -> None:
        self._parts = moves, bases, features
        self._moves = np.asarray(moves)
        self._bases = np.asarray(bases, dtype=np.intp)
        self._features = np.asarray(features)

    def counts(self, text: bytes) -> Counter[int] | None:
        """Return how often each feature is met, the first met first; None if none is."""
        letters = np.frombuffer(text, dtype=np.uint8).astype(np.intp)
        states: Any = np.zeros(len(letters) + 1, dtype=np.intp)
        for behind in range(min(_STEPS, len(letters)) - 1, -1, -1):
            later = slice(behind + 1, None)
            states[later] = self._moves[self._bases[states[later]] + letters[: len(letters) - behind]]
        if not np.array_equal(self._moves[self._bases[states[:-1]] + letters], states[1:]):
            counts: Counter[int] | None = _PLAIN(*self._parts, text)
            return counts
        met = self._features[states[1:]]
        return Counter(met[met >= 0].tolist()) or None


class Halves:
    """Weights of half precision whose rows are read in single precision, each by a table of all there are.

    numpy's own conversion takes three times as long.
    """

    def __init__(self, weights: np.ndarray[Any, np.dtype[np.float16]]) -> None:
        self._bits = weights.view(np.uint16)
        self._values = np.arange(1 << 16, dtype=np.uint16).view(np.float16).astype(np.float32)

    def __getitem__(self, rows: np.ndarray[Any, np.dtype[np.intp]]) -> np.ndarray[Any, np.dtype[np.float32]]:
        return self._values.take(self._bits.take(rows, axis=0))


@cache
def _model() -> Model:
    """Load the model, once a process."""
    return load(langid.MODEL_DIR / langid.MODEL_FILE, kept_at(__file__))


@cache
def _identifier() -> Any:  # noqa: ANN401 - the class has no type information
    model = _model()
    names, automaton = list(model.languages), (model.moves, model.features)
    identifier = langid.LanguageIdentifier(Halves(model.weights), model.priors, names, *automaton, tk_row=())
    identifier._rowbase = model.bases  # noqa: SLF001 - what it makes of `tk_row`, at length
    return identifier


@cache
def _walk() -> Walk:
    model = _model()
    return Walk(model.moves, model.bases, model.features)


@contextmanager
def _walking(walk: Walk) -> Iterator[None]:
    langid.visit_counts = lambda _moves, _bases, _features, text: walk.counts(text)
    try:
        yield
    finally:
        langid.visit_counts = _PLAIN


def rank(text: str) -> Sequence[tuple[str, float]]:
    """Return the ISO 639 codes of all languages with their scores, the likeliest first (`py3langid.rank`)."""
    with _walking(_walk()):
        return list(_identifier().rank(text))
