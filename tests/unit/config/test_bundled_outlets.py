"""The bundled outlets: each file is whole and honest, and the four seed documents belong to theirs."""

from __future__ import annotations

import json
import re
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

import lxml.html
import pytest
import yaml
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement

import config
from config.outlet import Outlet
from tests.shared import SHARED, needs_shared

FILES = sorted((Path(config.__file__).parent / "outlets").glob("*.yaml"))
EACH_FILE = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)

SEEDS = {
    "theworkersrights": (
        "https://www.theworkersrights.com/the-united-nations-condemns-human-rights-violations-in-north-korea"
        "-and-the-last-rejects-the-accusations/amp"
    ),
    "aljazeera": (
        "https://www.aljazeera.com/news/2023/8/15/north-korea-protests-un-security-council-meeting"
        "-on-human-rights-record"
    ),
    "kcnawatch": (
        "https://kcnawatch.org/newstream/1679364519-389007946/press-statement-of-dprk-permanent-mission-to-un"
    ),
    "shhyyy": "http://www.shhyyy.cn/?p=2961",
}
PAGES = {"theworkersrights": "workersrights"}


@cache
def outlet(file: Path) -> Outlet:
    return Outlet.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))


def bundled(outlet_id: str) -> Outlet:
    return outlet(Path(config.__file__).parent / "outlets" / f"{outlet_id}.yaml")


def seed_page(outlet_id: str) -> HtmlElement:
    data = (SHARED / "seeds" / f"{PAGES.get(outlet_id, outlet_id)}.html").read_bytes()
    return lxml.html.document_fromstring(data, parser=lxml.html.HTMLParser(encoding="utf-8"))


def seed_truth(outlet_id: str) -> dict[str, Any]:
    pages = json.loads((SHARED / "seeds" / "truth.json").read_text(encoding="utf-8"))["pages"]
    return next(page for page in pages if page["outlet"] == outlet_id)


def elements(page: HtmlElement, css: str) -> list[HtmlElement]:
    return cast("list[HtmlElement]", CSSSelector(css)(page))


def found(page: HtmlElement, css: str) -> list[str]:
    return [" ".join(str(element.text_content()).split()) for element in elements(page, css)]


def first_match(page: HtmlElement, selectors: tuple[str, ...]) -> list[str]:
    return next((texts for css in selectors if (texts := found(page, css))), [])


def test_the_catalogue_is_large_and_mostly_on() -> None:
    outlets = [outlet(file) for file in FILES]
    assert len(outlets) >= 45
    assert sum(each.enabled for each in outlets) >= 35


@EACH_FILE
def test_a_file_is_named_after_its_outlet(file: Path) -> None:
    assert outlet(file).id == file.stem


@EACH_FILE
def test_a_file_says_on_what_evidence_it_rests_and_what_nobody_checked(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    header = re.match(r"(?:#.*\n)+", text)
    assert header is not None
    assert "# Evidence:" in header[0]
    assert re.search(r"^# (?:Unverified:|Traps:)", header[0], re.MULTILINE)


@EACH_FILE
def test_an_outlet_that_is_off_says_why(file: Path) -> None:
    assert outlet(file).enabled is ("# Off" not in file.read_text(encoding="utf-8"))


@EACH_FILE
def test_include_and_exclude_rules_have_examples_on_both_sides(file: Path) -> None:
    articles = outlet(file).articles
    sides = {example.article for example in articles.examples}
    if articles.include:
        assert True in sides
    if articles.include or articles.exclude:
        assert False in sides
    if articles.identity is not None:
        assert any(example.identity for example in articles.examples)


@EACH_FILE
def test_every_rewrite_rule_changes_some_example(file: Path) -> None:
    articles = outlet(file).articles
    for rule in articles.rewrite:
        alone = articles.model_copy(update={"rewrite": (rule,)})
        assert any(alone.rewritten(example.url) != example.url for example in articles.examples), rule


@EACH_FILE
def test_rewriting_twice_changes_nothing_more(file: Path) -> None:
    articles = outlet(file).articles
    for example in articles.examples:
        once = articles.rewritten(example.url)
        assert articles.rewritten(once) == once


@EACH_FILE
def test_what_an_outlet_looks_at_is_no_article_of_its_own(file: Path) -> None:
    articles = outlet(file).articles
    if articles.include:
        assert [at.address for at in outlet(file).discover if articles.accepts(at.address)] == []


@pytest.mark.parametrize("outlet_id", SEEDS)
def test_the_address_of_a_seed_document_is_an_article_of_its_outlet(outlet_id: str) -> None:
    articles = bundled(outlet_id).articles
    assert articles.rewritten(SEEDS[outlet_id]) == SEEDS[outlet_id]
    assert articles.accepts(SEEDS[outlet_id])


def test_the_amp_page_and_the_plain_page_of_a_post_are_one_article() -> None:
    articles = bundled("theworkersrights").articles
    amp = SEEDS["theworkersrights"]
    plain = amp.removesuffix("amp")
    assert articles.accepts(plain)
    assert articles.named_part(amp) == articles.named_part(plain) is not None


def test_a_day_without_a_zone_is_read_in_the_zone_of_its_seed_outlet() -> None:
    zones = {outlet_id: bundled(outlet_id).zone for outlet_id in SEEDS}
    day = datetime(2023, 3, 19)  # noqa: DTZ001 - the zone is what is asked for
    offsets = {outlet_id: day.replace(tzinfo=zone).strftime("%z") for outlet_id, zone in zones.items()}
    assert offsets == {
        "theworkersrights": "+0000",
        "aljazeera": "+0300",
        "kcnawatch": "+0900",
        "shhyyy": "+0800",
    }


@needs_shared
@pytest.mark.parametrize("outlet_id", SEEDS)
def test_the_body_and_title_rules_meet_one_element_each_on_the_seed_page(outlet_id: str) -> None:
    page, rules = seed_page(outlet_id), bundled(outlet_id).extract
    assert len(first_match(page, rules.body)) == 1
    assert len(first_match(page, rules.title)) == 1


@needs_shared
def test_the_caption_of_the_blog_is_dropped_and_nothing_after_it() -> None:
    page, rules = seed_page("shhyyy"), bundled("shhyyy").extract
    (credit,) = seed_truth("shhyyy")["boilerplate_inside"]
    (dropped,) = (text for css in rules.drop for text in found(page, f".entry-content {css}"))
    assert dropped.endswith(credit)


@needs_shared
def test_the_story_date_of_an_aggregated_item_is_not_the_page_clock() -> None:
    page, rules = seed_page("kcnawatch"), bundled("kcnawatch").extract
    assert rules.published is not None
    assert rules.published.format is not None
    day = re.search(r"\d{2}/\d{2}/\d{4}", found(page, rules.published.css)[0])
    assert day is not None
    story = datetime.strptime(day[0], rules.published.format)  # noqa: DTZ007 - only the day is compared
    assert story.date().isoformat() == seed_truth("kcnawatch")["published_at"][:10]


@needs_shared
def test_the_origin_of_an_aggregated_item_is_its_link_to_the_source() -> None:
    page, rules = seed_page("kcnawatch"), bundled("kcnawatch").extract
    assert rules.origin is not None
    (link,) = elements(page, rules.origin.css)
    assert link.get("href") == seed_truth("kcnawatch")["origin_url"]
