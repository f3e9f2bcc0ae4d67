"""Dates: which is believed, and where on a page they are found."""

# ruff: noqa: E501 - markup and tables of cases are read by rows
from __future__ import annotations

import json
from datetime import datetime

import pytest

from pipeline.extract.datetrust import Dated, Trust, believable, choose, plausible
from pipeline.records import Precision, Signal, Stamp
from tests.unit.pipeline.extract.pages import BODY, NOW, PARAGRAPHS, TITLE, html, outlet, read


def stamp(at: str, precision: Precision = "second", signal: Signal = "meta") -> Stamp:
    return Stamp(datetime.fromisoformat(at), precision, signal)


def test_the_more_trusted_signal_says_the_day() -> None:
    meta = Dated(stamp("2024-05-01T10:00:00+00:00"), Trust.META)
    jsonld = Dated(stamp("2024-05-02T10:00:00+00:00", signal="jsonld"), Trust.JSONLD)
    assert choose([meta, jsonld]) == jsonld.stamp
    assert choose([]) is None


def test_a_day_gets_its_time_from_another_signal_of_that_day() -> None:
    day = Dated(stamp("2024-05-01T00:00:00+09:00", "day", "feed"), Trust.OFFER)
    same = Dated(stamp("2024-05-01T10:04:00+09:00", "minute", "visible"), Trust.NEAR_TITLE)
    other = Dated(stamp("2024-05-02T10:04:00+09:00", "minute", "visible"), Trust.LABELLED)
    assert choose([day, same, other]) == same.stamp
    assert choose([day, other]) == day.stamp


def test_json_ld_is_named_where_it_says_what_a_selector_found() -> None:
    selected = Dated(stamp("2024-05-01T00:00:00+03:00", "day", "selector"), Trust.SELECTOR)
    same = Dated(stamp("2024-05-01T00:00:00+03:00", "day", "jsonld"), Trust.JSONLD)
    other = Dated(stamp("2024-05-03T00:00:00+03:00", "day", "jsonld"), Trust.JSONLD)
    assert choose([selected, same]) == same.stamp
    assert choose([selected, other]) == selected.stamp


def test_day_and_month_are_turned_where_another_signal_agrees() -> None:
    meta = Dated(stamp("2024-04-03T00:00:00+00:00", "day"), Trust.META, ambiguous=True)
    seen = Dated(stamp("2024-03-04T00:00:00+00:00", "day", "visible"), Trust.NEAR_TITLE)
    same = Dated(stamp("2024-04-03T00:00:00+00:00", "day", "url"), Trust.URL)
    assert choose([meta, seen]) == stamp("2024-03-04T00:00:00+00:00", "day")
    assert choose([meta, seen, same]) == meta.stamp
    assert choose([meta]) == meta.stamp


def test_an_ambiguous_date_ahead_was_meant_the_other_way_round() -> None:
    ahead = Dated(stamp("2024-12-02T00:00:00+00:00", "day"), Trust.META, ambiguous=True)
    assert [d.day.isoformat() for d in plausible([ahead], NOW)] == ["2024-02-12"]


def test_a_time_without_a_zone_gets_it_from_the_same_instant() -> None:
    floating = Dated(stamp("2024-05-01T08:30:05+00:00", signal="jsonld"), Trust.JSONLD, floating=True)
    zoned = Dated(stamp("2024-05-01T08:30:05+02:00"), Trust.META)
    other = Dated(stamp("2024-05-01T08:31:07+02:00"), Trust.META)
    assert choose([floating, zoned]) == zoned.stamp
    assert choose([floating, other]) == floating.stamp


def test_a_labelled_date_goes_before_the_day_of_the_change() -> None:
    machine = Dated(stamp("2024-05-01T08:30:00+00:00", signal="jsonld"), Trust.JSONLD)
    labelled = Dated(stamp("2023-02-03T00:00:00+00:00", "day", "visible"), Trust.LABELLED)
    assert choose([machine, labelled], datetime.fromisoformat("2024-05-01T09:00:00+00:00")) == labelled.stamp
    assert choose([machine, labelled], datetime.fromisoformat("2024-05-09T09:00:00+00:00")) == machine.stamp


