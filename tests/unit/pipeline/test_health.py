"""How an outlet is, from what its looks brought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pipeline.health import Health, State, health
from pipeline.looks import Look, Seen, Trouble
from pipeline.rhythm import Arrival

START = datetime(2026, 6, 1, tzinfo=UTC)
FEED, LISTING = "feed https://example.org/rss.xml", "listing https://example.org/news/"


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def look(hour: float, *seen: Seen, pages: Mapping[str, int] | None = None, **more: Any) -> Look:
    found = seen or (Seen(FEED, offered=10),)
    looked = any(one.trouble is None for one in found)
    counts = dict(pages or {})
    return Look("example", at(hour), looked=looked, seen=found, pages=counts, firsts=counts, **more)


def good(hours: int) -> list[Look]:
    return [
        look(h, Seen(FEED, offered=10, fresh=2), pages={"new": 2}, words=(400, 500)) for h in range(hours)
    ]


def troubled(trouble: Trouble, detail: str = "words") -> Seen:
    return Seen(FEED, trouble, detail)


def arriving(hours: float, every: float) -> list[Arrival]:
    return [Arrival(at(n * every)) for n in range(int(hours / every) + 1)]


def judged(looks: Sequence[Look], arrivals: Sequence[Arrival] = (), now: float | None = None) -> Health:
    return health(looks, arrivals, looks[-1].at if now is None else at(now))


def test_an_outlet_that_was_never_looked_at_is_not_ill() -> None:
    found = health([], [], START)
    assert (found.state, found.since) == (State.OK, None)
    assert "not looked at" in found.evidence


def test_an_outlet_that_brings_articles_is_well_since_it_does() -> None:
    found = judged(good(24))
    assert found.state is State.OK
    assert found.since == at(0)
    assert found.failures == 0


@pytest.mark.parametrize(
    ("trouble", "state"),
    [
        (Trouble.DOWN, State.DOWN),
        (Trouble.BLOCKED, State.BLOCKED),
        (Trouble.BROKEN, State.FEED_BROKEN),
    ],
)
def test_trouble_is_named_with_its_beginning_and_in_words(trouble: Trouble, state: State) -> None:
    looks = [*good(10), *(look(h, troubled(trouble, "503 Service Unavailable")) for h in range(10, 14))]
    found = judged(looks)
    assert found.state is state
    assert found.since == at(10)
    assert found.failures == 4
    assert found.last_success == at(9)
    assert "503 Service Unavailable" in found.evidence
    assert "the last 4 looks" in found.evidence


def test_trouble_that_is_over_leaves_no_trace_but_the_time_since() -> None:
    found = judged([*good(5), look(5, troubled(Trouble.DOWN)), *(replace(one, at=at(6)) for one in good(1))])
    assert (found.state, found.since) == (State.OK, at(6))


def test_trouble_that_changes_its_kind_is_named_as_it_is_now() -> None:
    looks = [*good(5), look(5, troubled(Trouble.DOWN)), look(6, troubled(Trouble.BLOCKED, "403 Forbidden"))]
    found = judged(looks)
    assert (found.state, found.since) == (State.BLOCKED, at(5))


def test_a_look_that_was_broken_off_tells_nothing() -> None:
    stopped = replace(look(24, troubled(Trouble.DOWN)), whole=False)
    assert judged([*good(24), stopped]).state is State.OK


def test_what_the_last_look_could_not_read_is_named_though_the_outlet_is_well() -> None:
    news = "sitemap https://example.org/news.xml"
    parts = Seen(FEED, None, "https://example.org/sections.xml: status 503", offered=10)
    before = [look(h, Seen(FEED, offered=10), Seen(news, offered=5)) for h in range(3)]
    found = judged([*before, look(3, parts, Seen(news, Trouble.DOWN, "status 503"))])
    assert found.state is State.OK
    assert found.evidence == (
        "the last look read 1 of 2 discoveries, 10 articles offered; "
        f"{FEED}: https://example.org/sections.xml: status 503; {news}: status 503"
    )


def test_one_of_two_discoveries_counts_when_it_fails_twice() -> None:
    both = [look(h, Seen(FEED, offered=9), Seen(LISTING, offered=9)) for h in range(5)]
    once = look(5, Seen(FEED, offered=9), Seen(LISTING, Trouble.BLOCKED, "403 Forbidden"))
    assert judged([*both, once]).state is State.OK
    found = judged([*both, once, replace(once, at=at(6))])
    assert (found.state, found.since) == (State.BLOCKED, at(5))
    assert LISTING in found.evidence


def test_a_feed_that_offers_nothing_any_more_is_broken() -> None:
    empty = [look(h, Seen(FEED, offered=0)) for h in (10, 11)]
    assert judged([*good(10), empty[0]]).state is State.OK
    found = judged([*good(10), *empty])
    assert (found.state, found.since) == (State.FEED_BROKEN, at(10))
    assert judged(empty).state is State.OK


def test_pages_that_are_refused_while_the_feed_is_not_are_a_block() -> None:
    refused = [look(h, pages={"failed:http-status": 2}, refused=2) for h in range(10, 16)]
    found = judged([*good(10), *refused])
    assert (found.state, found.since) == (State.BLOCKED, at(11))
    assert "pages were refused" in found.evidence


def test_pages_without_texts_are_the_parsers_fault_if_there_were_texts_before() -> None:
    empty = [look(h, pages={"rejected:empty": 2}) for h in range(10, 16)]
    found = judged([*good(10), *empty])
    assert found.state is State.PARSER_BROKEN
    assert found.since == at(10)
    usual = [look(h, pages={"rejected:listing": 3, "new": 1}, words=(300,)) for h in range(20)]
    assert judged(usual).state is State.OK


def test_a_look_that_read_many_pages_does_not_hide_that_those_after_it_have_no_text() -> None:
    many = look(10, pages={"new": 12}, words=(300,))
    found = judged([*good(10), many, look(11, pages={"rejected:empty": 3})])
    assert found.state is State.PARSER_BROKEN
    assert found.since == at(11)
    often = [look(h, pages={"new": 4, "rejected:empty": 1}, words=(300,)) for h in range(10)]
    assert judged([*often, look(10, pages={"rejected:empty": 3})]).state is State.OK


def test_pages_have_no_text_since_the_first_of_them_had_none_however_few_came_before() -> None:
    few = look(0, pages={"new": 3}, words=(300,))
    empty = [look(h, pages={"rejected:empty": count}) for h, count in ((1, 2), (2, 20))]
    found = judged([few, *empty, look(3)])
    assert (found.state, found.since) == (State.PARSER_BROKEN, at(1))
    assert "22 of the last 22 pages" in found.evidence
    assert judged([few, look(1, pages={"rejected:empty": 3000})]).since == at(1)


def test_a_page_that_is_tried_again_and_again_is_one_page() -> None:
    again = [replace(look(h, pages={"rejected:empty": 1}), firsts={}) for h in range(10, 20)]
    assert judged([*good(10), *again]).state is State.OK


def test_a_parser_is_well_again_as_soon_as_pages_that_had_no_text_have_one() -> None:
    empty = [look(h, pages={"rejected:empty": 6}) for h in (10, 11)]
    assert judged([*good(10), *empty]).state is State.PARSER_BROKEN
    mended = replace(look(12, pages={"new": 12}, words=(300,)), firsts={})
    assert judged([*good(10), *empty, mended]).state is State.OK


def test_texts_that_are_much_shorter_than_ever_are_the_parsers_fault() -> None:
    short = [look(h, pages={"new": 2}, words=(60, 80)) for h in range(10, 14)]
    found = judged([*good(10), *short])
    assert found.state is State.PARSER_BROKEN
    assert "words at the median" in found.evidence
    assert judged([*good(10), *(replace(one, words=(250, 300)) for one in short)]).state is State.OK


def test_a_feed_that_stands_still_while_the_listing_moves_is_frozen() -> None:
    moving = [look(h, Seen(FEED, offered=9, fresh=1), Seen(LISTING, offered=9, fresh=1)) for h in range(20)]
    still = [look(h, Seen(FEED, offered=9), Seen(LISTING, offered=9, fresh=1)) for h in range(20, 24)]
    found = judged([*moving, *still])
    assert (found.state, found.since) == (State.FEED_FROZEN, at(20))
    assert FEED in found.evidence
    assert judged([*moving, *still[:1]]).state is State.OK


def test_a_listing_of_a_rare_topic_may_stand_still() -> None:
    looks = [
        look(h, Seen(FEED, offered=9, fresh=1), Seen(LISTING, offered=9, fresh=int(h % 20 == 0)))
        for h in range(100)
    ]
    assert judged(looks).state is State.OK


def test_silence_longer_than_the_rhythm_makes_likely_is_told() -> None:
    arrivals = arriving(240, every=2)
    assert judged(good(240), arrivals, now=250).state is State.OK
    found = judged(good(240), arrivals, now=264)
    assert (found.state, found.since) == (State.QUIET, at(240))
    assert "about 1" in found.evidence


def test_a_silent_weekend_is_no_silence_for_an_outlet_that_keeps_weekends() -> None:
    office = [
        Arrival(at(24 * day + hour))
        for day in range(26)
        for hour in range(9, 18)
        if at(24 * day).weekday() < 5
    ]
    monday_morning = 24 * 28 + 9
    assert judged(good(24), office, now=monday_morning).state is State.OK
    assert judged(good(24), office, now=monday_morning + 24 * 3).state is State.QUIET


def test_an_outlet_of_few_articles_is_never_called_quiet() -> None:
    assert judged(good(24), arriving(100, every=20), now=5000).state is State.OK


def test_of_two_faults_the_one_that_hides_the_other_is_named() -> None:
    looks = [*good(240), look(264, troubled(Trouble.DOWN))]
    assert judged(looks, arriving(240, every=2), now=264).state is State.DOWN
