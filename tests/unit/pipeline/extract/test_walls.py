"""Walls that ask for consent or for money are no articles; a text beside one is."""

# ruff: noqa: E501 - markup is read by rows
from __future__ import annotations

import pytest

from pipeline.records import Refusal
from tests.unit.pipeline.extract.pages import BODY, PARAGRAPHS, TEXT, html, read, refused

ASKING = {
    "en": "<p>We and our 812 partners store and/or access information on a device, such as cookies, and process personal data.</p><p>You can accept all cookies, or change your choice in the privacy centre at any time you like.</p>",
    "de": "<p>Wir und unsere bis zu 200 Partner nutzen Cookies und verarbeiten personenbezogene Daten von Ihrem Gerät.</p>",
    "fr": "<p>Nos 140 partenaires et nous déposons des cookies pour mesurer l'audience de nos pages et de nos annonces.</p>",
}
WALLS = (
    '<div class="gate"><h3>This story is for subscribers</h3><p>Subscribe now to continue reading.</p></div>',
    '<div class="gate"><p>Bereits abonniert? Hier anmelden und den ganzen Artikel lesen.</p></div>',
    '<div class="gate"><p>この記事は会員限定です</p></div>',
)


@pytest.mark.parametrize("language", ASKING)
def test_a_page_that_only_asks_for_consent_is_refused(language: str) -> None:
    refusal = refused(html(ASKING[language], title="Before you continue", lang=language))
    assert refusal.reason is Refusal.BLOCK_PAGE
    assert "consent wall" in refusal.detail


@pytest.mark.parametrize("language", ASKING)
def test_an_article_with_a_notice_below_it_is_an_article(language: str) -> None:
    assert TEXT in read(html(f'{BODY}<div class="notice">{ASKING[language]}</div>')).text


@pytest.mark.parametrize("wall", WALLS)
def test_a_teaser_above_a_wall_is_refused(wall: str) -> None:
    assert refused(html(f"<p>{PARAGRAPHS[0]}</p>{wall}")).reason is Refusal.PAYWALL


@pytest.mark.parametrize("wall", WALLS)
def test_a_text_above_a_wall_is_kept(wall: str) -> None:
    assert TEXT in read(html(f"{BODY}{wall}")).text


def test_what_asks_for_money_below_a_text_is_told() -> None:
    assert read(html(f"{BODY}{WALLS[0]}")).wall == "This story is for subscribers"
    assert not read(html(BODY)).wall
