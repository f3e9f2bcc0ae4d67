"""Which character set a page is in, whatever it says."""

from __future__ import annotations

import codecs
import re

import webencodings

from pipeline.extract.mojibake import is_suspect, repaired
from pipeline.extract.scripts import plausibility

_SNIFFED = 8192
"""Bytes in which a declaration is looked for; the standard says 1,024, real heads are longer."""
_SAMPLE = 60_000
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML = re.compile(rb"""<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
_HTTP = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDER = {
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "euc-kr": "cp949",
    "big5": "big5hkscs",
    "iso8859-1": "cp1252",
    "x-user-defined": "cp1252",
}
_CANDIDATES = (
    "gb18030", "big5hkscs", "cp932", "euc_jp", "cp949",
    "cp1252", "cp1251", "koi8_r", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256",
)  # fmt: skip
_TRUST = 0.25
"""How much more plausible another character set must be before a declaration is not believed."""


def decode_html(body: bytes, content_type: str) -> str:
    """Turn the bytes of a page into text. Never raises: what cannot be read becomes U+FFFD, NULs go.

    In order: a byte order mark; bytes that are UTF-8 and not plain ASCII; the declaration of the HTTP
    header, `<meta>` or XML, by the labels of the WHATWG Encoding Standard, unless another character set
    makes far more sense of the bytes; the one that makes the most sense. What was written as UTF-8 twice is
    read once (`pipeline.extract.mojibake`).
    """
    return _decoded(body, content_type).replace("\x00", "")


def _decoded(body: bytes, content_type: str) -> str:
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    declared = _declared(body, content_type)
    if declared == "iso2022_jp" or (b"\x1b$" in body and body.isascii()):
        return body.decode("iso2022_jp", "replace")
    try:
        text = body.decode("utf-8")
        return repaired(text) if is_suspect(body) else text
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
        return text if _nearly_utf8(text) else body.decode(_chosen(body, declared), "replace")


def _nearly_utf8(text: str) -> bool:
    """Tell whether few of the characters beyond ASCII are broken: a cut sequence, a stray byte."""
    broken = text.count("\ufffd")
    beyond = sum(not piece.isascii() for piece in text[:1_000_000])
    return broken * 8 < beyond


def _declared(body: bytes, content_type: str) -> str | None:
    head = body[:_SNIFFED]
    labels = [m[1] for m in [_HTTP.search(content_type)] if m]
    labels += [m[1].decode("ascii", "replace") for m in (_XML.search(head), _META.search(head)) if m]
    for label in labels:
        encoding = webencodings.lookup(label)
        if encoding is not None:
            name = encoding.codec_info.name
            if name.startswith("utf-16"):
                return "utf-8"  # who could read the declaration as ASCII knows that it is wrong
            return str(_WIDER.get(encoding.name, _WIDER.get(name, name)))
    return None


def _chosen(body: bytes, declared: str | None) -> str:
    """Return the codec for bytes that are not valid UTF-8."""
    sample = _telling_sample(body)
    scores = {name: _score(sample, name) for name in _CANDIDATES}
    scores["utf-8"] = _score(sample, "utf-8")
    if declared is not None:
        scores[declared] = _score(sample, declared) + _TRUST
    return max(scores, key=lambda name: scores[name])


def _telling_sample(body: bytes) -> bytes:
    """Return the lines that are not plain ASCII, up to a bound: only they tell character sets apart."""
    lines, size = [], 0
    for line in body.split(b"\n"):
        if not line.isascii():
            lines.append(line[:_SAMPLE])
            size += len(line)
        if size > _SAMPLE:
            break
    return b"\n".join(lines)[:_SAMPLE]


def _score(sample: bytes, codec: str) -> float:
    text = sample.decode(codec, "replace")
    return plausibility(text)