@pytest.mark.parametrize(
    "at",
    [
        "0001-01-01T00:00:00+00:00",
        "1969-12-31T23:59:59+00:00",
        "1970-01-01T00:00:00+00:00",
        "2024-05-13T00:00:00+00:00",
    ],
)
def test_zeros_and_futures_are_no_dates(at: str) -> None:
    assert not believable(datetime.fromisoformat(at), NOW)


def ld(fields: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {fields}}}</script>'


def test_a_naive_time_is_in_the_outlets_zone() -> None:
    head = '<meta property="article:published_time" content="2024-05-01T08:30:00">'
    published = read(html(head=head), outlet()).published
    assert published == stamp("2024-05-01T08:30:00+09:00")


def test_a_false_zero_gives_way_to_the_next_signal() -> None:
    head = (
        ld('"datePublished": "0001-01-01T00:00:00Z"') + '<meta name="pubdate" content="2024-05-01T08:30:00Z">'
    )
    published = read(html(head=head)).published
    assert published is not None
    assert published.signal == "meta"


def test_the_offers_date_stands_behind_the_pages_own_and_before_the_urls() -> None:
    feed = stamp("2024-05-01T12:00:00+00:00", signal="feed")
    own = read(html(head=ld('"datePublished": "2024-04-30T09:00:00Z"')), published=feed).published
    assert own is not None
    assert own.signal == "jsonld"
    url = "https://news.example.org/2024/04/29/harbour"
    assert read(html(), url=url, published=feed).published == feed
    from_url = read(html(), url=url).published
    assert from_url == stamp("2024-04-29T00:00:00+00:00", "day", "url")


def test_a_time_element_at_the_head_is_the_date() -> None:
    body = f'<p class="meta">Posted <time datetime="2024-05-01T10:00:00Z">1 May</time></p>{BODY}'
    assert read(html(body)).published == stamp("2024-05-01T10:00:00+00:00", signal="visible")


@pytest.mark.parametrize(
    "around",
    [
        '<div class="page-clock">May 9, 2024</div>{page}',
        '<header><div class="date">Thursday, May 9, 2024</div></header>{page}',
        '<div class="top"><span>May 9, 2024</span></div>{page}',
        "{page}<footer>© 2024. Printed on 9 May 2024</footer>",
        '{page}<section class="related"><h3>Related</h3><a href="/a">A story</a> <time datetime="2024-05-08">8 May</time></section>',
        '{page}<aside><h2>Archive</h2><a href="/m/202404">April 2024</a></aside>',
        '{page}<img src="/uploads/2024/05/07/quay.jpg">',
    ],
    ids=[
        "page clock",
        "clock called a date",
        "clock without a name",
        "footer",
        "related story",
        "archive",
        "image path",
    ],
)
def test_dates_that_are_not_the_articles_never_win(around: str) -> None:
    inside = f"<article><h1>Harbour council opens the old quay to ships</h1>{BODY}</article>"
    page = f"<html><head><title>Harbour council opens the old quay to ships</title></head><body>{around.format(page=inside)}</body></html>"
    assert read(page).published is None


def test_last_updated_is_a_change_and_no_publication() -> None:
    extract = read(html(f"<p>Last updated on May 2nd, 2024 at 9:05 am</p>{BODY}"), outlet())
    assert extract.published is None
    assert extract.modified is not None
    assert extract.modified.isoformat() == "2024-05-02T09:05:00+09:00"
    assert "updated" not in extract.text


@pytest.mark.parametrize(
    "line",
    [
        "<p>Last updated</p><p>2 May 2024</p>",
        '<div class="field-name-changed"><p>2 May 2024</p></div>',
    ],
    ids=["label in the line before", "name of the element"],
)
def test_a_change_is_told_by_the_line_before_or_by_names(line: str) -> None:
    assert read(html(line + BODY)).published is None


def test_a_label_in_the_line_before_makes_a_date_at_the_end_the_publication() -> None:
    body = f"{BODY}<div><p>Published</p><p>2 Feb 2023</p></div>"
    assert read(html(body)).published == stamp("2023-02-02T00:00:00+00:00", "day", "visible")


def test_a_time_element_without_a_value_is_read() -> None:
    body = f'<p class="byline">By A. Person <time>2 May 2024</time></p>{BODY}'
    assert read(html(body)).published == stamp("2024-05-02T00:00:00+00:00", "day", "visible")


