"""Ways for one resource to misbehave; what should become of each stands in `cases`."""

from __future__ import annotations

import asyncio
import gzip
import struct
import zlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache, reduce
from urllib.parse import parse_qs, urlsplit

import brotli  # type: ignore[import-untyped]

from tests.site.server import Behaviour, Request, Wire, answer, head

HTML = ("Content-Type", "text/html; charset=utf-8")


async def never_answers(_: Request, wire: Wire) -> None:
    """Take the request and stay silent."""
    await wire.hang()


async def hangs_after_headers(_: Request, wire: Wire) -> None:
    """Promise a body and send none."""
    await wire.send(head(200, [HTML, ("Content-Length", "5000")]))
    await wire.hang()


async def drips(_: Request, wire: Wire) -> None:
    """Send a byte a second, for ever."""
    await wire.send(head(200, [HTML]) + b"<html><body><p>")
    while True:
        await wire.send(b"a")
        await asyncio.sleep(1)


async def endless(_: Request, wire: Wire) -> None:
    """Send text without end."""
    await wire.send(head(200, [HTML]) + b"<html><body>")
    while True:
        await wire.send(b"<p>And so it went on and on, and nobody knew when it would be over.</p>\n" * 900)


async def declares_50_mb(_: Request, wire: Wire) -> None:
    """Declare a body of 50 MB, and send it."""
    size = 50 << 20
    await wire.send(head(200, [HTML, ("Content-Length", str(size))]))
    for _block in range(size >> 16):
        await wire.send(b" " * (1 << 16))


