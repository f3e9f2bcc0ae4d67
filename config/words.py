"""What is wrong with a value that an operator wrote, in words: never pydantic's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

LONGEST_SHOWN = 80
_LONGEST_COMPARED = 64

# By pydantic's name of the error; {…} are pydantic's own limits, {value} is what was written.
_WORDS: Mapping[str, str] = {
    "missing": "is missing",
    "string_type": "must be text, not {value}",
    "string_too_short": "must not be empty",
    "string_too_long": "must be at most {max_length:,} characters long",
    "string_pattern_mismatch": "must not be {value}",
    "string_unicode": "must be text that Unicode knows",
    "tuple_type": "must be a list, not {value}",
    "too_short": "needs at least {min_length}",
    "too_long": "takes at most {max_length}",
    "model_type": "must be a mapping (key: value), not {value}",
    "model_attributes_type": "must be a mapping (key: value), not {value}",
    "literal_error": "must be {expected}, not {value}",
    "bool_type": "must be true or false, not {value}",
    "bool_parsing": "must be true or false, not {value}",
    "int_type": "must be a whole number, not {value}",
    "int_parsing": "must be a whole number, not {value}",
    "int_parsing_size": "must be a smaller number",
    "int_from_float": "must be a whole number, not {value}",
    "float_type": "must be a number, not {value}",
    "float_parsing": "must be a number, not {value}",
    "finite_number": "must be a finite number, not {value}",
    "greater_than": "must be more than {gt}, not {value}",
    "greater_than_equal": "must be at least {ge}, not {value}",
    "less_than": "must be less than {lt}, not {value}",
    "less_than_equal": "must be at most {le}, not {value}",
    "path_type": "must be a path, not {value}",
    "value_error": "{error}",
    "rule": "{words}",
}
# For these the bare words do not say yet what would be right.
_NEED_ADVICE = frozenset(
    {"missing", "string_type", "string_pattern_mismatch", "tuple_type", "too_short", "too_long", "model_type"}
)


def in_words(error: ErrorDetails, *, wanted: str = "") -> str:
    """Say what is wrong, and what would be right: `wanted`, where the words alone do not tell."""
    kind, value = error["type"], error["input"]
    if value is None and kind not in {"missing", "value_error"}:
        return f"is empty: fill it in or remove the key{_give(wanted)}"
    template = _WORDS.get(kind)
    if template is None:
        return f"cannot be {shown(value)}{_give(wanted)}"
    limits = {name: _plain(limit) for name, limit in error.get("ctx", {}).items()}
    words = template.format_map({**limits, "value": shown(value)})
    if kind == "literal_error" and isinstance(value, str):
        words += did_you_mean(
            value, error["ctx"]["expected"].replace("'", "").replace(" or ", ", ").split(", ")
        )
    return words + (_give(wanted) if kind in _NEED_ADVICE else "")


def not_a_key(key: str, allowed: Iterable[str]) -> str:
    """Say that `key` has no meaning here, and which keys have."""
    choices = list(allowed)
    return f"is not a key that goes here{did_you_mean(key, choices)}; the keys are {', '.join(choices)}"


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """Return `, did you mean "feed"?` if one of `choices` resembles `word`, else nothing."""
    near = get_close_matches(word.lower(), list(choices), n=1) if len(word) <= _LONGEST_COMPARED else []
    return f', did you mean "{near[0]}"?' if near else ""


def shown(value: object) -> str:
    """Return `value` as one short line without control characters: text in quotes, numbers bare."""
    match value:
        case Mapping():
            return "a mapping"
        case list() | tuple():
            return "a list"
        case bool():
            return str(value).lower()
        case None:
            return "nothing"
        case _:
            text = str(value)
            text = text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
            return f"'{printable(text)}'" if isinstance(value, str) else printable(text)


def printable(text: str) -> str:
    """Return `text` with every character that could move the cursor or hide others written as its escape."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def _plain(limit: object) -> object:
    return int(limit) if isinstance(limit, float) and limit.is_integer() else limit


def _give(wanted: str) -> str:
    return f"; give {wanted}" if wanted else ""
