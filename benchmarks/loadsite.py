"""A loopback site of many outlets for measuring: real pages made unique, served packed from memory.

usage: .venv/bin/python benchmarks/loadsite.py OUTLETS ARTICLES [--port N] [--tiny] [--forgetful]

Serves OUTLETS hosts (127.1.x.y, one address each, so that politeness is per host) with ARTICLES pages each,
an RSS feed, a news sitemap and a robots.txt, and prints one JSON line once it listens: {"port": …}. It ends
when its standard input is closed. The pages are those of ../shared/pages, in a fixed order and each once
before any comes again; in each the canonical address is replaced by the local one, and a paragraph of
common words in an order that no other page has, with a mark, is put beside one of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import html
import json
import random
import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

SHARED = Path(__file__).parents[2] / "shared" / "pages"
NEWEST = datetime(2026, 11, 20, 6, tzinfo=UTC)
MARK = re.compile(r"zq\d{6}x")
"""What tells the paragraph that is put into a page, in small letters."""

_PARAGRAPH = re.compile(r"(<p\b[^>]*>)(.*?)</p>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_UNREAD = re.compile(r"<(script|style|noscript|template)\b.*?</\1>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL | re.IGNORECASE)
_OWN = (
    re.compile(r"<link\b[^>]*rel=[\"']?canonical[\"']?[^>]*>", re.IGNORECASE),
    re.compile(r"<meta\b[^>]*property=[\"']og:url[\"'][^>]*>", re.IGNORECASE),
)
_ADDRESS = re.compile(r"(?:href|content)=[\"']?(https?://[^\"' >]+)", re.IGNORECASE)
_COMMON = (
    "able above after again along also always among answer around before began behind better between both "
    "bring build called carried change children city close common country course differ early earth "
    "enough every example family father feel field figure final five follow food form found gave given "
    "good great ground group half hand hard head hear high home horse hour house idea important island "
    "keep kind king knew land large late learn leave left letter life light line list little live long "
    "machine main make many map mean measure men might mile money morning mother mountain move much music "
    "name near need never night north note notice number often once open order page paper part pass "
    "people piece place plain plan plane plant point port pose power problem produce question quick rain "
    "reach read real rest right river road rock room round rule sea second seem self sentence serve ship "
    "short show side simple sing size sleep slow small song sound south spell stand star state stay step "
    "stood stop story street strong study such sun sure table tail take talk teach tell third thought "
    "thousand three tire told took town travel tree true turn under unit until upon usual vowel walk warm "
    "watch water week weigh west wheel white whole wind wonder wood work world write year young"
)
_WORDS = _COMMON.split()


@dataclass(frozen=True)
class Served:
    """One article of the site."""

    outlet: int
    url: str
    path: str
    title: str
    at: datetime
    mark: str
    body: bytes
    """Packed with gzip."""


def host(outlet: int) -> str:
    """Return the address of an outlet's own."""
    return f"127.1.{outlet // 250}.{outlet % 250 + 1}"


def sources(limit: int | None = None) -> list[bytes]:
    """Return the saved articles, each packed as it was saved, in a fixed order."""
    rows = [json.loads(line) for line in (SHARED / "pages.jsonl").open(encoding="utf-8")]
    names = [row["html_path"] for row in rows if row["kind"] == "article"]
    random.Random(7).shuffle(names)  # noqa: S311 - a fixed order
    return [(SHARED / name).read_bytes() for name in names[:limit]]


