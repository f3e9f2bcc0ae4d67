"""JSON from outside: read within bounds, and looked into without trusting its shape."""

from __future__ import annotations

import json
from typing import TypeAlias

from pipeline.errors import Undecodable
from spiders.offers import Document
from spiders.sniff import misfit, text_of_body

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


def load(text: str, expected: str) -> Json:
    """Parse JSON.

    Raises:
        Undecodable: it is none, in words that say what stands where `expected` ("a feed") should be.
    """
    try:
        value: Json = json.loads(text)
    except (ValueError, RecursionError) as error:
        if text.startswith(("{", "[")):
            raise Undecodable(f"broken JSON where {expected} should be: {str(error)[:200]}") from error
        raise Undecodable(misfit(text, expected)) from error
    return value


def load_reply(document: Document, expected: str) -> Json:
    """Parse the answer of an API.

    Raises:
        PageError: it is no JSON, or cannot be unpacked; the words name the status if that is an error.
    """
    try:
        return load(text_of_body(document), expected)
    except Undecodable as error:
        if document.status < 400:
            raise
        raise Undecodable(f"status {document.status}, and {error}") from error


def at(value: Json, *path: str) -> Json:
    """Return what lies at `path` in nested objects, or None."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def text_at(value: Json, *path: str) -> str:
    """Return the string at `path`, stripped; an empty one where there is none."""
    found = at(value, *path)
    return found.strip() if isinstance(found, str) else ""


def items_at(value: Json, *path: str) -> list[Json]:
    """Return the list at `path`; an empty one where there is none."""
    found = at(value, *path)
    return found if isinstance(found, list) else []


def count_at(value: Json, *path: str) -> int:
    """Return the whole number at `path`; 0 where there is none."""
    found = at(value, *path)
    return found if isinstance(found, int) else 0
