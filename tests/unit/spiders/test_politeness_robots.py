"""Reading robots.txt."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Fault
from spiders.answer import WireAnswer
from spiders.robots import LONGEST_CRAWL_DELAY, Rules, parse_rules, read_rules
from tests.shared import SHARED, needs_shared

PAGE = "https://example.org/news/2026/11/21/a-long-story-about-nothing?page=2"


def answered(status: int, body: bytes = b"User-agent: *\nDisallow: /", **headers: str) -> Rules:
    named = tuple((k.replace("_", "-"), v) for k, v in headers.items())
    return read_rules(WireAnswer("https://example.org/robots.txt", status, named, body))


def test_our_own_group_goes_before_the_general_one() -> None:
    rules = parse_rules(b"User-agent: *\nDisallow: /\n\nUser-agent: Wirewatch\nDisallow: /private\n")
    assert rules.refusal("https://example.org/news") is None
    assert rules.refusal("https://example.org/private/x")


def test_the_longest_rule_wins_and_wildcards_count() -> None:
    rules = parse_rules(b"User-agent: *\nDisallow: /*.pdf$\nDisallow: /a\nAllow: /a/b\n")
    assert rules.refusal("https://example.org/x/y.pdf")
    assert rules.refusal("https://example.org/a/c")
    assert rules.refusal("https://example.org/a/b/c") is None


def test_a_byte_order_mark_does_not_hide_the_first_line() -> None:
    assert parse_rules(b"\xef\xbb\xbfUser-agent: *\nDisallow: /").refusal(PAGE)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 451, 300, 304])
def test_no_answer_below_500_but_429_forbids_anything(status: int) -> None:
    assert answered(status).refusal(PAGE) is None


@pytest.mark.parametrize("status", [429, 500, 502, 503, 599])
def test_trouble_forbids_everything(status: int) -> None:
    refusal = answered(status).refusal(PAGE)
    assert refusal is not None
    assert refusal.reason is Fault.HTTP_STATUS
    assert str(status) in refusal.detail


def test_a_body_that_cannot_be_unpacked_forbids_everything() -> None:
    assert answered(200, Content_Encoding="br").refusal(PAGE)


@pytest.mark.parametrize(
    ("line", "seconds"),
    [("Crawl-delay: 7", 7), ("Crawl-delay: 0.5", 0.5), ("Crawl-delay: 99999", LONGEST_CRAWL_DELAY),
     ("Crawl-delay: -1", 0), ("Crawl-delay: inf", 0), ("Crawl-delay: nan", 0), ("Disallow:", 0)],
)  # fmt: skip
def test_the_crawl_delay_is_read_within_reason(line: str, seconds: float) -> None:
    assert parse_rules(f"User-agent: *\n{line}\n".encode()).crawl_delay == seconds


def test_only_the_first_512_kib_are_read_and_no_half_line() -> None:
    lines = b"User-agent: *\nDisallow: /x\n" + b"# nothing\n" * 52_429 + b"Disallow: /\n"
    rules = parse_rules(lines)
    assert rules.refusal(PAGE) is None
    assert rules.refusal("https://example.org/x")


@given(st.binary(max_size=2000))
def test_no_bytes_break_the_parser(body: bytes) -> None:
    parse_rules(b"User-agent: *\nDisallow: " + body).refusal(PAGE)
    parse_rules(body).refusal(PAGE)


@pytest.mark.parametrize(
    "body",
    [
        b"User-agent: *\n" + b"Disallow: /*a*a*a*a*a*a*a*a*a*a*b\n" * 15_000,
        b"User-agent: *\nDisallow: /" + b"*a" * 250_000,
        b"".join(b"User-agent: wire%d\nDisallow: /%d\n" % (n, n) for n in range(14_000)),
        b"Disallow: /" + b"$" * 500_000,
        b"User-agent: *\nAllow: /" + b"%zz" * 160_000,
        b"\x00" * 512_000,
    ],
    ids=["many wildcards", "one wildcard chain", "many groups", "dollars", "percents", "zeroes"],
)
def test_a_hostile_robots_txt_costs_bounded_time(body: bytes) -> None:
    began = time.process_time()
    rules = parse_rules(body)
    for n in range(10):
        rules.refusal("https://example.org/" + "a" * 1900 + str(n))
    assert time.process_time() - began < 5


@needs_shared
def test_no_real_robots_txt_breaks_the_parser_or_holds_it_up() -> None:
    files = sorted(Path(SHARED / "robots").rglob("*.txt"))
    assert len(files) > 400
    began = time.process_time()
    rules = [parse_rules(file.read_bytes()) for file in files]
    open_to_us = sum(one.refusal(PAGE) is None for one in rules)
    assert time.process_time() - began < 20
    assert open_to_us > len(files) * 0.8
    assert all(0 <= one.crawl_delay <= LONGEST_CRAWL_DELAY for one in rules)