def closes_midway(body: bytes) -> Behaviour:
    """Declare the whole body, send half of it and close."""

    async def behave(_: Request, wire: Wire) -> None:
        await wire.send(head(200, [HTML, ("Content-Length", str(len(body)))]) + body[: len(body) // 2])

    return behave


def declares_length(body: bytes, length: int) -> Behaviour:
    """Send a whole body under a wrong Content-Length, then close."""

    async def behave(_: Request, wire: Wire) -> None:
        await wire.send(head(200, [HTML, ("Content-Length", str(length))]) + body)

    return behave


def broken_chunks(body: bytes) -> Behaviour:
    """Send a chunk whose size is no number."""

    async def behave(_: Request, wire: Wire) -> None:
        chunk = f"{len(body):x}\r\n".encode() + body + b"\r\n"
        await wire.send(
            head(200, [HTML, ("Transfer-Encoding", "chunked")]) + chunk + b"zzz\r\nmore\r\n0\r\n\r\n"
        )

    return behave


def encoded(body: bytes, encoding: str) -> Behaviour:
    """Say that a body has a content encoding, whether it has or not."""
    return answer(body, headers=[("Content-Encoding", encoding)])


@cache
def gzip_bomb() -> bytes:
    """Make 1 MB of gzip that unpacks to 1 GB."""
    block = b"<p>a</p>" * (1 << 17)
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = reduce(lambda so_far, _: zlib.crc32(block, so_far), range(1024), 0)
    trailer = struct.pack("<II", checksum, len(block) << 10)
    return b"\x1f\x8b\x08\0\0\0\0\0\x02\xff" + packed * 1024 + b"\x03\0" + trailer


def truncated_gzip(body: bytes) -> bytes:
    """Cut a gzipped body in its middle."""
    packed = gzip.compress(body, mtime=0)
    return packed[: len(packed) // 2]


def broken_gzip(body: bytes) -> bytes:
    """Spoil the bytes behind a gzip header."""
    packed = gzip.compress(body, mtime=0)
    return packed[:10] + bytes(b ^ 0xA5 for b in packed[10:])


def brotlied(body: bytes) -> bytes:
    """Compress with brotli."""
    return bytes(brotli.compress(body))


def redirect(to: str, status: int = 302, headers: Iterable[tuple[str, str]] = ()) -> Behaviour:
    """Send the client elsewhere; an empty address leaves Location out."""
    sent = [*([("Location", to)] if to else []), *headers]

    async def behave(_: Request, wire: Wire) -> None:
        await wire.respond(status, headers=sent)

    return behave


async def redirect_loop(request: Request, wire: Wire) -> None:
    """Send the client to where it is, with a cookie that it had better show."""
    await wire.respond(
        302, headers=[("Location", request.target), ("Set-Cookie", f"step={request.count}; Path=/")]
    )


def redirect_chain(hops: int, then: Behaviour) -> Behaviour:
    """Redirect so many times, and then do as told."""

    async def behave(request: Request, wire: Wire) -> None:
        hop = int(parse_qs(urlsplit(request.target).query).get("hop", ["0"])[0])
        if hop == hops:
            await then(request, wire)
        else:
            await wire.respond(301, headers=[("Location", f"{request.path}?hop={hop + 1}")])

    return behave


def first(times: int, bad: Behaviour, good: Behaviour) -> Behaviour:
    """Behave badly so many times, then well."""

    async def behave(request: Request, wire: Wire) -> None:
        await (bad if request.count <= times else good)(request, wire)

    return behave


def refuses(status: int, retry_after: str = "") -> Behaviour:
    """Answer with an error, and when to come again."""
    return answer(
        "<h1>No.</h1>", status=status, headers=[("Retry-After", retry_after)] if retry_after else []
    )


def refuses_until(status: int, seconds: int) -> Behaviour:
    """Answer with an error and an HTTP-date to come again, counted from when it was asked."""

    async def behave(request: Request, wire: Wire) -> None:
        date = format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)
        await refuses(status, date)(request, wire)

    return behave


def bytes_as_they_are(data: bytes) -> Behaviour:
    """Send bytes that need not be HTTP, and close."""

    async def behave(_: Request, wire: Wire) -> None:
        await wire.send(data)

    return behave


def header_bomb(body: bytes, lines: Iterable[tuple[str, str]]) -> Behaviour:
    """Answer well, behind many or large headers."""
    return answer(body, headers=lines)


def nested_divs(count: int = 60_000) -> bytes:
    """Write elements within elements within elements."""
    return b"<html><body>" + b"<div>" * count + b"deep" + b"</div>" * count + b"</body></html>"


def one_text_node(size: int = 5 << 20) -> bytes:
    """Write a single paragraph of 5 MB."""
    sentence = b"The committee met again and again agreed on nothing at all. "
    return b"<html><body><article><p>" + sentence * (size // len(sentence)) + b"</p></article></body></html>"


def pdf() -> bytes:
    """Write a one-page PDF."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF\n"
    )


def with_nul_bytes(page: bytes) -> bytes:
    """Put NUL bytes between the words, and half of a surrogate pair into the JSON-LD."""
    nul = page.replace(b"</p>", b"\x00</p>").replace(b"<p>", b"<p>\x00")
    return nul.replace(b'"headline": "', b'"description": "half \\ud800 a pair", "headline": "\\udc00')


def entity_bomb(root: str, within: Callable[[str], str]) -> bytes:
    """Write XML whose one text is 10⁹ laughs."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<?xml version="1.0"?><!DOCTYPE {root} [<!ENTITY l0 "laugh">{levels}]>{within("&l9;")}'.encode()


def laughing_feed(link: str) -> bytes:
    """Write an RSS feed with an entity bomb for a title."""
    return entity_bomb(
        "rss",
        lambda laugh: (
            f'<rss version="2.0"><channel><title>News</title><item><title>{laugh}</title><link>{link}</link>'
            "</item></channel></rss>"
        ),
    )


def laughing_sitemap() -> bytes:
    """Write a sitemap with an entity bomb for an address."""
    return entity_bomb(
        "urlset",
        lambda laugh: (
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
            f"<url><loc>{laugh}</loc></url></urlset>"
        ),
    )


def stealing_feed(link: str, file: str = "/etc/hostname") -> bytes:
    """Write an RSS feed whose title is an external entity: a file of the reader."""
    return (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{file}">]>'
        f'<rss version="2.0"><channel><title>News</title><item><title>&x;</title><link>{link}</link>'
        "</item></channel></rss>"
    ).encode()