@pytest.mark.parametrize(
    ("name", "found"),
    [("published_on", True), ("articleDate", True), ("dc:created", True), ("expires-date", False), ("build_date", False),
     ("event:start_date", False), ("post_modified_date", False)],
)  # fmt: skip
def test_a_meta_that_sounds_like_a_publication_is_the_last_word_of_machines(
    name: str, *, found: bool
) -> None:
    head = f'<meta name="{name}" content="2024-05-01T08:30:00Z">'
    assert (read(html(head=head)).published == stamp("2024-05-01T08:30:00+00:00")) is found
    seen = read(html(f"<p>Posted 2 May 2024</p>{BODY}", head=head)).published
    assert seen is not None
    assert seen.signal == "visible"


def test_json_ld_of_no_article_counts_if_it_agrees_with_itself() -> None:
    def video(*days: str) -> str:
        things = ", ".join(f'{{"@type": "VideoObject", "uploadDate": "{day}"}}' for day in days)
        return f'<script type="application/ld+json">[{things}]</script>'

    assert read(html(head=video("2024-05-01"))).published == stamp(
        "2024-05-01T00:00:00+00:00", "day", "jsonld"
    )
    assert read(html(head=video("2024-05-01", "2024-05-03"))).published is None


def in_state(article: dict[str, object], *others: dict[str, object], body: str = BODY, head: str = "") -> str:
    """Write a page with the state of its application: the article's object, and those of other stories."""
    state = {"props": {"pageProps": {"detail": {"content": article, "related": list(others)}}}}
    script = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(state)}</script>'
    return html(body + script, head=head)


@pytest.mark.parametrize(
    ("fields", "at"),
    [
        ({"publishTime": 1714716300000}, "2024-05-03T15:05:00+09:00"),
        ({"publish_date": 1714716300}, "2024-05-03T15:05:00+09:00"),
        ({"pubTime": "2024-05-03 14:05"}, "2024-05-03T14:05:00+09:00"),
        ({"publishedAt": "2024-05-03T05:05:00Z"}, "2024-05-03T05:05:00+00:00"),
        ({"pubTime": "2024-05-03 15:05", "publishTime": 1714716300000}, "2024-05-03T15:05:00+09:00"),
        (
            {"created_at": "2024-05-01T05:05:00Z", "datePublished": "2024-05-03T05:05:00Z"},
            "2024-05-03T05:05:00+00:00",
        ),
        (
            {"publishedAt": "2024-05-04T05:05:00Z", "firstPublished": "2024-05-03T05:05:00Z"},
            "2024-05-03T05:05:00+00:00",
        ),
        ({"created_at": "2024-05-03T05:05:00Z"}, "2024-05-03T05:05:00+00:00"),
        ({"dates": {"displayDate": "2024-05-03T05:05:00Z"}}, "2024-05-03T05:05:00+00:00"),
        ({"publishedAt": 0, "createdAt": "2024-05-03T05:05:00Z"}, "2024-05-03T05:05:00+00:00"),
    ],
)
def test_the_state_of_the_application_tells_when_the_article_was_published(
    fields: dict[str, object], at: str
) -> None:
    published = read(in_state({"title": TITLE} | fields), outlet()).published
    assert published is not None
    assert (published.at.isoformat(), published.signal) == (at, "meta")


@pytest.mark.parametrize(
    "fields",
    [
        {"publishTime": 0},
        {"publishTime": 9999999999999},
        {"publishTime": "3 hours ago"},
        {"publishTime": True},
        {"updatedAt": "2024-05-03T05:05:00Z"},
        {"expires_at": "2024-05-03T05:05:00Z"},
        {"comments": [{"publishedAt": "2024-05-03T05:05:00Z"}]},
        {"comments": [{"text": BODY, "publishedAt": "2024-05-03T05:05:00Z"}]},
        {"next": {"title": "Another story altogether", "publishedAt": "2024-05-03T05:05:00Z"}},
    ],
)
def test_what_is_no_publication_in_the_state_is_none(fields: dict[str, object]) -> None:
    assert read(in_state({"title": TITLE} | fields)).published is None


def test_a_short_headline_in_the_state_is_known_by_the_title_without_the_site() -> None:
    state = json.dumps({"detail": {"name": "旧码头重新开放", "publishTime": 1714716300000}})
    source = (
        f"<html lang=zh><title>旧码头重新开放_示例网</title>{BODY}<script>window.__STATE__={state}</script>"
    )
    published = read(source).published
    assert published is not None
    assert published.precision == "second"


