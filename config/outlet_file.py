"""What one outlet file holds: its outlets, and all that is wrong in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, get_args

from pydantic import ValidationError

from config.document import Document, KeyPath, Mistake, read_document
from config.outlet import Outlet, Strict
from config.words import in_words, not_a_key, shown

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_MOST_MISTAKES = 50
"""Told of one file: whoever has more has one mistake many times."""


@dataclass(frozen=True, slots=True)
class OutletFile:
    """The outlets of one file, and its mistakes in the order of their lines."""

    outlets: tuple[Outlet, ...] = ()
    ids: tuple[tuple[str, KeyPath, int], ...] = ()
    """Every id that is written, with its key and line, also those of outlets that have mistakes."""
    mistakes: tuple[Mistake, ...] = ()


def read_outlets(data: bytes) -> OutletFile:
    """Read a YAML document that holds one outlet or a list of outlets; never raises."""
    document = read_document(data)
    if isinstance(document, Mistake):
        return OutletFile(mistakes=(document,))
    match document.value:
        case dict() as entry:
            entries: dict[KeyPath, object] = {(): entry}
        case list() as several if several:
            entries = {(n,): entry for n, entry in enumerate(several)}
        case None | []:
            return OutletFile(
                mistakes=(Mistake(1, (), "is empty: write an outlet into it (id, name, kind, …)"),)
            )
        case other:
            words = f"must hold an outlet (id: …, name: …) or a list of outlets, not {shown(other)}"
            return OutletFile(mistakes=(Mistake(document.line(()), (), words),))
    return _of_entries(document, entries)


def _of_entries(document: Document, entries: Mapping[KeyPath, object]) -> OutletFile:
    outlets: list[Outlet] = []
    ids: list[tuple[str, KeyPath, int]] = []
    mistakes = list(document.mistakes)
    for key, entry in entries.items():
        if isinstance(entry, dict) and isinstance(id_ := entry.get("id"), str):
            ids.append((id_, (*key, "id"), document.line((*key, "id"))))
        try:
            outlets.append(Outlet.model_validate(entry))
        except ValidationError as error:
            details = [detail for detail in error.errors(include_url=False) if not _follows(detail)]
            mistakes += [_told(document, key, detail) for detail in details]
    mistakes.sort(key=lambda mistake: mistake.line)
    if len(mistakes) > _MOST_MISTAKES:
        rest = Mistake(
            mistakes[-1].line, (), f"and {len(mistakes) - _MOST_MISTAKES} more mistakes up to here"
        )
        mistakes = [*mistakes[:_MOST_MISTAKES], rest]
    return OutletFile(tuple(outlets), tuple(ids), tuple(mistakes))


def _told(document: Document, at: KeyPath, error: ErrorDetails) -> Mistake:
    """Translate a mistake that pydantic found in the outlet at `at`: its keys, its line, plain words."""
    model, field = _meant(error["loc"])
    key = (*at, *_as_written(error["loc"]))
    if error["type"] == "extra_forbidden":
        words = not_a_key(str(key[-1]), model.model_fields)
    elif surprise := _misread(document, key, error):
        words = surprise
    else:
        described = model.model_fields.get(field)
        words = in_words(error, wanted=(described and described.description) or "")
    return Mistake(document.line(key), key, words)


def _follows(error: ErrorDetails) -> bool:
    """Tell whether a list is called too short only because its entries have mistakes of their own."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def _misread(document: Document, key: KeyPath, error: ErrorDetails) -> str | None:
    """Say where YAML took a word for something else: NO for false, 2024 for a number, 12:30 for 750."""
    place, value = document.places.get(key), error["input"]
    if error["type"] not in {"string_type", "literal_error"} or place is None or not place.text:
        return None
    if value is None or isinstance(value, str):
        return None
    if isinstance(value, bool):
        kind = shown(value)
    else:
        kind = "a number" if isinstance(value, int | float) else "a date"
    return f'must be text, but YAML reads {place.text} as {kind}: quote it, "{place.text}"'


def _as_written(loc: KeyPath) -> KeyPath:
    """Leave out the kind of discovery, which pydantic puts behind the number of the entry."""
    return (*loc[:2], *loc[3:]) if loc[:1] == ("discover",) else loc


def _meant(loc: KeyPath) -> tuple[type[Strict], str]:
    """Return the model and the name of the field that `loc` leads to, or into."""
    names = tuple(part for part in loc if isinstance(part, str))
    return _sections().get(names[:-1], Outlet), names[-1] if names else ""


@cache
def _sections() -> Mapping[tuple[str, ...], type[Strict]]:
    """Return the model of each part of the outlet file, by the names that lead to it in pydantic's errors."""
    return dict(_sections_below(Outlet, ()))


def _sections_below(
    model: type[Strict], at: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], type[Strict]]]:
    yield at, model
    for name, field in model.model_fields.items():
        parts = list(_models_in(field.annotation))
        for part in parts:
            tag = (part.__name__.lower(),) if len(parts) > 1 else ()
            yield from _sections_below(part, (*at, name, *tag))


def _models_in(annotation: object) -> Iterator[type[Strict]]:
    if isinstance(annotation, type) and issubclass(annotation, Strict):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
