"""Addresses as documents write them, made absolute."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urldefrag, urljoin, urlsplit

_LONGEST = 4096
_CLEAN = re.compile(r"https?://[\w.-]+(?::\d{2,5})?(?:/[!$-;=?-\[\]_a-z~]*)?", re.ASCII)
_UNWANTED = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")


def absolute(base: str, link: str) -> str | None:
    """Resolve `link` against `base` (RFC 3986); None where that gives no http(s) address.

    White space around it and line breaks within it are dropped and blanks within it escaped, as browsers do.
    """
    link = link.strip()
    if len(link) <= _LONGEST and _CLEAN.fullmatch(link):
        return link
    link = _UNWANTED.sub("", link).strip().replace(" ", "%20")
    if not link:
        return None
    try:
        url = urljoin(base, link)
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return None
    return url if usable and len(url) <= _LONGEST else None


def same_document(one: str, other: str) -> bool:
    """Tell whether two absolute addresses differ in their fragment only."""
    return urldefrag(one).url == urldefrag(other).url


def origin(url: str) -> str:
    """Return scheme, host and port of `url`, as "https://example.org"."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def number_in_query(url: str, name: str) -> int | None:
    """Return the whole number, from 0, that the query of `url` gives for `name`."""
    values = [value for key, value in parse_qsl(urlsplit(url).query) if key == name]
    return int(values[0]) if values and re.fullmatch("[0-9]{1,9}", values[0]) else None


def adding(url: str, *fields: str) -> str:
    """Add fields ("name=value", escaped) to the query of `url`, each unless it has one of that name.

    What the query has stays as it is written. "name[]" and "name" are one name, and fields of one name
    are added together.
    """
    parts = urlsplit(url)
    present = {_name(piece) for piece in parts.query.split("&")}
    added = [field for field in fields if _name(field) not in present]
    return parts._replace(query="&".join(filter(None, [parts.query, *added])), fragment="").geturl()


def setting(url: str, name: str, value: int) -> str:
    """Return `url` with the field `name` of its query set to `value`, the others untouched."""
    parts = urlsplit(url)
    kept = [piece for piece in parts.query.split("&") if piece and piece.partition("=")[0] != name]
    return parts._replace(query="&".join([*kept, f"{name}={value}"]), fragment="").geturl()


def _name(field: str) -> str:
    return unquote(field.partition("=")[0]).partition("[")[0]
