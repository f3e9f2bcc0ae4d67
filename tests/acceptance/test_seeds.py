"""The four seed pages come out as their truth says, with the bundled profiles."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.outlet import Outlet
from pipeline.extract import extract_page
from pipeline.records import Candidate, Extract, Page
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared
BUNDLED = Path(__file__).resolve().parents[2] / "config" / "outlets"
SEEDS = ("theworkersrights", "aljazeera", "kcnawatch", "shhyyy")


@cache
def truths() -> dict[str, dict[str, Any]]:
    data = json.loads((SHARED / "seeds" / "truth.json").read_text("utf-8"))
    return {page["outlet"]: page for page in data["pages"]}


@cache
def extracted(seed: str, *, with_profile: bool) -> Extract:
    truth = truths()[seed]
    outlet = Outlet.model_validate(yaml.safe_load((BUNDLED / f"{seed}.yaml").read_text("utf-8")))
    if not with_profile:
        outlet = outlet.model_copy(update={"extract": type(outlet.extract)()})
    page = Page(
        candidate=Candidate(outlet=seed, url=truth["url"], key=truth["url"], offered_by="test"),
        url=truth["url"],
        status=200,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        body=(SHARED / "seeds" / truth["page"]).read_bytes(),
        fetched_at=datetime(2026, 1, 29, 12, tzinfo=UTC),
    )
    result = extract_page(page, outlet)
    assert isinstance(result, Extract)
    return result


def squashed(line: str) -> str:
    return " ".join(line.split())


each_seed = pytest.mark.parametrize("seed", SEEDS)
with_and_without = pytest.mark.parametrize("with_profile", [True, False], ids=["profile", "general"])


@each_seed
@with_and_without
def test_the_text_is_the_truth_line_for_line(seed: str, *, with_profile: bool) -> None:
    truth = truths()[seed]
    optional = {squashed(line) for line in truth["text_optional"]}
    wanted = [squashed(line) for line in truth["text"].splitlines()]
    got = [squashed(line) for line in extracted(seed, with_profile=with_profile).text.splitlines()]
    assert [line for line in got if line in wanted or line not in optional] == wanted


@each_seed
@with_and_without
def test_no_line_of_boilerplate_is_left(seed: str, *, with_profile: bool) -> None:
    truth = truths()[seed]
    kept = {squashed(line) for line in truth["text"].splitlines() + truth["text_optional"]}
    foreign = {squashed(line) for line in truth["boilerplate"] + truth["page_boilerplate"]} - kept
    text = extracted(seed, with_profile=with_profile).text
    assert not foreign & {squashed(line) for line in text.splitlines()}
    assert not [words for words in truth["boilerplate_inside"] if words in text]


@each_seed
@with_and_without
def test_the_title_is_the_headline_alone(seed: str, *, with_profile: bool) -> None:
    assert extracted(seed, with_profile=with_profile).title == truths()[seed]["title"]


@each_seed
@with_and_without
def test_the_dates_are_those_that_the_page_states(seed: str, *, with_profile: bool) -> None:
    truth, got = truths()[seed], extracted(seed, with_profile=with_profile)
    if truth["published_at"] is None:
        assert got.published is None
    else:
        assert got.published is not None
        assert got.published.at.isoformat() == truth["published_at"]
        assert got.published.precision == truth["published_precision"]
        assert got.published.signal in {
            truth["published_from"],
            *(["selector"] if seed == "kcnawatch" else []),
        }
    assert (got.modified.isoformat() if got.modified else None) == truth["modified_at"]


@each_seed
@with_and_without
def test_credits_origin_authors_and_language_are_right(seed: str, *, with_profile: bool) -> None:
    truth, got = truths()[seed], extracted(seed, with_profile=with_profile)
    assert list(got.credits) == truth["credits"]
    assert (got.origin_name, got.origin_url) == (truth["origin_name"], truth["origin_url"])
    assert set(got.authors) - set(truth["authors_optional"]) == set(truth["authors"])
    assert got.language == truth["language"]