def test_related_stories_in_the_state_do_not_date_the_article() -> None:
    other = {"title": "Another story altogether", "publishTime": 1714716300000}
    assert read(in_state({"title": TITLE}, other)).published is None


def test_the_object_that_holds_the_body_is_dated_without_a_title() -> None:
    mine = {"body": BODY, "publishTime": 1714716300000}
    published = read(in_state(mine, body="")).published
    assert published is not None
    assert published.at.isoformat() == "2024-05-03T06:05:00+00:00"
    other: dict[str, object] = {"body": BODY, "publishTime": 1614716300000}
    assert read(in_state(mine, other, body="")).published is None
    foreign: dict[str, object] = {"title": "Another story altogether", "part": other}
    assert read(in_state(mine, foreign, body="")).published == published


def test_the_state_stands_behind_the_metas_and_before_what_is_seen() -> None:
    article: dict[str, object] = {"title": TITLE, "publishTime": 1714716300000}
    meta = '<meta property="article:published_time" content="2024-05-02T10:00:00Z">'
    seen = "<div>Published: 1 May 2024, 10:00</div>" + BODY
    stated = read(in_state(article, body=seen, head=meta)).published
    state = read(in_state(article, body=seen)).published
    assert stated is not None
    assert state is not None
    assert (stated.at.day, state.at.day) == (2, 3)


def test_a_dateline_gives_the_day() -> None:
    body = f"<p>GENEVA, 3 May 2024 – Delegates of forty countries opened the spring session of the harbour conference on Friday with a long debate about the herring, the quay and the price of ice.</p>{BODY}"
    assert read(html(body)).published == stamp("2024-05-03T00:00:00+00:00", "day", "dateline")


def page_of(inside: str) -> str:
    return f"<html><head><title>{TITLE}</title></head><body>{inside}</body></html>"


def test_a_byline_away_from_the_headline_tells_the_date_if_it_is_the_only_one() -> None:
    many = "<p>A line that stands between them.</p>" * 16
    byline = '<div class="author-details"><p>A. Person</p><small>1 May 2024</small></div>'
    other = '<div class="author-details"><p>B. Person</p><small>3 May 2024</small></div>'
    assert read(page_of(f"<h1>{TITLE}</h1>{many}{byline}{BODY}")).published == stamp(
        "2024-05-01T00:00:00+00:00", "day", "visible"
    )
    assert read(page_of(f"<h1>{TITLE}</h1>{many}{byline}{other}{BODY}")).published is None


def test_the_day_of_the_fetch_is_a_clock_away_from_the_headline() -> None:
    many = "<p>A line that stands between them.</p>" * 16
    byline = '<div class="author-details"><p>Today</p><small>10 May 2024</small></div>'
    assert read(page_of(f"<h1>{TITLE}</h1>{many}{byline}{BODY}")).published is None


def test_a_date_in_the_row_above_the_headline_is_the_date() -> None:
    rows = f"<tr><td>21.04.2024</td></tr><tr><td><b>{TITLE}</b></td></tr><tr><td>{'<br><br>'.join(PARAGRAPHS)}</td></tr>"
    menu = "<td><a href='/a'>The minister</a><br><a href='/b'>Visas</a></td>"
    old = f"<html><body><table><tr>{menu}<td><table>{rows}</table></td></tr></table></body></html>"
    extract = read(old, title=TITLE)
    assert extract.published == stamp("2024-04-21T00:00:00+00:00", "day", "visible")


def test_a_subtitle_that_names_the_day_of_an_event_is_no_date() -> None:
    body = f'<h3 class="subtitle">10 April 2024, 18:00, Rome time: a talk with the harbour master</h3><div class="meta">6 March 2024</div>{BODY}'
    assert read(html(body)).published == stamp("2024-03-06T00:00:00+00:00", "day", "visible")


def test_a_comments_time_is_never_the_articles() -> None:
    comment = '<div class="comments"><p>Nice.</p><time itemprop="datePublished" datetime="2024-05-03T10:00:00Z">3 May</time></div>'
    assert read(html(BODY + comment)).published is None


def test_every_date_that_was_weighed_can_be_read_with_the_one_believed_first() -> None:
    head = (
        '<meta property="article:published_time" content="2024-05-07T09:30:00+09:00">'
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-05-08T10:00:00+09:00"}</script>'
    )
    reasons = read(html(head=head)).reasons
    assert reasons[0] == "body by trafilatura: the page shows 418 characters in paragraphs"
    assert reasons[1:3] == (
        "published 2024-05-08T10:00:00+09:00 to the second by jsonld (jsonld): believed",
        "published 2024-05-07T09:30:00+09:00 to the second by meta (meta): not believed",
    )


