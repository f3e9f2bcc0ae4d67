"""An HTTP answer as it came over the wire."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WireAnswer:
    """The last answer to a request after its redirects; the body is as transferred, still compressed."""

    url: str
    """The address after redirects."""
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    redirects: tuple[str, ...] = ()
    """The addresses before `url`, first one first."""

    def header(self, name: str) -> str:
        """Return the first header called `name` (any case), or an empty string."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")