def build(outlets: int, articles: int, port: int, *, tiny: bool = False) -> Iterator[Served]:
    """Make the pages, outlet by outlet; tiny ones are made up."""
    if tiny:
        for number in range(outlets * articles):
            yield article(number, number // articles, number % articles, _tiny(number), port, 1)
        return
    found = sources(outlets * articles)
    level = 6 if outlets * articles <= 2000 else 1
    for number in range(outlets * articles):
        raw = gzip.decompress(found[number % len(found)]).decode("utf-8", "replace")
        yield article(number, number // articles, number % articles, raw, port, level)


def _tiny(number: int) -> str:
    """Return a page of 120 words in six paragraphs."""
    chance = random.Random(-number - 1)  # noqa: S311 - the same at each run
    words = [" ".join(chance.choices(_WORDS, k=20)).capitalize() for _ in range(6)]
    text = "".join(f"<p>{one}.</p>" for one in words)
    title = " ".join(chance.choices(_WORDS, k=6)).capitalize()
    body = f"<article><h1>{title}</h1>{text}</article>"
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


def article(number: int, outlet: int, place: int, page: str, port: int, level: int = 6) -> Served:
    """Make one page unique."""
    mark = f"zq{number:06d}x"
    title = _TITLE.search(page)
    words = html.unescape(title[1]).strip()[:120] if title else "Story"
    slug = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:60].strip("-") or "story-of-the-day"
    at = NEWEST - timedelta(hours=place)
    path = f"/{at:%Y/%m/%d}/{slug}-{number:06d}.html"
    url = f"http://{host(outlet)}:{port}{path}"
    body = marked(readdressed(page, url), mark, random.Random(number))  # noqa: S311 - the same at each run
    packed = gzip.compress(body.encode("utf-8", "replace"), level, mtime=0)
    return Served(outlet, url, path, words, at, mark, packed)


def readdressed(page: str, url: str) -> str:
    """Put `url` wherever the page names its own address."""
    found = (pattern.search(page) for pattern in _OWN)
    own = {m[1] for tag in found if tag and (m := _ADDRESS.search(tag[0])) and m[1].count("/") > 3}
    for one in sorted(own, key=len, reverse=True):
        page = page.replace(one, url)
    return page


def marked(page: str, mark: str, chance: random.Random) -> str:
    """Put a paragraph of 30 words with `mark` behind one in the middle of the text, made like it."""
    seen = _UNREAD.sub(lambda match: " " * len(match[0]), page)
    long = [m for m in _PARAGRAPH.finditer(seen) if len(_TAG.sub("", m[2]).strip()) >= 120]
    if not long:
        return page
    beside = long[(len(long) - 1) // 2]
    words = " ".join([mark, *chance.choices(_WORDS, k=30)]).capitalize()
    return page[: beside.end()] + f"{beside[1]}{words}.</p>" + page[beside.end() :]


def documents(name: str, served: Sequence[Served], root: str) -> dict[str, tuple[str, bytes]]:
    """Return feed, sitemap and robots.txt of an outlet, each with its type."""
    items = "".join(
        f"<item><title>{escape(a.title)}</title><link>{a.url}</link><guid>{a.url}</guid>"
        f"<pubDate>{format_datetime(a.at)}</pubDate></item>"
        for a in served
    )
    news = "".join(
        f"<url><loc>{a.url}</loc><news:news><news:publication><news:name>{name}</news:name>"
        f"<news:language>en</news:language></news:publication><news:publication_date>{a.at.isoformat()}"
        f"</news:publication_date><news:title>{escape(a.title)}</news:title></news:news></url>"
        for a in served
    )
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    channel = f"<title>{name}</title><link>{root}/</link><description>{name}</description>"
    feed = f'{head}<rss version="2.0"><channel>{channel}{items}</channel></rss>'
    spaces = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    )
    sitemap = f"{head}<urlset {spaces}>{news}</urlset>"
    robots = f"User-agent: *\nDisallow: /private/\nSitemap: {root}/sitemap.xml\n"
    return {
        "/feed.xml": ("application/rss+xml", feed.encode()),
        "/sitemap.xml": ("application/xml", sitemap.encode()),
        "/robots.txt": ("text/plain", robots.encode()),
    }


def answer(body: bytes, kind: str, *, packed: bool) -> tuple[bytes, bytes]:
    """Return a whole answer, and its validator."""
    data = body if packed else gzip.compress(body, 6, mtime=0)
    etag = f'"{zlib.crc32(data):08x}"'.encode()
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Encoding: gzip\r\n"
        f"Content-Length: {len(data)}\r\n"
    )
    return head.encode() + b"ETag: " + etag + b"\r\n\r\n" + data, etag


Answers = dict[tuple[str, str], tuple[bytes, bytes]]


class Protocol(asyncio.Protocol):
    """Answers GET from memory and keeps connections alive."""

    def __init__(self, answers: Answers, *, forgetful: bool) -> None:
        self._answers = answers
        self._forgetful = forgetful
        self._held = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember the connection and the host that was asked."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._host = transport.get_extra_info("sockname")[0]

    def data_received(self, data: bytes) -> None:
        """Answer each whole request."""
        self._held += data
        while (end := self._held.find(b"\r\n\r\n")) >= 0:
            head, self._held = self._held[:end], self._held[end + 4 :]
            target = head.split(b" ", 2)[1].decode("latin-1")
            found = self._answers.get((self._host, target))
            if found is None:
                self._transport.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            elif not self._forgetful and found[1] in head:
                self._transport.write(b"HTTP/1.1 304 Not Modified\r\nETag: " + found[1] + b"\r\n\r\n")
            else:
                self._transport.write(found[0])


async def serve(options: argparse.Namespace) -> None:
    """Serve until standard input ends."""
    answers: Answers = {}
    outlets, forgetful = options.outlets, options.forgetful
    loop = asyncio.get_running_loop()
    everywhere = "0.0.0.0"  # noqa: S104 - each outlet has an address of its own in 127.0.0.0/8
    server = await loop.create_server(
        lambda: Protocol(answers, forgetful=forgetful), everywhere, options.port, backlog=4096
    )
    port = server.sockets[0].getsockname()[1]
    of_outlet: dict[int, list[Served]] = {number: [] for number in range(outlets)}
    for one in build(outlets, options.articles, port, tiny=options.tiny):
        of_outlet[one.outlet].append(one)
        answers[host(one.outlet), one.path] = answer(one.body, "text/html", packed=True)
    for outlet, served in of_outlet.items():
        for path, (kind, body) in documents(
            f"Outlet {outlet}", served, f"http://{host(outlet)}:{port}"
        ).items():
            answers[host(outlet), path] = answer(body, kind, packed=False)
    print(json.dumps({"port": port}), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("outlets", type=int, metavar="OUTLETS")
    parser.add_argument("articles", type=int, metavar="ARTICLES")
    parser.add_argument("--port", type=int, default=0, metavar="N", help="default: a free one")
    parser.add_argument("--tiny", action="store_true", help="made-up pages of 120 words")
    parser.add_argument("--forgetful", action="store_true", help="never say 304")
    options = parser.parse_args()
    asyncio.run(serve(options))
