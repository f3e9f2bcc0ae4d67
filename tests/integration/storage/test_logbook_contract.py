"""What a store remembers of looks: the same in memory and in a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alembic import command
from alembic.config import Config

from pipeline.cadence import Appointment
from pipeline.documents import Gap, Remembered, Visit
from pipeline.health import State
from pipeline.looks import Look, Seen, Trouble
from pipeline.ports import KEPT_DOCUMENTS, KEPT_LOOKS, Store
from pipeline.records import Stamp
from pipeline.rhythm import Arrival
from pipeline.watch import Watch
from storage.engine import connect
from storage.migrate import MIGRATIONS
from storage.store import SqlStore
from tests.integration.storage.make import NOON, article, at, deed, stamp

WHOLE = Look(
    outlet="wire",
    at=NOON,
    seconds=1.5,
    looked=True,
    seen=(
        Seen("feed https://wire.example.org/rss.xml", offered=20, fresh=2, window=20, ttl=timedelta(hours=1)),
        Seen("listing https://wire.example.org/", Trouble.BLOCKED, "403 Forbidden", max_age=timedelta(0)),
    ),
    pages={"new": 2, "rejected:listing": 1},
    firsts={"new": 2},
    refused=1,
    words=(300, 20),
    problems=("listing https://wire.example.org/: 403 Forbidden",),
    not_before=at(60),
    shut={"wire.example.org": at(60), "127.0.0.1:8080": at(5)},
)


def test_a_look_comes_back_as_it_was(store: Store) -> None:
    store.logbook.note(WHOLE)
    assert store.logbook.looks("wire") == [WHOLE]
    assert store.logbook.looks("other") == []


def test_the_latest_looks_come_oldest_first(store: Store) -> None:
    for minutes in (30, 10, 20):
        store.logbook.note(Look("wire", at(minutes)))
    assert [look.at for look in store.logbook.looks("wire")] == [at(10), at(20), at(30)]
    assert [look.at for look in store.logbook.looks("wire", limit=2)] == [at(20), at(30)]


def test_a_look_that_is_noted_twice_is_one(store: Store) -> None:
    store.logbook.note(Look("wire", NOON))
    store.logbook.note(Look("wire", NOON, looked=True))
    assert store.logbook.looks("wire") == [Look("wire", NOON, looked=True)]


def test_only_so_many_looks_are_kept(store: Store) -> None:
    for minutes in range(KEPT_LOOKS + 3):
        store.logbook.note(Look("wire", at(minutes)))
    store.logbook.note(Look("other", at(-1)))
    kept = store.logbook.looks("wire", limit=10_000)
    assert len(kept) == KEPT_LOOKS
    assert kept[0].at == at(3)
    assert len(store.logbook.looks("other")) == 1


def test_what_a_clock_noted_that_ran_ahead_makes_no_look_of_today_forgotten(store: Store) -> None:
    for days in range(400, 400 + KEPT_LOOKS):
        store.logbook.note(Look("wire", NOON + timedelta(days=days)))
    store.logbook.note(Look("other", NOON + timedelta(days=400)))
    store.logbook.note(Look("wire", NOON))
    assert [look.at for look in store.logbook.looks("wire")] == [NOON]
    assert len(store.logbook.looks("other")) == 1


def test_hostile_words_are_kept_as_far_as_a_database_can(store: Store) -> None:
    store.logbook.note(Look("wire", NOON, seen=(Seen("feed x", Trouble.BROKEN, "\0\ud800" + "a" * 5000),)))
    detail = store.logbook.looks("wire")[0].seen[0].detail
    assert detail.startswith("\ufffdaaa")
    assert len(detail) <= 300


def test_a_watch_takes_the_place_of_the_one_before(store: Store) -> None:
    assert store.logbook.watches() == {}
    first = Watch("wire", Appointment(at(5), "it is due"))
    later = Watch("wire", Appointment(at(9), "the feed asks for it (ttl)"), State.FEED_BROKEN, at(1))
    other = Watch("other", Appointment(at(7), "it is due"))
    for one in (first, other, later):
        store.logbook.watch(one)
    assert store.logbook.watches() == {"wire": later, "other": other}


DOCUMENT = Remembered(
    url="https://wire.example.org/rss.xml",
    read_at=NOON,
    reader="abc",
    etag='W/"1"',
    last_modified="Sun, 01 Mar 2026 12:00:00 GMT",
    sha256="0" * 64,
    lies=True,
    offered=20,
    window=20,
    ttl=timedelta(hours=1),
    period=timedelta(minutes=30),
    newest=at(-5),
    follow=("https://wire.example.org/1.xml",),
    unfinished=(Visit("https://wire.example.org/2.xml", 2, 1, 3),),
)


def test_a_document_comes_back_as_it_was_and_takes_the_place_of_the_one_before(store: Store) -> None:
    store.logbook.remember("wire", [DOCUMENT], [])
    assert store.logbook.documents("wire") == {DOCUMENT.url: DOCUMENT}
    later = replace(DOCUMENT, read_at=at(5), newest=None, lies=False, unfinished=())
    store.logbook.remember("wire", [later], [])
    store.logbook.remember("other", [DOCUMENT], [])
    assert store.logbook.documents("wire") == {DOCUMENT.url: later}


def test_only_the_documents_read_last_are_kept(store: Store) -> None:
    many = [replace(DOCUMENT, url=f"https://wire.example.org/{n}", read_at=at(n)) for n in range(210)]
    store.logbook.remember("wire", many, [])
    kept = store.logbook.documents("wire")
    assert len(kept) == KEPT_DOCUMENTS
    assert min(document.read_at for document in kept.values()) == at(10)


def test_gaps_come_oldest_first(store: Store) -> None:
    first = Gap("feed https://wire.example.org/rss.xml", at(-60), at(-30), NOON, filled=False)
    later = replace(first, noticed_at=at(5), filled=True)
    store.logbook.remember("wire", [], [later])
    store.logbook.remember("wire", [DOCUMENT], [first])
    assert store.logbook.gaps("wire") == [first, later]
    assert store.logbook.gaps("other") == []


def test_an_article_came_when_its_outlet_says_or_between_two_looks(store: Store) -> None:
    for minutes in (0, 60, 120):
        store.logbook.note(Look("wire", at(minutes)))
    day = Stamp(at(-720), "day", "visible")
    store.keep(
        [
            deed(article("One.", "/1", published=stamp(30), fetched_at=at(61))),
            deed(article("Two.", "/2", published=None, fetched_at=at(62))),
            deed(article("Three.", "/3", published=day, fetched_at=at(121))),
            deed(article("Four.", "/4", published=stamp(500), fetched_at=at(122))),
            deed(article("Five.", "/5", "other", published=stamp(30), fetched_at=at(61))),
        ]
    )
    assert sorted(store.logbook.arrivals("wire", at(-10)), key=lambda a: a.at) == [
        Arrival(at(30)),
        Arrival(at(62), after=at(0)),
        Arrival(at(121), after=at(60)),
        Arrival(at(122), after=at(60)),
    ]
    assert len(store.logbook.arrivals("wire", at(100))) == 2


def test_what_the_first_look_finds_without_a_time_may_be_of_any_age(store: Store) -> None:
    store.logbook.note(Look("wire", at(0)))
    store.keep([deed(article("One.", "/1", published=None, fetched_at=at(1)))])
    assert store.logbook.arrivals("wire", at(-10)) == []


def test_a_store_of_an_older_version_gets_a_logbook(address: str) -> None:
    database = connect(address)
    with database.writing("making an old store") as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.set_main_option("path_separator", "os")
        config.attributes["connection"] = connection
        command.upgrade(config, "0002")
    database.dispose()
    store = SqlStore.open(address)
    store.logbook.note(WHOLE)
    assert store.logbook.looks("wire") == [WHOLE]
    store.close()
