"""One site of the demo world: what it answers to a request. Pure: no sockets, no clock."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True, slots=True)
class Response:
    """What a site answers. Addresses in headers and body still name the invented hosts."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


Interface = Callable[[Mapping[str, str]], Response]
"""Answers a query, as an API does."""


@dataclass(frozen=True, slots=True)
class Site:
    """An invented outlet: its file, and everything that it serves."""

    id: str
    host: str
    outlet_file: str
    """The outlet's YAML, with the invented host in it."""
    pages: Mapping[str, Response]
    """By path, or by path and query."""
    missing: Response
    interfaces: Mapping[str, Interface] = field(default_factory=dict)
    """By path."""
    never: tuple[str, ...] = ()
    """Beginnings of paths that its robots.txt forbids."""

    def respond(self, target: str, headers: Mapping[str, str]) -> Response:
        """Answer a GET for `target`, a path and query; header names are lower case.

        An unknown query is ignored, as most sites do. A page with an ETag or a Last-Modified answers 304
        with an empty body where the request names either (If-None-Match first, RFC 9110 13.2.2).
        """
        parts = urlsplit(target)
        if (page := self.pages.get(target)) is None and (interface := self.interfaces.get(parts.path)):
            page = interface(dict(parse_qsl(parts.query)))
        answer = page or self.pages.get(parts.path) or self.missing
        return Response(304, answer.headers) if _is_held(answer, headers) else answer


def with_validators(response: Response, last_modified: str) -> Response:
    """Add an ETag, made of the body, and a Last-Modified."""
    tag = f'"{sha256(response.body).hexdigest()[:20]}"'
    headers = (*response.headers, ("ETag", tag), ("Last-Modified", last_modified))
    return Response(response.status, headers, response.body)


def _is_held(answer: Response, headers: Mapping[str, str]) -> bool:
    own = dict(answer.headers)
    if "ETag" not in own:
        return False
    if (tags := headers.get("if-none-match")) is not None:
        return own["ETag"] in [tag.strip().removeprefix("W/") for tag in tags.split(",")]
    return headers.get("if-modified-since") == own["Last-Modified"]