def test_a_time_without_a_zone_takes_that_of_the_same_time_on_the_wall() -> None:
    floating = Dated(stamp("2024-05-01T08:30:05+00:00"), Trust.META, floating=True)
    shown = Dated(stamp("2024-05-01T08:30:00+07:00", "minute", "visible"), Trust.NEAR_TITLE)
    later = Dated(stamp("2024-05-01T08:31:00+07:00", "minute", "visible"), Trust.NEAR_TITLE)
    assert choose([floating, shown]) == stamp("2024-05-01T08:30:05+07:00")
    assert choose([floating, later]) == floating.stamp


@pytest.mark.parametrize(
    ("above", "day"),
    [
        ("<span>20.04.2024 10:27</span>", "2024-04-20T10:27:00+00:00"),
        ('<div class="text"><p>April 20, 2024</p></div>', "2024-04-20T00:00:00+00:00"),
        ('<p class="fecha">Geneva, 20 April 2024</p>', "2024-04-20T00:00:00+00:00"),
    ],
)
def test_a_date_right_above_the_headline_is_the_articles(above: str, day: str) -> None:
    source = f"<title>{TITLE}</title><body><ul><li><a href='/'>Home</a></ul><div id=c>{above}<h3>{TITLE}</h3>{BODY}</div>"
    published = read(source).published
    assert published is not None
    assert published.at.isoformat() == day


@pytest.mark.parametrize(
    "above",
    [
        "<p>The council voted on 20 April 2024</p>",
        '<div class="clock"><p>20 April 2024</p></div>',
        "<div><div><div><div><p>20 April 2024</p></div></div></div></div>",
    ],
)
def test_a_clock_or_a_sentence_above_the_headline_dates_nothing(above: str) -> None:
    source = f"<title>{TITLE}</title><body><div id=c>{above}<h3>{TITLE}</h3>{BODY}</div>"
    assert read(source).published is None


def test_what_a_microformat_marks_as_published_is_the_date() -> None:
    signed = '<abbr class="published" title="2024-05-03T20:48:30-03:00">20:48</abbr>'
    published = read(html(f"{BODY}<p>Posted at {signed}</p>")).published
    assert published is not None
    assert published.at.isoformat() == "2024-05-03T20:48:30-03:00"


def test_a_korean_date_of_two_digits_a_part_begins_with_the_year() -> None:
    source = html(f"<div>작성자 관리자 조회 87 작성일 24-04-10 21:42</div>{BODY}", lang="ko")
    published = read(source).published
    assert published is not None
    assert published.at.isoformat() == "2024-04-10T21:42:00+00:00"


def test_the_digits_of_a_second_date_are_no_time_of_day() -> None:
    line = "<div class='tarih'>02.05.2024 - Güncelleme : 03.05.2024</div>"
    found = read(html(line + BODY, lang="tr"))
    assert found.published is not None
    assert (found.published.at.isoformat(), found.published.precision) == ("2024-05-02T00:00:00+00:00", "day")
    assert found.modified is not None
    assert found.modified.isoformat() == "2024-05-03T00:00:00+00:00"


def test_a_byline_in_what_is_called_navigation_tells_the_only_date() -> None:
    line = '<div class="nav-wrap"><div class="author__submitted">March 30, 2024 | 5 min read</div></div>'
    found = read(html(line + 6 * BODY).replace(f"<h1>{TITLE}</h1>", "")).published
    assert found is not None
    assert found.at.date().isoformat() == "2024-03-30"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        (
            "This article was originally published on 3 May 2023 but has since been changed in several places to keep what it tells up to date.",
            "2023-05-03",
        ),
        (
            "The survey that the council asked for was published on 3 May 2023 and has since been read in several places by those who know of it.",
            "2024-02-01",
        ),
    ],
)
def test_a_sentence_behind_the_text_tells_when_this_article_was_published(line: str, day: str) -> None:
    found = read(html(f"<div>1 Feb 2024, 11:07</div>{6 * BODY}<p>{line}</p>")).published
    assert found is not None
    assert found.at.date().isoformat() == day
