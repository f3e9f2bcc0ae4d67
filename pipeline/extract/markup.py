"""A page's markup before it is parsed: scripts set aside, dead weight cut out, the size bounded."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pipeline.errors import TooLarge

MAX_MARKUP = 2_000_000
"""Characters of markup that are parsed, once scripts, styles and comments are out."""
_MAX_SCRIPTS = 40
_MAX_SCRIPT = 3_000_000
_MAX_SCRIPT_TOTAL = 6_000_000

_OPEN = re.compile(r"<(?:!--|(script|style|svg|noscript|template)(?=[\s>/]))", re.IGNORECASE)
_CLOSE = {
    name: re.compile(rf"</{name}[^>]{{0,100}}>", re.IGNORECASE)
    for name in ("script", "style", "svg", "noscript", "template")
}
_STATE = re.compile(
    r"__NEXT_DATA__|__NUXT|Fusion\.globalContent|__[A-Z_]*STATE__|__PRELOADED|__DATA__|__INITIAL"
    r"|window\.[\w.$]{1,60}\s*=\s*[{\[]|self\.__next_f|\"articleBody\"|\"content_elements\""
)

ScriptKind = Literal["ld", "state"]


@dataclass(frozen=True, slots=True)
class Script:
    """The text of a script that may carry the article: JSON-LD, or the state of the page's application."""

    kind: ScriptKind
    text: str


@dataclass(frozen=True, slots=True)
class Markup:
    """What is parsed, and the scripts that were set aside."""

    html: str
    scripts: tuple[Script, ...]

    def texts(self, kind: ScriptKind) -> list[str]:
        """Return the scripts of one kind, in the order of the page."""
        return [s.text for s in self.scripts if s.kind == kind]


def strip(html: str) -> Markup:
    """Cut comments, styles, drawings and scripts out; set JSON-LD and embedded state aside.

    One pass from left to right, in the order of a tokenizer, so that a "<!--" within a script is no
    comment. An element that never ends is left to the parser.

    Raises:
        TooLarge: more than `MAX_MARKUP` characters are left.
    """
    pieces: list[str] = []
    scripts: list[Script] = []
    budget = _MAX_SCRIPT_TOTAL
    kept = position = 0
    endless: set[str] = set()
    while match := _OPEN.search(html, position):
        start, position, name = match.start(), match.end(), match[1]
        end = None if match[0].lower() in endless else _end(html, start, name)
        if end is None:
            endless.add(match[0].lower())
            continue
        if name is not None and name.lower() == "script" and len(scripts) < _MAX_SCRIPTS:
            script = _script(html[start:end])
            if script is not None and len(script.text) <= min(_MAX_SCRIPT, budget):
                scripts.append(script)
                budget -= len(script.text)
        pieces += [html[kept:start], " "]
        kept = position = end
    pieces.append(html[kept:])
    markup = "".join(pieces)
    if len(markup) > MAX_MARKUP:
        raise TooLarge(f"the page has {len(markup):,} characters of markup, more than {MAX_MARKUP:,}")
    return Markup(markup, tuple(scripts))


def _end(html: str, start: int, name: str | None) -> int | None:
    """Return where the comment or element that begins at `start` ends, or None if it never does."""
    if name is None:
        end = html.find("-->", start + 2)
        return None if end < 0 else end + 3
    match = _CLOSE[name.lower()].search(html, start)
    return None if match is None else match.end()


def _script(source: str) -> Script | None:
    head, _, rest = source.partition(">")
    text = rest[: rest.rfind("</")]
    head = head.lower()
    if "ld+json" in head:
        return Script("ld", text)
    if "src=" in head and not text.strip():
        return None
    if "json" in head or _STATE.search(text[:4000]) or _STATE.search(head.upper()):
        return Script("state", text)
    return None
