"""Blocks that recur on an outlet's pages: which go, and above all which stay."""

# ruff: noqa: E501 - markup and texts are read by rows
from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.boilerplate import NOTHING_LEARNED, Boilerplate
from pipeline.extract import extract_page
from pipeline.extract.recurring import MOST_SIGHTINGS, digest
from pipeline.records import Extract, Refusal, Rejected, Spot
from tests.unit.pipeline.extract.pages import html, page

PLACES = ("harbour", "market", "theatre", "station", "library", "museum", "garden", "bridge")
NOTE = (
    "Readers of the morning edition find this and much besides in the paper that lies at every newsagent's."
)

LABEL = '<div class="x1"><p>Edition for the northern counties</p></div>'


def story(n: int, *, before: str = "", behind: str = "", within: str = "", lede: str = "") -> str:
    """Write the page of the n-th story of an outlet, none of whose own sentences another one has."""
    place = PLACES[n % len(PLACES)] + f" {('north', 'south')[n // len(PLACES) % 2]}"
    own = [
        f"The council agreed on its {n + 3} proposals for the {place} after a debate that lasted into the night.",
        f"Builders expect to spend {n + 7} months on the {place}, whose roof was damaged in the storms of winter.",
        f"Those who live near the {place} fear noise, and {n + 20} of them have signed a letter to the mayor.",
        f"A second vote on the {place} is planned for week {n + 4}, when the engineers have given their opinion.",
    ]
    paragraphs = [f"<p>{p}</p>" for p in ([lede] if lede else []) + own]
    body = (
        f'{before}<div class="story">{"".join(paragraphs[:2])}{within}{"".join(paragraphs[2:])}</div>{behind}'
    )
    return html(body, title=f"Council votes on {n + 3} proposals for the {place}")


def extract(source: str, learned: Boilerplate = NOTHING_LEARNED) -> Extract:
    result = extract_page(page(source), None, learned)
    assert isinstance(result, Extract), result
    return result


def learn(*sources: str) -> Boilerplate:
    learned = NOTHING_LEARNED
    for source in sources:
        learned = learned.learn(extract(source).sightings)
    return learned


def gone(source: str, learned: Boilerplate) -> dict[str, str]:
    return {d.text: d.reason for d in extract(source, learned).dropped if d.reason.startswith("recurring")}


def test_a_label_behind_the_text_goes_from_the_second_page_on() -> None:
    pages = [story(n, behind=LABEL) for n in range(2)]
    assert "northern counties" in extract(pages[1]).text
    read = extract(pages[1], learn(pages[0]))
    assert "northern counties" not in read.text
    assert gone(pages[1], learn(pages[0])) == {
        "Edition for the northern counties": "recurring: on 1 other page"
    }


def test_a_sentence_outside_the_text_goes_when_two_other_pages_have_it() -> None:
    pages = [story(n, behind=f'<div class="x1"><p class="x2">{NOTE}</p></div>') for n in range(3)]
    assert NOTE in extract(pages[2], learn(pages[0])).text
    assert NOTE not in extract(pages[2], learn(*pages[:2])).text
    assert gone(pages[2], learn(*pages[:2])) == {NOTE: "recurring: on 2 other pages"}


def test_a_page_does_not_count_against_itself() -> None:
    pages = [story(n, behind=LABEL) for n in range(2)]
    alone = replace(learn(pages[0]), counted=True)
    assert extract(pages[0], alone).text == extract(pages[0]).text
    both = replace(learn(*pages), counted=True)
    assert all("northern counties" not in extract(source, both).text for source in pages)


@pytest.mark.parametrize("where", ["lede", "within", "behind"])
def test_a_refrain_of_statements_stays_however_often_it_returns(where: str) -> None:
    refrain = (
        "The Permanent Mission of the Island States presents its compliments to the Secretariat and avails "
        "itself of this opportunity to renew the assurances of its highest consideration."
    )
    markup = {"lede": refrain, "within": f"<p>{refrain}</p>", "behind": ""}[where]
    pages = [
        story(n, **{where: markup})
        if where != "behind"
        else story(n).replace("</div>", f"<p>{refrain}</p></div>")
        for n in range(12)
    ]
    learned = learn(*pages[:11])
    assert refrain in extract(pages[11], learned).text
    assert not gone(pages[11], learned)


def test_sub_heads_that_return_within_the_text_stay() -> None:
    pages = [story(n, within="<h2>What happened</h2>") for n in range(8)]
    assert "What happened" in extract(pages[7], learn(*pages[:7])).text


@pytest.mark.parametrize(
    "dateline", ["GENEVA (Island News) —", "Geneva, 14 March", "GENEVA, Thursday", "平壤3月14日电"]
)
def test_a_dateline_that_returns_stays(dateline: str) -> None:
    pages = [story(n, before=f'<div class="place">{dateline}</div>') for n in range(6)]
    assert extract(pages[5], learn(*pages[:5])).text == extract(pages[5]).text
    assert not gone(pages[5], learn(*pages[:5]))


