"""Hosts that break, drag or flood: each page ends in its one outcome, in bounded time and memory."""

from __future__ import annotations

import asyncio
import gzip
import socket
import time
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.records import Fault
from spiders.report import LookReport
from tests.integration.spiders.fakes import BOUNDS, Looker, outlet
from tests.integration.spiders.hosts import Host, Raw, Reply, Route, World, page, redirect, rss, self_signed

TIGHT = replace(BOUNDS, timeout=1.0, body=100_000, unpacked=200_000, retries=0)


def fetch(world: World, article: Route, looker: Looker) -> tuple[LookReport, Host]:
    """Look at an outlet whose one article answers like that."""
    host = world.host({"/a": article})
    host.routes["/rss"] = rss(host, "/a")
    [report] = looker.look(outlet("one", {"feed": host.url("/rss")}))
    return report, host


def fault(world: World, article: Route) -> tuple[Fault, str]:
    looker = Looker(bounds=TIGHT)
    report, _ = fetch(world, article, looker)
    assert (report.failed, report.left) == (1, 0)
    [(_, why)] = looker.intake.refusals
    assert isinstance(why.reason, Fault)
    return why.reason, why.detail


@Raw
async def truncated(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<p>only so much")
    await writer.drain()


@Raw
async def truncated_chunks(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")
    await writer.drain()


@Raw
async def too_large_declared(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")
    await writer.drain()
    await asyncio.sleep(0.5)


@Raw
async def endless(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        writer.write(b"<p>and so on</p>" * 1000)
        await writer.drain()


@Raw
async def endless_headers(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-More: and so on\r\n" * 1000)
        await writer.drain()


@Raw
async def endless_interim_answers(writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 1000)
        await writer.drain()


@Raw
async def drip(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
    for _ in range(100):
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.05)


@Raw
async def silence(_: asyncio.StreamWriter) -> None:
    await asyncio.sleep(5)


@Raw
async def hang_up(writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


@Raw
async def not_http(writer: asyncio.StreamWriter) -> None:
    writer.write(b"SSH-2.0-OpenSSH_9.2\r\n\r\n")
    await writer.drain()


@pytest.mark.parametrize(
    ("article", "reason", "words"),
    [
        (truncated, Fault.NETWORK, "before the whole body"),
        (truncated_chunks, Fault.NETWORK, "before the whole body"),
        (too_large_declared, Fault.TOO_LARGE, ""),
        (endless, Fault.TOO_LARGE, ""),
        (endless_headers, Fault.TOO_LARGE, "headers"),
        (endless_interim_answers, Fault.TOO_LARGE, "headers"),
        (drip, Fault.TIMEOUT, ""),
        (silence, Fault.TIMEOUT, ""),
        (hang_up, Fault.NETWORK, "without an answer"),
        (not_http, Fault.NETWORK, "not HTTP"),
        (Reply(status=204), Fault.HTTP_STATUS, "204 No Content"),
        (Reply(status=599), Fault.HTTP_STATUS, "599"),
        (Reply(status=304), Fault.HTTP_STATUS, "304 Not Modified"),
        (Reply(status=302), Fault.HTTP_STATUS, "302 Found"),
        (redirect("/a"), Fault.REDIRECTS, "leads back"),
        (redirect("file:///etc/passwd"), Fault.ADDRESS, "file:///etc/passwd"),
        (redirect("http://user:secret@127.0.0.1/"), Fault.ADDRESS, ""),
        (redirect("http://[::1"), Fault.ADDRESS, ""),
    ],
    ids=lambda value: value.write.__name__ if isinstance(value, Raw) else "",
)
def test_what_goes_wrong_has_its_name(world: World, article: Route, reason: Fault, words: str) -> None:
    began = time.monotonic()
    found, detail = fault(world, article)
    assert (found, words in detail) == (reason, True), detail
    assert time.monotonic() - began < 8


def test_a_redirect_loop_over_two_addresses_is_seen(world: World) -> None:
    looker = Looker(bounds=TIGHT)
    host = world.host({"/a": redirect("/b"), "/b": redirect("/a")})
    host.routes["/rss"] = rss(host, "/a")
    looker.look(outlet("one", {"feed": host.url("/rss")}))
    assert host.asked() == ["/rss", "/a", "/b"]
    assert looker.intake.refusals[0][1].reason is Fault.REDIRECTS


def test_the_sixth_redirect_is_one_too_many(world: World) -> None:
    host = world.host({f"/{n}": redirect(f"/{n + 1}") for n in range(9)} | {"/9": page("at last")})
    host.routes["/rss"] = rss(host, "/4", "/3")
    looker = Looker()
    [report] = looker.look(outlet("one", {"feed": host.url("/rss")}))
    assert (report.new, report.failed) == (1, 1)
    [handed_in] = looker.intake.pages
    assert handed_in.url == host.url("/9")
    assert handed_in.redirects == tuple(host.url(f"/{n}") for n in range(4, 9))
    assert looker.intake.refusals[0][1].reason is Fault.REDIRECTS


def test_that_nobody_listens_is_told_in_words() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/rss"
        [report] = Looker().look(outlet("one", {"feed": address}))
    assert not report.looked
    assert "the connection was refused" in report.problems[0]


def test_a_name_that_does_not_resolve_is_told_in_words() -> None:
    [report] = Looker().look(outlet("one", {"feed": "http://nowhere.invalid/rss"}))
    assert "the host name cannot be resolved" in report.problems[0]


def test_a_connection_that_breaks_once_is_tried_again(world: World) -> None:
    looker, calls = Looker(), []

    @Raw
    async def first_truncated(writer: asyncio.StreamWriter) -> None:
        calls.append(1)
        if len(calls) == 1:
            await truncated.write(writer)
        else:
            writer.write(page("A").wire())

    report, _ = fetch(world, first_truncated, looker)
    assert (report.new, len(calls)) == (1, 2)


def test_a_gzip_bomb_in_the_place_of_a_feed_is_a_problem_in_words(world: World) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    host = world.host({"/rss": Reply(bomb, headers=(("Content-Encoding", "gzip"),))})
    [report] = Looker(bounds=TIGHT).look(outlet("one", {"feed": host.url("/rss")}))
    assert not report.looked
    assert "unpacks to more than 200,000 bytes" in report.problems[0]


def test_a_content_encoding_that_nobody_asked_for_is_a_problem_in_words(world: World) -> None:
    host = world.host({"/rss": Reply(b"xyz", headers=(("Content-Encoding", "br"),))})
    [report] = Looker().look(outlet("one", {"feed": host.url("/rss")}))
    assert "'br'" in report.problems[0]


def test_a_certificate_that_nobody_vouches_for_is_not_accepted(world: World, tmp_path: Path) -> None:
    host = world.host({"/rss": Reply()}, tls=self_signed(tmp_path))
    [report] = Looker().look(outlet("one", {"feed": f"https://127.0.0.1:{host.port}/rss"}))
    assert host.hits == []
    assert "TLS: certificate verify failed" in report.problems[0]
