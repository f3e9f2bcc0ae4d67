"""What a body is, whatever its headers say, and how to tell the operator when it is not what it should be."""

from __future__ import annotations

import re

from pipeline.extract.charset import decode_html
from pipeline.normalise import clean_line
from pipeline.wire import decode
from spiders.markup import title_of
from spiders.offers import Document

UNPACKED_LIMIT = 50 * 1024 * 1024
_MOST_GZIP = 2
_HEAD = 65_536
_QUOTED = 80

_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_FOREIGN = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});)")
_NUMERIC = re.compile(r"&#(?:(\d{1,7})|[xX]([0-9a-fA-F]{1,6}));")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?(rss|feed|rdf|channel|urlset|sitemapindex)\b", re.IGNORECASE)
_ELEMENT = re.compile(r"<([A-Za-z_][\w.:-]{0,60})")
_PAGE = re.compile(r"<(?:html|head|body|script|meta|title|div|table)\b", re.IGNORECASE)
_PAGE_ELEMENTS = frozenset(
    ("html", "head", "body", "script", "style", "meta", "title", "link", "div", "table", "p", "br", "b", "a",
     "h1", "center", "font", "span", "noscript", "iframe")
)  # fmt: skip
_PAGE_TYPE = re.compile(r"\A(?:<\?xml[^>]*>\s*)?<!doctype\s+html\b", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^<>]*>([^<]{0,2000})</title", re.IGNORECASE)
_BLOCKED = re.compile(
    r"just a moment|attention required|pardon our interruption|checking your browser|ddos.guard|captcha"
    r"|access (?:to this \w+ )?(?:is |was |has been )?(?:denied|blocked|restricted|forbidden)"
    r"|(?:page|site|request) (?:is |was |has been )?(?:blocked|rejected)|403 forbidden|too many requests"
    r"|technical difficulties|are you (?:a )?(?:human|robot)|(?:security|bot|browser) (?:check|verification)"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human|unusual traffic",
    re.IGNORECASE,
)
_WIDE = (
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00<", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
)
"""How XML begins in encodings that are no superset of ASCII (XML 1.0, appendix F)."""


def text_of_body(document: Document) -> str:
    """Return the body as text, without a byte order mark and the white space at its beginning.

    The gzip that a `.xml.gz` still has inside is undone.

    Raises:
        PageError: that gzip is broken from its beginning, or unpacks to more than `UNPACKED_LIMIT`.
    """
    body = document.body
    for _ in range(_MOST_GZIP):
        if body.startswith(b"\x1f\x8b"):
            body = decode(body, "gzip", UNPACKED_LIMIT, whole=False)
    wide = next((encoding for mark, encoding in _WIDE if body.startswith(mark)), None)
    text = body.decode(wide, "replace") if wide else decode_html(body, document.header("Content-Type"))
    return text.lstrip("\ufeff\x00 \t\r\n")


def root_of(text: str) -> re.Match[str] | None:
    """Find the root element of a feed or sitemap, the name without prefix in group 1; None for a page."""
    head = _COMMENT.sub(lambda comment: " " * len(comment[0]), text[:_HEAD])
    root = _ROOT.search(head)
    if root is None or _PAGE.search(head, 0, root.start()):
        return None
    first = _ELEMENT.search(head, 0, root.end())  # the warnings of a broken server may stand before the root
    foreign = first is not None and first.start() < root.start() and first[1].lower() not in _PAGE_ELEMENTS
    return None if foreign else root


def mended_xml(text: str, root: re.Match[str]) -> str:
    """Return XML that a parser survives: it begins at its root and has no entities but those of XML.

    What stands before the root goes, the DOCTYPE and its declarations included. Bare ampersands and
    references to entities of its own or of HTML become text, so that nothing expands; CDATA is left
    alone. Characters that XML 1.0 (2.2) forbids go.
    """
    pieces = _CDATA.split(_NOT_XML.sub("", text[root.start() :]))
    pieces[::2] = [_NUMERIC.sub(_allowed, _FOREIGN.sub("&amp;", piece)) for piece in pieces[::2]]
    return "".join(pieces)


def without_cdata(text: str) -> str:
    """Return XML without its CDATA sections, in which there may be any markup."""
    return _CDATA.sub("", text)


def misfit(text: str, expected: str) -> str:
    """Say what `text` is where `expected` ("a feed") should be."""
    head = _COMMENT.sub("", text[:_HEAD])
    if not text:
        return f"the document is empty where {expected} should be"
    element = _ELEMENT.search(head) if text.startswith("<") else None
    if element and not _PAGE_TYPE.match(head) and element[1].lower() not in _PAGE_ELEMENTS:
        return f"an XML document with the root <{element[1]}> where {expected} should be"
    if element or _PAGE.search(head):
        return f"{_page(head)} where {expected} should be"
    if text[0] in "{[":
        return f"JSON that begins {_quoted(text)} where {expected} should be"
    if head.count("\ufffd") + len(_NOT_XML.findall(head)) > len(head) // 10:
        return f"binary data where {expected} should be"
    return f"plain text that begins {_quoted(text)} where {expected} should be"


def turned_away(title: str) -> bool:
    """Tell whether a page of this title keeps robots out or hides an outage."""
    return _BLOCKED.search(title) is not None


def page_title(markup: str) -> str:
    """Return the `<title>` of an HTML page, or an empty string."""
    match = _TITLE.search(markup[:_HEAD])
    return (title_of(match[1]) if match else None) or ""


def _page(head: str) -> str:
    title = page_title(head)
    kind = "a block page" if turned_away(title) else "an HTML page"
    return f"{kind} titled {_quoted(title)}" if title else f"{kind} without a title"


def _quoted(text: str) -> str:
    line = clean_line(text[: _QUOTED * 4])
    return f"“{line[:_QUOTED]}{'…' if len(line) > _QUOTED else ''}”"


def _allowed(reference: re.Match[str]) -> str:
    code = int(reference[1]) if reference[1] else int(reference[2], 16)
    return reference[0] if code <= 0x10FFFF and code and not _NOT_XML.match(chr(code)) else ""
