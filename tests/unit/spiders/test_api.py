from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.outlet import Api, ApiType
from pipeline.records import Stamp
from spiders import api
from spiders.offers import Answer, Document, Offer
from tests.unit.spiders.documents import atom, document

POSTS = "https://blog.example/wp-json/wp/v2/posts"
SEARCH = "https://www.gov.example/api/search.json"
REPORTS = "https://api.relief.example/v2/reports"
ADDRESSES: dict[ApiType, str] = {"wordpress": POSTS, "govuk": SEARCH, "reliefweb": REPORTS}


def look(
    address: str,
    kind: ApiType,
    reply: object,
    *,
    zone: str = "Asia/Seoul",
    status: int = 200,
    page: int = 1,
    **headers: str,
) -> Answer:
    body = reply if isinstance(reply, str) else json.dumps(reply)
    return api.read(
        Api(api=address, type=kind), document(body, url=address, status=status, page=page, **headers), zone
    )


def post(**more: object) -> dict[str, object]:
    return {
        "link": "https://blog.example/1",
        "title": {"rendered": "T"},
        "date_gmt": "2025-02-06T10:00:00",
        **more,
    }


@pytest.mark.parametrize(
    ("address", "kind", "first"),
    [
        (POSTS, "wordpress", f"{POSTS}?per_page=100&page=1"),
        (f"{POSTS}?categories=7&per_page=20", "wordpress", f"{POSTS}?categories=7&per_page=20&page=1"),
        ("https://blog.example/?rest_route=/wp/v2/posts", "wordpress", "https://blog.example/?rest_route=/wp/v2/posts&per_page=100&page=1"),
        (
            f"{SEARCH}?q=a%20b&order=relevance",
            "govuk",
            f"{SEARCH}?q=a%20b&order=relevance&count=100&start=0&fields=title,link,description,public_timestamp",
        ),
        ("https://www.gov.example/office.atom", "govuk", "https://www.gov.example/office.atom"),
    ],
)  # fmt: skip
def test_the_first_address_keeps_what_the_operator_wrote(address: str, kind: ApiType, first: str) -> None:
    assert api.first_url(Api(api=address, type=kind)) == first


def test_reliefweb_is_asked_for_the_fields_that_are_read() -> None:
    first = api.first_url(Api(api=f"{REPORTS}?appname=desk", type="reliefweb"))
    assert first.startswith(
        f"{REPORTS}?appname=desk&limit=50&sort%5B%5D=date.created:desc&fields%5Binclude%5D%5B%5D=title&"
    )
    own = f"{REPORTS}?appname=desk&fields[include][]=title&limit=5&sort[]=date:desc"
    assert api.first_url(Api(api=own, type="reliefweb")) == own


def test_a_wordpress_post_becomes_an_offer() -> None:
    whole = post(
        title={"rendered": "Tom &#038; Jerry"},
        date="2025-02-06T19:00:00",
        modified_gmt="2025-02-07T10:00:00",
        content={"rendered": "<p>Text</p>", "protected": False},
        excerpt={"rendered": "<p>Short&hellip;</p>"},
        _embedded={"author": [{"name": "Ann Lee"}, {"code": "rest_user_invalid_id"}]},
    )
    assert look(POSTS, "wordpress", [whole]).offers == (
        Offer(
            url="https://blog.example/1",
            title="Tom & Jerry",
            summary="Short…",
            published=Stamp(datetime(2025, 2, 6, 10, tzinfo=UTC), "second", "api"),
            modified=datetime(2025, 2, 7, 10, tzinfo=UTC),
            authors=("Ann Lee",),
            content="<p>Text</p>",
        ),
    )


def test_a_wordpress_post_is_named_as_its_feed_names_it() -> None:
    named = post(guid={"rendered": "https://blog.example/?p=7"})
    assert look(POSTS, "wordpress", [named]).offers[0].identifier == "https://blog.example/?p=7"


