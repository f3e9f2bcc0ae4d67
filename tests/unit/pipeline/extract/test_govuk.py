"""The JSON of a content API is read as an article."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pipeline.extract import extract_page
from pipeline.records import Extract, Refusal, Rejected
from tests.shared import SHARED, needs_shared
from tests.unit.pipeline.extract.pages import BODY, PARAGRAPHS, TEXT, page, read, refused

URL = "https://www.example.gov/api/content/government/news/quay"
JSON = "application/json; charset=utf-8"


def answer(**changes: Any) -> str:
    fields: dict[str, Any] = {
        "base_path": "/government/news/quay",
        "document_type": "press_release",
        "schema_name": "news_article",
        "title": "Minister opens the old quay",
        "description": "The quay is open to ships again.",
        "locale": "en",
        "first_published_at": "2024-05-01T09:30:00.000+01:00",
        "public_updated_at": "2024-05-02T10:00:00.000+01:00",
        "details": {"body": f'<div class="govspeak">{BODY}</div>'},
    }
    return json.dumps(fields | changes)


def test_an_answer_is_an_article_with_all_its_fields() -> None:
    extract = read(answer(), url=URL, content_type=JSON)
    assert extract.title == "Minister opens the old quay"
    assert extract.text == TEXT
    assert extract.summary == "The quay is open to ships again."
    assert extract.language == "en"
    assert extract.canonical_link == "https://www.example.gov/government/news/quay"
    assert extract.published is not None
    assert (extract.published.at.isoformat(), extract.published.signal) == (
        "2024-05-01T09:30:00+01:00",
        "api",
    )
    assert extract.modified is not None
    assert extract.modified.isoformat() == "2024-05-02T10:00:00+01:00"


def test_a_body_in_parts_keeps_their_titles() -> None:
    parts = [{"title": "Warnings", "body": f"<p>{PARAGRAPHS[0]}</p>"}, {"title": "Entry", "body": [{"content_type": "text/html", "content": f"<p>{PARAGRAPHS[1]}</p>"}]}]  # fmt: skip  # noqa: E501
    extract = read(answer(details={"parts": parts}), url=URL, content_type=JSON)
    assert extract.text.splitlines() == ["Warnings", PARAGRAPHS[0], "Entry", PARAGRAPHS[1]]


@pytest.mark.parametrize("kind", ["redirect", "gone"])
def test_what_is_gone_is_refused(kind: str) -> None:
    source = answer(document_type=kind, schema_name=kind, title=None, details={})
    assert refused(source, url=URL, content_type=JSON).reason is Refusal.SOFT_404


def test_odd_answers_are_refused_rather_than_crash() -> None:
    for details in (None, {}, [], {"body": 3}, {"body": [None, 3]}, {"parts": 7}, {"parts": [None]}):
        assert refused(answer(details=details), url=URL, content_type=JSON).reason is Refusal.EMPTY


@needs_shared
def test_real_answers_give_their_text_and_date() -> None:
    index = [json.loads(line) for line in (SHARED / "govuk" / "index.jsonl").read_text("utf-8").splitlines()]
    missing = []
    for entry in index:
        result = extract_page(
            page((SHARED / entry["path"]).read_bytes(), url=entry["url"], content_type=JSON), None
        )
        wanted = " ".join((entry["text"] or "").split())
        if isinstance(result, Rejected):
            missing += [entry["path"]] if len(wanted) > 600 else []
        else:
            assert isinstance(result, Extract)
            missing += (
                [] if wanted[:40] in " ".join(result.text.split()) or len(wanted) < 200 else [entry["path"]]
            )
    assert len(missing) <= len(index) * 0.15, missing
