"""Regular expressions that only list words, as the words: asking for each is many times faster."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import product

_MOST = 200
_SPECIAL = frozenset("\\.^$*+?{}[]|()")


def searcher(pattern: str) -> Callable[[str], bool]:
    """Return a function that tells whether `re.search` finds a pattern in a string."""
    begins: set[str] = set()
    holds: set[str] = set()
    rest: list[str] = []
    for part in _alternatives(pattern):
        anchored = part.startswith("^")
        words = _words(part[anchored:])
        if words is None:
            rest.append(part)
        else:
            (begins if anchored else holds).update(words)
    holds = {word for word in holds if not any(other in word for other in holds - {word})}
    first, within = tuple(sorted(begins)), tuple(sorted(holds))
    search = re.compile("|".join(rest)).search if rest else None

    def found(value: str) -> bool:
        for word in within:
            if word in value:
                return True
        return value.startswith(first) or (search is not None and search(value) is not None)

    return found


def cores(pattern: str) -> frozenset[str] | None:
    """Return runs of letters of which one, in any case, stands in all that a pattern finds; or None."""
    found: set[str] = set()
    for part in _alternatives(pattern):
        if (known := _cores_of(part.removeprefix("^"))) is None:
            return None
        found |= known
    return frozenset(found)


def _cores_of(part: str) -> frozenset[str] | None:
    """Return the cores of a pattern without bars, but for those in brackets."""
    if (words := _words(part)) is not None:
        found = {_longest_run((letter, False) for letter in word) for word in words}
    elif part.startswith("(?:") and len(_alternatives(f"{part}|")) == 2 and _closes_at_end(part):
        return cores(part[3:-1])
    else:
        pieces = list(_pieces(part))
        found = {"" if any(piece in "()" for piece, _ in pieces) else _longest_run(pieces)}
    return None if "" in found else frozenset(found)


def _closes_at_end(part: str) -> bool:
    """Tell whether the bracket that opens a pattern closes at its end."""
    depth = 0
    for at, letter in enumerate(part):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return at == len(part) - 1
    return False


def _longest_run(pieces: Iterable[tuple[str, bool | None]]) -> str:
    """Return the longest run of letters and digits among the pieces that stand exactly once."""
    runs, run = [""], ""
    for piece, is_optional in pieces:
        is_plain = len(piece) == 1 and piece.isalnum() and piece.isascii() and is_optional is False
        run = run + piece if is_plain else ""
        runs.append(run)
    return max(runs, key=len).lower()


def _alternatives(pattern: str) -> list[str]:
    """Split a pattern at the bars that stand in no brackets."""
    parts, begun, depth, in_class, escaped = [], 0, 0, False, False
    for at, letter in enumerate(pattern):
        if escaped or letter == "\\":
            escaped = not escaped
        elif in_class or letter == "[":
            in_class = letter != "]"
        elif letter in "()":
            depth += 1 if letter == "(" else -1
        elif letter == "|" and depth == 0:
            parts.append(pattern[begun:at])
            begun = at + 1
    return [*parts, pattern[begun:]]


def _words(pattern: str) -> set[str] | None:
    """Return all strings that a pattern without anchors stands for; None if it is no list of them."""
    choices: list[list[str]] = []
    for piece, is_optional in _pieces(pattern):
        chosen = _choice(piece)
        if chosen is None or is_optional is None:
            return None
        choices.append([*chosen, ""] if is_optional else chosen)
        if _size(choices) > _MOST:
            return None
    words = {"".join(parts) for parts in product(*choices)}
    return words if "" not in words else None


def _size(choices: list[list[str]]) -> int:
    size = 1
    for choice in choices:
        size *= len(choice)
    return size


_PIECE = re.compile(
    r"(?P<piece>\((?:\?[:!=])?[^()]*\)|\[[^\[\]]*\]|\\.|.)(?P<mark>[?*+]|\{[^{}]*\})?", re.DOTALL
)


def _pieces(pattern: str) -> Iterator[tuple[str, bool | None]]:
    """Yield the pieces of a pattern, each with whether it may be missing; None if it may stand often."""
    for match in _PIECE.finditer(pattern):
        yield match["piece"], {None: False, "?": True}.get(match["mark"])


def _choice(piece: str) -> list[str] | None:
    """Return the strings that a piece stands for: a letter, a class of letters, a group of words."""
    if piece.startswith("(?:") and len(piece) > 3:
        words = [_words(part) if part else {""} for part in _alternatives(piece[3:-1])]
        return None if None in words else sorted({w for found in words for w in found or ()})
    if piece.startswith("[") and len(piece) > 1:
        inside = piece[1:-1]
        plain = inside.strip("-")
        return None if set("^-\\") & set(plain) or not inside else sorted(set(inside))
    if len(piece) > 1 or piece in _SPECIAL:
        return None
    return [piece]
