"""Addresses inside addresses: AMP caches, viewers and redirectors wrap the page that they lead to.

Told by their form alone, and only where nothing else has it: an AMP cache repeats the host that it serves in
its own first label (https://amp.dev, "AMP cache URL format"), and a redirector's whole errand is one absolute
address in its query.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, urlsplit

_CACHE = re.compile(r"^/(?:c|v|wp/c|wp/v)/(s/)?([^/]+)(/.*)?$")
_VIEWER = re.compile(r"^/amp/(s/)?((?:[a-z0-9-]+\.)+[a-z]{2,})(/.+)$", re.IGNORECASE)
_REDIRECTOR = re.compile(r"^/(?:url|l\.php|away(?:\.php)?|redirect)/?$", re.IGNORECASE)
_TARGETS = frozenset({"url", "u", "q", "to", "target"})
_DEPTH = 3


def unwrapped(url: str) -> str:
    """Return the address that `url` wraps, or `url` itself where it wraps none (three deep at most)."""
    for _ in range(_DEPTH):
        try:
            inner = _inner(urlsplit(url))
        except ValueError:
            return url
        if inner is None:
            break
        url = inner
    return url


def _inner(parts: SplitResult) -> str | None:
    if found := _CACHE.match(parts.path):
        secure, host, path = found.groups()
        if (parts.hostname or "").partition(".")[0] != _label(host):
            return None
        return _address(secure, host, path, parts.query)
    if found := _VIEWER.match(parts.path):
        secure, host, path = found.groups()
        return _address(secure, host, path, parts.query)
    if _REDIRECTOR.match(parts.path):
        targets = [
            value
            for name, value in parse_qsl(parts.query)
            if name.lower() in _TARGETS and re.match(r"https?://[^/]", value, re.IGNORECASE)
        ]
        return targets[0] if len(targets) == 1 else None
    return None


def _label(host: str) -> str:
    """Return a host name as an AMP cache writes it in a single label."""
    return host.lower().replace("-", "--").replace(".", "-")


def _address(secure: str | None, host: str, path: str | None, query: str) -> str:
    return f"http{'s' if secure else ''}://{host}{path or '/'}{'?' + query if query else ''}"