def test_a_wordpress_time_that_is_not_gmt_is_in_the_zone_of_the_outlet() -> None:
    (offer,) = look(
        POSTS, "wordpress", [post(date_gmt="0000-00-00T00:00:00", date="2025-02-06T19:00:00")]
    ).offers
    assert offer.published
    assert offer.published.at.isoformat() == "2025-02-06T19:00:00+09:00"


def test_a_protected_post_has_no_content() -> None:
    (offer,) = look(POSTS, "wordpress", [post(content={"rendered": "<form>", "protected": True})]).offers
    assert offer.content is None


@pytest.mark.parametrize(
    ("page", "headers", "following"),
    [
        (1, {"X_WP_TotalPages": "3"}, f"{POSTS}?per_page=2&page=2"),
        (2, {"x_wp_totalpages": "3"}, f"{POSTS}?per_page=2&page=3"),
        (3, {"X_WP_TotalPages": "3"}, None),
        (5, {}, f"{POSTS}?per_page=2&page=6"),
        (1, {"X_WP_TotalPages": "many"}, f"{POSTS}?per_page=2&page=2"),
    ],
)
def test_wordpress_pages_follow_each_other(page: int, headers: dict[str, str], following: str | None) -> None:
    answer = look(f"{POSTS}?per_page=2", "wordpress", [post(), post()], page=page, **headers)
    assert answer.next_page == following


def test_a_page_of_wordpress_that_is_not_full_is_the_last_where_the_headers_are_gone() -> None:
    assert look(POSTS, "wordpress", [post()]).next_page is None


def test_past_the_end_of_wordpress_is_an_end_and_no_complaint() -> None:
    error = {"code": "rest_post_invalid_page_number", "message": "…", "data": {"status": 400}}
    assert look(POSTS, "wordpress", error, status=400, page=7) == Answer()
    assert look(POSTS, "wordpress", [], page=7, X_WP_TotalPages="9") == Answer()


NO_ROUTE = {"code": "rest_no_route", "message": "No route was found"}
UNAPPROVED = {"status": 403, "error": {"message": "You are not using an approved appname."}}


@pytest.mark.parametrize(
    ("kind", "reply", "status", "words"),
    [
        ("wordpress", NO_ROUTE, 404, "WordPress answered 404: No route was found (rest_no_route)"),
        ("wordpress", {"id": 1}, 200, "WordPress answered 200: nothing that is a list of posts"),
        (
            "wordpress",
            "<html><title>Login</title>",
            200,
            "“Login” where the list of posts of WordPress should be",
        ),
        (
            "wordpress",
            "<title>Access denied</title>",
            403,
            "status 403, and a block page titled “Access denied”",
        ),
        ("wordpress", "", 200, "the document is empty where the list of posts of WordPress should be"),
        ("wordpress", '[{"link":', 200, "broken JSON where the list of posts of WordPress should be"),
        ("wordpress", "[" * 100_000, 200, "broken JSON where"),
        ("govuk", {"error": "Unexpected parameter"}, 422, "the search answered 422: Unexpected parameter"),
        ("govuk", [], 200, "the search answered 200: nothing that is a list of results"),
        (
            "govuk",
            "<title>Sorry</title>",
            200,
            "an HTML page titled “Sorry” where the search results of gov.uk",
        ),
        ("reliefweb", UNAPPROVED, 403, "The address needs an appname that ReliefWeb has approved"),
        ("reliefweb", {"error": {"message": "No field"}}, 400, "ReliefWeb answered 400: No field"),
        ("reliefweb", {"data": {}}, 200, "ReliefWeb answered 200: nothing that is a list"),
    ],
)
def test_what_is_no_answer_is_named_in_words(kind: ApiType, reply: object, status: int, words: str) -> None:
    answer = look(ADDRESSES[kind], kind, reply, status=status)
    assert (answer.offers, answer.next_page) == ((), None)
    assert words in (answer.complaint or "")