def test_the_first_paragraph_stays_though_it_is_a_teaser_on_other_pages() -> None:
    lede = (
        "Ferries will call at the old quay again, the council decided, and the first one sails before autumn."
    )
    teaser = f'<section class="x1"><div class="x2">{lede}</div></section>'
    others = learn(*[story(n, behind=teaser) for n in range(5)])
    here = story(7, before=f'<div class="x3"><div class="x2">{lede}</div></div>')
    assert lede in extract(here).text
    assert lede in extract(here, others).text


def test_a_text_that_other_pages_carry_below_their_own_loses_nothing() -> None:
    here = story(7, within="<blockquote>We shall sail before the leaves fall, and every seat is taken, "
                           "said the captain of the first ship.</blockquote>")  # fmt: skip
    below = here[here.index('<div class="story">') : here.index("</article>")]
    others = learn(*[story(n, behind=f'<section class="next">{below}</section>') for n in range(6)])
    assert extract(here, others).text == extract(here).text


def test_words_in_cards_and_links_are_not_learned() -> None:
    behind = '<div class="card">Weather to come</div><p><a href="/a">All our reports in one place</a></p>'
    seen = {sighting.block for sighting in extract(story(1, behind=behind)).sightings}
    assert digest("Weather to come") not in seen
    assert digest("All our reports in one place") not in seen


def test_a_page_is_seen_by_its_title_its_text_and_what_is_around() -> None:
    read = extract(story(1, behind=LABEL))
    spots = {sighting.block: (sighting.spot, sighting.kept) for sighting in read.sightings}
    assert spots[digest(read.title) or 0] == (Spot.TITLE, False)
    assert spots[digest(read.text.splitlines()[1]) or 0] == (Spot.WITHIN, True)
    assert spots[digest("Edition for the northern counties") or 0][0] is Spot.OUTSIDE


def test_what_a_page_shows_is_bounded() -> None:
    many = "".join(
        f"<div>Box of the letter {'abcdefghij'[n % 10] * (n // 10 + 1)}</div>" for n in range(3000)
    )
    assert len(extract(story(1, behind=many)).sightings) == MOST_SIGHTINGS


def test_dates_are_alike_by_the_way_they_are_written() -> None:
    assert digest("14.03.2026, 11:20 Uhr") == digest("02.11.2025, 07:45 Uhr")
    assert digest("14.03.2026") != digest("14/03/26")
    assert digest("Chapter 4 of the council's plan") != digest("Chapter 5 of the council's plan")


def test_a_wall_under_any_title_is_refused_once_it_is_known() -> None:
    wall = "".join(
        f"<p>Please wait for check number {n} of your line, which takes longer than it should on most days of the week.</p>"
        for n in range(30, 36)
    )
    pages = [html(wall, title=f"Report number {n} of this week: {PLACES[n]}") for n in range(6)]
    learned = learn(*pages[:4])
    refused = extract_page(page(pages[4]), None, learned)
    assert isinstance(refused, Rejected)
    assert refused.reason is Refusal.BLOCK_PAGE
    assert isinstance(extract_page(page(pages[3]), None, learn(*pages[:3])), Extract)


def test_an_article_of_one_paragraph_above_long_boilerplate_is_no_wall() -> None:
    about = "".join(
        f"<p>The Island Agency has reported since {n} from every port, and its readers number many thousands.</p>"
        for n in range(1950, 1956)
    )
    pages = [
        html(f"<p>The ship of the {PLACES[n]} line left at noon with {n} hundred passengers and a crew of forty.</p>"
             + about, title=f"A ship of the {PLACES[n]} line leaves")
        for n in range(8)
    ]  # fmt: skip
    assert f"the {PLACES[7]} line left" in extract(pages[7], learn(*pages[:7])).text


def test_an_article_that_other_pages_show_whole_with_its_title_is_no_wall() -> None:
    here = story(7)
    text = here[here.index("<p>") : here.index("</article>")]
    title = here[here.index("<h1>") + 4 : here.index("</h1>")]
    others = learn(*[story(n, behind=f"<h2>{title}</h2>{text}") for n in range(6)])
    assert extract(here, others).text == extract(here).text


INVITATION = "<p>Daily news from the county also comes by our WhatsApp group, which anybody may join for nothing at all.</p>"
BOX = '<div class="nl-box"><h4>The paper in your inbox</h4><p>Five stories worth your coffee every day.</p></div>'


def test_a_sentence_of_the_paragraphs_make_goes_if_it_invites_elsewhere() -> None:
    pages = [story(n, within=INVITATION) for n in range(5)]
    assert "WhatsApp" not in extract(pages[4], learn(*pages[:4])).text
    refrain = INVITATION.replace("WhatsApp group", "assembly of citizens")
    pages = [story(n, within=refrain) for n in range(5)]
    assert "assembly of citizens" in extract(pages[4], learn(*pages[:4])).text


def test_a_box_of_short_lines_among_the_paragraphs_goes_if_it_recurs() -> None:
    pages = [story(n, within=BOX) for n in range(6)]
    assert "coffee" in extract(pages[0]).text
    assert not {"inbox", "coffee"} & set(extract(pages[5], learn(*pages[:5])).text.replace(".", "").split())
