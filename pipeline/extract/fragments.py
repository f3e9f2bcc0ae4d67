"""Text out of HTML that is not a page: JSON-LD bodies, embedded state, what a feed carried."""

from __future__ import annotations

import html
import re

from lxml import etree

from pipeline.extract.blocks import read_blocks
from pipeline.extract.strings import squash
from pipeline.extract.tree import parse

_MARKUP = re.compile(
    r"<(?:p|br|div|h[1-6]|ul|ol|li|blockquote|span|figure|a|strong|em|b|i)\b[^<>]*>|</\w+>", re.IGNORECASE
)
MAX_FRAGMENT = 500_000


def fragment_lines(source: str, url: str) -> list[str]:
    """Turn a fragment of HTML, or plain text, into lines, one paragraph each.

    Raises what `tree.parse` raises.
    """
    source = source[:MAX_FRAGMENT]
    if "&lt;p" in source or "&lt;br" in source:
        source = html.unescape(source)
    if _MARKUP.search(source):
        root = parse(f"<html><body><div>{source}</div></body></html>")
        etree.strip_elements(root, "figure", "script", "style", "table", with_tail=False)
        return [b.text for b in read_blocks(root, url)]
    return [line for part in html.unescape(source).splitlines() if (line := squash(part))]
