"""Which language a text is in."""

from __future__ import annotations

import re

from pipeline.extract import letters
from pipeline.extract.strings import squash

_SAMPLE = 2000
_LEAST = 40
_SCRIPTS = (
    ("ja", re.compile(r"[\u3041-\u30fe]"), 0.08),
    ("ko", re.compile(r"[\uac00-\ud7af]"), 0.2),
    ("zh", re.compile(r"[\u4e00-\u9fff]"), 0.3),
    ("th", re.compile(r"[\u0e01-\u0e5b]"), 0.3),
    ("he", re.compile(r"[\u05d0-\u05ea]"), 0.3),
    ("el", re.compile(r"[\u0370-\u03ff]"), 0.3),
    ("my", re.compile(r"[\u1000-\u109f]"), 0.3),
    ("ka", re.compile(r"[\u10a0-\u10ff]"), 0.3),
    ("hy", re.compile(r"[\u0530-\u058f]"), 0.3),
)
_CODE = re.compile(r"^[a-z]{2}(?=$|[-_])", re.IGNORECASE)
_TWINS = {"nb": "no", "nn": "no", "in": "id", "iw": "he"}


def language_of(text: str, declared: str, *, also: tuple[str, ...] = ()) -> str | None:
    """Return the ISO 639-1 code of `text`; what the page or the outlet declare only decides close calls.

    A text too short to tell is in the declared language, if there is one. `also` are the languages of
    the outlet.
    """
    said = code(declared)
    sample = squash(text[: 2 * _SAMPLE])[:_SAMPLE]
    if (name := _by_script(sample)) is not None:
        return name
    if len(sample) < _LEAST:
        return said or next((c for a in also if (c := code(a))), None)
    ranked = _ranked(sample)
    first, best = ranked[0]
    for name, score in ranked[1:4]:
        if name in {said, *also} and first not in {said, *also} and best - score < _close(len(sample)):
            return name
    return _TWINS.get(first, first)


def _by_script(sample: str) -> str | None:
    """Return the language whose script the letters are of, if there is but one."""
    if sample.isascii():
        return None
    count = sum(map(str.isalpha, sample)) or 1
    shares = ((name, len(script.findall(sample)) / count, least) for name, script, least in _SCRIPTS)
    return next((name for name, share, least in shares if share >= least), None)


def _close(size: int) -> float:
    """How far apart (in log probability) two languages may be and still be a close call."""
    return 12.0 if size < 200 else 20.0


def code(declared: str) -> str | None:
    """Return the ISO 639-1 code that a declaration like "en-US" begins with, or None."""
    match = _CODE.match(declared.strip())
    if match is None:
        return None
    found = match[0].lower()
    return _TWINS.get(found, found)


def _ranked(sample: str) -> list[tuple[str, float]]:
    return [(str(name), float(score)) for name, score in letters.rank(sample)[:5]]
