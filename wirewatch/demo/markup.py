"""Templates and bodies: from what was written to HTML, and to the clean text that should come back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from itertools import groupby
from string import Template
from typing import Literal

Kind = Literal["paragraph", "heading", "item", "quote"]

_MARKS: Mapping[str, Kind] = {"## ": "heading", "- ": "item", "> ": "quote"}
_LINK = re.compile(r"\[([^\]]+)\]\((\S+?)\)")


class Html(str):
    """Text that is markup already and goes into a template as it is."""

    __slots__ = ()


def fill(template: str, fields: Mapping[str, str]) -> Html:
    """Put `fields` into a `string.Template`; what is not `Html` is escaped. A missing field is a KeyError."""
    safe = {name: value if isinstance(value, Html) else escape(value) for name, value in fields.items()}
    return Html(Template(template).substitute(safe))


def blocks(body: str) -> tuple[tuple[Kind, str], ...]:
    """Cut a body into its blocks, in order; lines of one block are joined by a space."""
    joined = (" ".join(part.split()) for part in re.split(r"\n\s*\n|\n(?=- )", body))
    return tuple(_block(part) for part in joined if part)


def clean_text(body: str) -> str:
    """Return the text that extraction should give back: one paragraph a line, without markup."""
    return "\n".join(_LINK.sub(r"\1", text) for _, text in blocks(body))


def html_body(parts: tuple[tuple[Kind, str], ...], paragraph: str, heading: str) -> Html:
    """Render blocks; `paragraph` and `heading` are the site's own ways to write those, with `$text`."""
    frames = {"paragraph": paragraph, "heading": heading, "quote": "<blockquote><p>$text</p></blockquote>"}
    rendered = []
    for kind, run in groupby(parts, key=lambda part: part[0]):
        texts = [_inline(text) for _, text in run]
        if kind == "item":
            rendered.append("<ul>\n" + "\n".join(f"<li>{text}</li>" for text in texts) + "\n</ul>")
        else:
            rendered.extend(fill(frames[kind], {"text": text}) for text in texts)
    return Html("\n".join(rendered))


def _block(text: str) -> tuple[Kind, str]:
    return next(
        ((kind, text[len(mark) :]) for mark, kind in _MARKS.items() if text.startswith(mark)),
        ("paragraph", text),
    )


def _inline(text: str) -> Html:
    return Html(_LINK.sub(r'<a href="\2">\1</a>', escape(text, quote=False)))
