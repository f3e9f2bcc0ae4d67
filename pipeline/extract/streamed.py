"""Parts of a page that the server sends behind its end, and that a script then moves to where they belong.

React sends what was not ready as a hidden element `id="S:1"`, and leaves `<template id="P:1">` in its place
(or "B:1", where readers see something else meanwhile).
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from pipeline.extract import tree

_MOST = 500
"""Parts that are moved. Pages have some dozens."""
_SENT = 'id="S:'
_PLACE = re.compile(r'<template id="([BP]:([\w-]{1,40}))"></template>')
_BOUNDARY = re.compile(r"""\$R[CR]\("(B:[\w-]{1,40})","(S:[\w-]{1,40})\"""")
"""How the page's script says which part takes the place of what readers see meanwhile."""
_MARK = "x-place"


def mark(html: str) -> str:
    """Put an element in each place that a part is sent for; templates are cut out before a page is parsed."""
    if _SENT not in html:
        return html
    said = dict(_BOUNDARY.findall(html))
    return _PLACE.sub(lambda m: f'<{_MARK} id="{said.get(m[1], "S:" + m[2])}"></{_MARK}>', html)


def settle(root: HtmlElement) -> None:
    """Move the parts of a page whose places are marked to them; what has no place stays.

    Raises:
        TooLarge: the page nests too deep with all of them in place.
    """
    places = {element.get("id", ""): element for element in root.iter(_MARK)}
    if not places:
        return
    for part in root.xpath(f"//*[starts-with(@id, 'S:') and not(self::{_MARK})]")[:_MOST]:
        place = places.pop(part.get("id"), None)
        if place is not None and part not in place.iterancestors():
            _move(part, place)
    for place in places.values():
        tree.drop(place)
    tree.check_depth(root)


def _move(part: HtmlElement, place: HtmlElement) -> None:
    """Put what is in a part where its place is; both go."""
    place.text = part.text
    place.extend(list(part))
    place.drop_tag()
    tree.drop(part)