def test_a_search_result_of_gov_uk_is_fetched_from_the_content_interface() -> None:
    result = {
        "title": "New  rules",
        "link": "/government/news/1",
        "description": "What is new.",
        "public_timestamp": "2025-02-06T10:00:00Z",
    }
    elsewhere = {"title": "Campaign", "link": "https://campaign.example/"}
    answer = look(f"{SEARCH}?count=2", "govuk", {"results": [result, elsewhere, None], "total": 5})
    assert answer.offers == (
        Offer(
            url="https://www.gov.example/government/news/1",
            fetch="https://www.gov.example/api/content/government/news/1",
            title="New rules",
            summary="What is new.",
            modified=datetime(2025, 2, 6, 10, tzinfo=UTC),
        ),
        Offer("https://campaign.example/", title="Campaign"),
    )
    assert answer.next_page is not None
    assert answer.next_page.endswith("&start=2")


def test_the_last_search_results_have_no_next_page() -> None:
    reply = {"results": [{"link": "/1"}], "total": 5}
    assert look(f"{SEARCH}?count=2", "govuk", reply, page=3).next_page is None


def test_a_feed_of_gov_uk_is_fetched_from_the_content_interface() -> None:
    entry = (
        "<id>https://www.gov.example/government/news/1#2025</id><title>New rules</title>"
        '<link rel="alternate" type="text/html" href="https://www.gov.example/government/news/1"/>'
        "<updated>2025-02-06T10:00:00+00:00</updated>"
    )
    (offer,) = look("https://www.gov.example/office.atom", "govuk", atom(entry)).offers
    assert offer.fetch == "https://www.gov.example/api/content/government/news/1"
    assert (offer.published, offer.modified) == (None, datetime(2025, 2, 6, 10, tzinfo=UTC))


def test_a_report_of_reliefweb_becomes_an_offer() -> None:
    fields = {
        "title": "Flood update",
        "url": "https://relief.example/node/1",
        "url_alias": "https://relief.example/report/x/flood-update",
        "date": {
            "original": "2025-02-01T00:00:00+00:00",
            "created": "2025-02-06T10:00:00+00:00",
            "changed": "2025-02-06T11:00:00+00:00",
        },
        "source": [{"name": "Food Programme"}, {"name": "Red Crescent"}],
        "origin": "https://food.example/flood",
        "language": [{"code": "en"}],
        "body-html": "<p>Water rose.</p>",
    }
    reply = {
        "data": [{"fields": fields}, {"fields": {}}],
        "links": {"next": {"href": f"{REPORTS}?offset=50"}},
    }
    answer = look(REPORTS, "reliefweb", reply)
    assert answer.offers == (
        Offer(
            url="https://relief.example/report/x/flood-update",
            title="Flood update",
            published=Stamp(datetime(2025, 2, 6, 10, tzinfo=UTC), "second", "api"),
            modified=datetime(2025, 2, 6, 11, tzinfo=UTC),
            language="en",
            content="<p>Water rose.</p>",
            origin_url="https://food.example/flood",
            origin_name="Food Programme, Red Crescent",
        ),
    )
    assert answer.next_page == f"{REPORTS}?offset=50"


def test_reliefweb_does_not_lead_to_another_server() -> None:
    reply = {"data": [{}], "totalCount": 100, "links": {"next": {"href": "http://169.254.169.254/"}}}
    following = look(f"{REPORTS}?appname=desk", "reliefweb", reply).next_page
    assert following is not None
    assert following.startswith(REPORTS)
    assert following.endswith("&offset=50")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["link", "title", "rendered", "content", "protected", "date_gmt", "results", "data", "fields",
             "url", "links", "next", "href", "total", "_embedded", "author", "name", "source", "code"]
        ),
        inner,
        max_size=5,
    ),
    max_leaves=20,
)  # fmt: skip


@settings(max_examples=300)
@given(JSON, st.sampled_from([200, 400, 403, 500]))
def test_no_shape_of_json_makes_a_reader_raise(value: object, status: int) -> None:
    for kind, address in ADDRESSES.items():
        for reply in (value, [value], {"results": [value]}, {"data": [{"fields": value}], "links": value}):
            answer = api.read(
                Api(api=address, type=kind),
                Document(address, status, (), json.dumps(reply).encode()),
                "UTC",
            )
            assert all(offer.url.startswith(("http://", "https://")) for offer in answer.offers)
