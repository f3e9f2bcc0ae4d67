"""The readers over real feeds, sitemaps and answers, and over suites that were written to break readers."""

from __future__ import annotations

import json
import tarfile
import time
from collections.abc import Iterator
from typing import Any

import pytest

from config.outlet import Api, Discovery, Feed, Sitemap
from spiders.discovery import read
from spiders.offers import Answer
from tests.shared import SHARED, needs_shared
from tests.unit.spiders.documents import document

pytestmark = needs_shared

HERE = "https://host.example/folder/document"
FEED, SITEMAP = Feed(feed=HERE), Sitemap(sitemap=HERE)
SECONDS = 5.0


def rows(folder: str) -> list[dict[str, Any]]:
    """Return what the index of a folder says of the files that are really there."""
    lines = (SHARED / folder / "index.jsonl").read_text().splitlines() if SHARED.exists() else []
    found = [json.loads(line) for line in lines]
    return [row for row in found if (SHARED / row["path"]).is_file() and not row["path"].endswith(".tar.gz")]


def checked(discovery: Discovery, body: bytes, url: str = HERE) -> Answer:
    """Read a document, and hold the answer to what every answer promises."""
    start = time.process_time()
    answer = read(discovery, document(body, url=url), "Asia/Seoul")
    assert time.process_time() - start < SECONDS
    for offer in answer.offers:
        assert offer.url.startswith(("http://", "https://"))
        assert offer.published is None or offer.published.at.utcoffset() is not None
        assert offer.modified is None or offer.modified.utcoffset() is not None
        "".join(filter(None, [offer.url, offer.title, offer.summary, offer.content, *offer.authors])).encode()
    assert not (answer.complaint and answer.offers)
    return answer


def suite(name: str) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(SHARED / "feeds/suite" / f"{name}.tar.gz") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None:
                yield member.name, file.read()


def test_real_feeds_give_all_their_items() -> None:
    """All but those of which an item has no link to a page: 59 of 64 feeds, 2,067 of 2,072 items."""
    real = [row for row in rows("feeds") if row["real"] and row.get("n_entries")]
    found = [len(checked(FEED, (SHARED / row["path"]).read_bytes()).offers) for row in real]
    assert len(real) >= 60
    assert sum(n == row["n_entries"] for n, row in zip(found, real, strict=True)) / len(real) >= 0.92
    assert sum(found) / sum(row["n_entries"] for row in real) >= 0.997


def test_real_feeds_have_titles_and_times() -> None:
    real = [row for row in rows("feeds") if row["real"] and row.get("n_entries")]
    offers = [offer for row in real for offer in checked(FEED, (SHARED / row["path"]).read_bytes()).offers]
    assert sum(offer.title is not None for offer in offers) / len(offers) > 0.98
    assert sum(offer.published is not None for offer in offers) / len(offers) > 0.9


@pytest.mark.parametrize(("name", "refused"), [("feedparser", 1), ("gofeed", None)])
def test_a_suite_that_breaks_feed_readers_breaks_none_of_ours(name: str, refused: int | None) -> None:
    complaints = []
    for path, body in suite(name):
        complaint = checked(FEED, body).complaint
        checked(SITEMAP, body)
        if complaint and path.endswith(".xml"):
            complaints.append((path, complaint))
    assert refused is None or len(complaints) <= refused, complaints


def test_real_sitemaps_give_all_their_addresses_and_times() -> None:
    for row in (row for row in rows("sitemaps") if row["n_loc"]):
        answer = checked(SITEMAP, (SHARED / row["path"]).read_bytes())
        assert len(answer.offers) + len(answer.follow) == row["n_loc"], row["path"]
        if row["wellformed"]:
            assert sum(offer.published is not None for offer in answer.offers) == row["n_news"], row["path"]


def test_every_other_file_is_survived_by_every_reader() -> None:
    folders = ("feeds/suite/reader", "feeds/ap_api", "sitemaps", "wpjson", "govuk/news_article")
    apis = [Api(api=HERE, type=kind) for kind in ("wordpress", "govuk", "reliefweb")]
    files = [file for folder in folders for file in sorted((SHARED / folder).rglob("*")) if file.is_file()]
    assert len(files) > 100
    for file in (file for file in files if file.stat().st_size < 300_000):
        for discovery in (FEED, SITEMAP, *apis):
            checked(discovery, file.read_bytes())


def test_news_of_an_agency_as_json_or_nitf_is_no_feed() -> None:
    for file in sorted((SHARED / "feeds/ap_api").iterdir()):
        assert checked(FEED, file.read_bytes()).complaint, file.name


def test_real_posts_of_wordpress_agree_with_their_index() -> None:
    known = {row["link"]: row for row in rows("wpjson") if row.get("type") == "post"}
    body = (SHARED / "wpjson/golkar_posts_list.json").read_bytes()
    answer = checked(Api(api=HERE, type="wordpress"), body)
    shared = [offer for offer in answer.offers if offer.url in known]
    assert len(answer.offers) == len(json.loads(body))
    assert len(shared) >= 5
    for offer in shared:
        assert offer.published
        assert offer.published.at.isoformat().startswith(known[offer.url]["date_gmt"])
        assert offer.content
