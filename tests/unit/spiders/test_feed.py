from __future__ import annotations

import gzip
import json
import pickle
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.records import Stamp
from spiders.feed import MAX_ITEMS, read
from spiders.offers import Answer, Offer
from tests.unit.spiders.documents import atom, document, rss

DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
LINK = "<link>https://news.example/1</link>"
ORIGINAL = (
    "<link>https://feeds.example/~r/1</link>"
    "<f:origLink xmlns:f='http://rssnamespace.org/feedburner/ext/1.0'>https://news.example/1</f:origLink>"
)


def only(body: str | bytes, zone: str = "Asia/Seoul", url: str = "https://news.example/feed.xml") -> Offer:
    answer = read(document(body, url=url), zone)
    assert answer.complaint is None
    (offer,) = answer.offers
    return offer


def test_an_rss_item_becomes_an_offer() -> None:
    item = (
        "<title>Two  dead\n in flood</title><link>https://news.example/1?a=1&amp;b=2</link>"
        "<description>&lt;p&gt;The &lt;b&gt;river&lt;/b&gt; rose.&lt;/p&gt;&lt;p&gt;It fell.&lt;/p&gt;"
        "</description>"
        "<pubDate>Thu, 06 Feb 2025 23:41:21 +0300</pubDate><dc:creator>Ann Lee</dc:creator>"
        "<content:encoded><![CDATA[<p>The river rose &amp; fell.</p>]]></content:encoded>"
    )
    offer = only(rss(item, head="<language>en-gb</language>", attributes=DC))
    assert offer == Offer(
        url="https://news.example/1?a=1&b=2",
        title="Two dead in flood",
        summary="The river rose. It fell.",
        published=Stamp(datetime.fromisoformat("2025-02-06T23:41:21+03:00"), "second", "feed"),
        authors=("Ann Lee",),
        language="en-gb",
        content="<p>The river rose &amp; fell.</p>",
    )


def test_an_atom_entry_tells_publication_from_update() -> None:
    entry = (
        '<title>Talks</title><link rel="self" href="https://news.example/entry/1"/>'
        '<link rel="alternate" type="text/html" href="https://news.example/1"/>'
        "<published>2025-02-06T10:00:00Z</published><updated>2025-02-07T10:00:00Z</updated>"
        "<author><name>Ann Lee</name></author><author><name>Bo Roe</name></author>"
    )
    offer = only(atom(entry))
    assert offer.url == "https://news.example/1"
    assert offer.published == Stamp(datetime(2025, 2, 6, 10, tzinfo=UTC), "second", "feed")
    assert offer.modified == datetime(2025, 2, 7, 10, tzinfo=UTC)
    assert offer.authors == ("Ann Lee", "Bo Roe")


def test_an_atom_entry_that_was_only_updated_has_no_publication() -> None:
    offer = only(atom('<link href="https://news.example/1"/><updated>2025-02-07T10:00:00Z</updated>'))
    assert (offer.published, offer.modified) == (None, datetime(2025, 2, 7, 10, tzinfo=UTC))


def test_atom_0_3_is_read() -> None:
    body = (
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>Old</title>'
        '<link rel="alternate" type="text/html" href="https://news.example/1"/>'
        "<issued>2004-02-06T10:00:00Z</issued><modified>2004-02-07T10:00:00Z</modified></entry></feed>"
    )
    offer = only(body)
    assert offer.published is not None
    assert (offer.published.at.day, offer.modified) == (6, datetime(2004, 2, 7, 10, tzinfo=UTC))


def test_rdf_with_a_dublin_core_date_gives_a_publication() -> None:
    body = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        f'{DC}><channel rdf:about="https://news.example/"><title>N</title></channel>'
        '<item rdf:about="https://news.example/1"><title>T</title><link>https://news.example/1</link>'
        "<dc:date>2025-02-06T10:00+09:00</dc:date></item></rdf:RDF>"
    )
    offer = only(body)
    assert offer.published == Stamp(datetime.fromisoformat("2025-02-06T10:00:00+09:00"), "minute", "feed")
    assert offer.modified is None


def test_a_naive_time_is_in_the_zone_of_the_outlet() -> None:
    offer = only(rss(f"{LINK}<pubDate>Thu, 06 Feb 2025 23:41:21</pubDate>"), zone="Europe/Istanbul")
    assert offer.published is not None
    assert offer.published.at.utcoffset() == timedelta(hours=3)


def test_an_undated_item_is_offered_without_a_time() -> None:
    assert only(rss(LINK)).published is None


def test_a_noon_stamped_feed_gives_days() -> None:
    items = [
        f"<link>https://news.example/{d}</link><pubDate>0{d} Feb 2025 12:00:00 +0000</pubDate>"
        for d in (6, 5, 4)
    ]
    answer = read(document(rss(*items)), "America/New_York")
    assert [o.published and (o.published.at.isoformat(), o.published.precision) for o in answer.offers] == [
        (f"2025-02-0{d}T00:00:00-05:00", "day") for d in (6, 5, 4)
    ]


def test_a_noon_stamp_said_twice_is_no_modification() -> None:
    items = [
        f"<link>https://news.example/{d}</link><pubDate>0{d} Feb 2025 12:00:00 +0000</pubDate>"
        f"<dc:date>2025-02-0{d}T12:00:00Z</dc:date>"
        for d in (6, 5, 4)
    ]
    answer = read(document(rss(*items, attributes=DC)), "America/New_York")
    assert [o.modified for o in answer.offers] == [None] * 3


@pytest.mark.parametrize(
    ("item", "url"),
    [
        ("<link>\n  https://news.example/1\t</link>", "https://news.example/1"),
        ("<link>/a/1</link>", "https://news.example/a/1"),
        ("<link>https://news.example/a b</link>", "https://news.example/a%20b"),
        ("<link>https://news.example/1?a=1&b=2</link>", "https://news.example/1?a=1&b=2"),
        ("<link><![CDATA[https://news.example/1?a=1&b=2]]></link>", "https://news.example/1?a=1&b=2"),
        ("<link/><guid>https://news.example/1</guid>", "https://news.example/1"),
        ("<guid isPermaLink='true'>https://news.example/1</guid>", "https://news.example/1"),
        ("<guid>https://news.example/?p=7</guid><link>https://news.example/1</link>", "https://news.example/1"),
        ("<link>https://go.example/r?u=1</link>", "https://go.example/r?u=1"),
        (ORIGINAL, "https://news.example/1"),
    ],
)  # fmt: skip
def test_the_link_of_an_item(item: str, url: str) -> None:
    assert only(rss(item)).url == url


@pytest.mark.parametrize(
    "item",
    [
        "<enclosure url='https://news.example/a.mp3' type='audio/mpeg'/>",
        "<guid isPermaLink='false'>https://news.example/?t=1</guid>",
        "<link/><guid isPermaLink='false'>https://news.example/?t=1</guid>",
        "<guid>tag:news.example,2025:1</guid>",
        "<link>javascript:alert(1)</link>",
        "<link>mailto:desk@news.example</link>",
        "<link>http://[/</link>",
    ],
)
def test_an_item_without_a_page_is_not_offered_but_noted(item: str) -> None:
    answer = read(document(rss(item, LINK)), "UTC")
    assert [offer.url for offer in answer.offers] == ["https://news.example/1"]
    assert answer.notes == ("1 of 2 items have no link to a page",)


@pytest.mark.parametrize(
    ("item", "identifier"),
    [
        ("<link>https://news.example/a</link><guid isPermaLink='false'>7 at news</guid>", "7 at news"),
        (
            "<link>https://news.example/a</link><guid>https://news.example/?p=7</guid>",
            "https://news.example/?p=7",
        ),
        ("<link>https://news.example/a</link><guid>https://news.example/a</guid>", None),
        ("<link>https://news.example/a</link>", None),
        ("<guid>https://news.example/a</guid>", None),
    ],
)
def test_the_id_of_an_item_is_told_where_it_is_not_its_link(item: str, identifier: str | None) -> None:
    assert only(rss(item)).identifier == identifier


def test_an_id_that_several_items_share_names_none_of_them() -> None:
    items = "</item><item>".join(
        f"<link>https://news.example/{i}</link><guid isPermaLink='false'>{guid}</guid>"
        for i, guid in enumerate(("0", "0", "7"))
    )
    answer = read(document(rss(items)), "Asia/Seoul")
    assert [offer.identifier for offer in answer.offers] == [None, None, "7"]


def test_links_are_resolved_against_xml_base() -> None:
    entry = '<link href="story/1"/>'
    assert (
        only(atom(entry, attributes='xml:base="https://cdn.example/en/"')).url
        == "https://cdn.example/en/story/1"
    )


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Tom &amp; Jerry", "Tom & Jerry"),
        ("Tom &amp;amp; Jerry", "Tom & Jerry"),
        ("Tom & Jerry", "Tom & Jerry"),
        ("<![CDATA[The &#8220;end&#8221;]]>", "The “end”"),
        ("It&amp;#039;s on", "It's on"),
        ("Caf&eacute; &nbsp;closed", "Café closed"),
        ("&lt;b&gt;Bold&lt;/b&gt; claim", "Bold claim"),
        ("<![CDATA[<i>Hamlet</i> opens]]>", "Hamlet opens"),
        ("Deficit &lt; 3 % and rates &gt; 2 %", "Deficit < 3 % and rates > 2 %"),
        ("&amp;lt;b&amp;gt; is a tag", "<b> is a tag"),
        (" ", None),
    ],
)
def test_a_title_is_plain_text(written: str, title: str | None) -> None:
    assert only(rss(f"{LINK}<title>{written}</title>")).title == title


def test_an_xhtml_title_loses_its_markup() -> None:
    entry = (
        '<link href="https://news.example/1"/><title type="xhtml">'
        '<div xmlns="http://www.w3.org/1999/xhtml">A <em>new</em> day</div></title>'
    )
    assert only(atom(entry)).title == "A new day"


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("<author>desk@news.example (Ann Lee)</author>", ("Ann Lee",)),
        ("<author>desk@news.example</author>", ()),
        ("<dc:creator>Ann Lee</dc:creator><dc:creator>Bo Roe</dc:creator>", ("Ann Lee", "Bo Roe")),
        ("<dc:creator><![CDATA[Zo&#235; Lee &lt;z@news.example&gt;]]></dc:creator>", ("Zoë Lee",)),
    ],
)
def test_authors_are_names(written: str, authors: tuple[str, ...]) -> None:
    assert only(rss(LINK + written, attributes=DC)).authors == authors


def test_content_is_no_summary() -> None:
    offer = only(
        rss(f"{LINK}<content:encoded>&lt;p&gt;All of it.&lt;/p&gt;</content:encoded>", attributes=DC)
    )
    assert (offer.summary, offer.content) == (None, "<p>All of it.</p>")


def test_a_long_description_is_cut_for_the_summary_and_kept_as_content() -> None:
    text = "<p>" + "word " * 1000 + "</p>"
    offer = only(rss(f"{LINK}<description><![CDATA[{text}]]></description>"))
    assert offer.summary is not None
    assert len(offer.summary) <= 2001
    assert offer.content == text.strip()


def test_a_json_feed_is_read() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "language": "en",
        "items": [
            {
                "id": "7", "url": "/1", "title": "A &amp; B", "summary": "Short",
                "content_html": "<p>Long</p>",
                "date_published": "2025-02-06T10:00:00+09:00", "date_modified": "2025-02-06T11:00:00+09:00",
                "authors": [{"name": "Ann Lee"}],
            },
            {"id": "https://news.example/2", "content_text": "One.\nTwo <3."},
            {"id": "8", "external_url": "https://other.example/"},
            None,
        ],
    }  # fmt: skip
    answer = read(document(json.dumps(feed)), "UTC")
    first, second = answer.offers
    assert (first.url, first.title, first.summary, first.content) == (
        "https://news.example/1",
        "A & B",
        "Short",
        "<p>Long</p>",
    )
    assert first.published == Stamp(datetime.fromisoformat("2025-02-06T10:00:00+09:00"), "second", "feed")
    assert (first.modified, first.authors) == (
        datetime.fromisoformat("2025-02-06T11:00:00+09:00"),
        ("Ann Lee",),
    )
    assert (second.url, second.content) == ("https://news.example/2", "<p>One.</p><p>Two &lt;3.</p>")
    assert answer.notes == ("2 of 4 items have no link to a page",)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", "the document is empty where a feed should be"),
        (" \n", "the document is empty where a feed should be"),
        ("<!DOCTYPE html><html><head><title>News &amp; more</title>", "page titled “News & more” where"),
        ("<html><title>Just a moment...</title>", "a block page titled “Just a moment...” where"),
        ("Quota exceeded, try later", "plain text that begins “Quota exceeded, try later” where"),
        ('{"error": 1}', "JSON that begins “{\"error\": 1}” where a feed should be"),
        ('{"error": ', "broken JSON where a feed should be"),
        ("<tv><channel id='1'/></tv>", "an XML document with the root <tv> where a feed should be"),
        ("<nitf><body/></nitf>", "an XML document with the root <nitf> where a feed should be"),
        ("<rss version='2.0'><channel><title>Half a", "the feed breaks off before its first item"),
        ("<br />Warning <html><title>Oops</title>", "an HTML page titled “Oops” where a feed should be"),
        ("<urlset><url><loc>https://a.example/</loc></url></urlset>", "document with the root <urlset>"),
        (bytes(range(128, 256)) * 4 + bytes(range(32)) * 20, "binary data where a feed should be"),
        (b"\x1f\x8b\x08broken", "the compressed body is broken"),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_named_in_words(body: str | bytes, words: str) -> None:
    answer = read(document(body), "UTC")
    assert answer.offers == ()
    assert words in (answer.complaint or "")


def test_an_empty_feed_is_no_complaint_but_a_note() -> None:
    assert read(document(rss()), "UTC") == Answer(notes=("the feed can be read, but has no items",))


@pytest.mark.parametrize(
    "body",
    [
        "\ufeff" + rss(LINK),
        "\n\n " + rss(LINK),
        "<br />\n<b>Warning</b>: something in /var/www on line 3<br />\n" + rss(LINK),
        "<!-- made by <html> people -->" + rss(LINK),
        rss(LINK).removesuffix("</channel></rss>"),
        rss(LINK + "<title>a \x0b b &#11; &#xFFFF; c</title>"),
        rss(LINK + "<description>&undefined; <br> text</description>"),
        rss(LINK + "<nope:x>y</nope:x>"),
        "<?xml version='1.0' encoding='klingon'?>" + rss(LINK).partition("?>")[2],
        rss(LINK).encode("utf-16"),
        rss(LINK).encode("utf-16-le"),
        rss(LINK).encode("utf-32"),
        gzip.compress(rss(LINK).encode()),
    ],
)
def test_a_feed_that_is_not_well_formed_is_read(body: str | bytes) -> None:
    assert only(body).url == "https://news.example/1"


@pytest.mark.parametrize(
    ("encoding", "title"),
    [
        ("windows-1251", "В Москве открыли новый музей истории города"),
        ("euc-kr", "북한 미사일 발사에 대한 성명"),
        ("gb2312", "中国外交部发言人就朝鲜问题答记者问"),
    ],
)
def test_a_declared_character_set_is_believed(encoding: str, title: str) -> None:
    body = (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        + rss(f"{LINK}<title>{title}</title>").partition("?>")[2]
    )
    assert only(body.encode(encoding)).title == title


def test_utf_8_wins_over_a_wrong_header() -> None:
    answer = read(
        document(rss(f"{LINK}<title>Zürich wählt</title>"), content_type="text/xml; charset=iso-8859-1"),
        "UTC",
    )
    assert answer.offers[0].title == "Zürich wählt"


def test_a_path_as_body_opens_no_file(tmp_path: Path) -> None:
    file = tmp_path / "<rss>.xml"
    file.write_text(rss(LINK))
    assert read(document(str(file)), "UTC").offers == ()


def test_an_entity_bomb_expands_to_nothing() -> None:
    levels = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    bomb = (
        f'<!DOCTYPE rss [<!ENTITY l0 "lol">{levels}]>' + rss(f"{LINK}<title>&l9;</title>").partition("?>")[2]
    )
    assert only(bomb).title == "&l9;"


def test_an_external_entity_is_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("swordfish")
    body = (
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        + rss(f"{LINK}<title>&x;</title>").partition("?>")[2]
    )
    assert "swordfish" not in repr(read(document(body), "UTC"))


def test_a_feed_nested_without_end_is_refused_at_once() -> None:
    answer = read(document("<rss><channel>" + "<a>" * 500_000), "UTC")
    assert answer.complaint == "the feed is nested more than 10,000 elements deep"


def test_line_breaks_in_the_html_of_items_are_no_nesting() -> None:
    html = "<![CDATA[" + "one<br>" * 20_000 + "]]>"
    assert only(rss(f"{LINK}<description>{html}</description>")).url == "https://news.example/1"


def test_only_so_many_items_are_read() -> None:
    items = [f"<link>https://news.example/{n}</link>" for n in range(MAX_ITEMS + 500)]
    answer = read(document(rss(*items)), "UTC")
    assert len(answer.offers) == MAX_ITEMS
    assert answer.offers[-1].url == f"https://news.example/{MAX_ITEMS - 1}"
    assert answer.notes == ("only the first 2,000 items were read",)


def test_an_answer_crosses_a_process_border() -> None:
    answer = read(document(rss(f"{LINK}<pubDate>06 Feb 2025 10:00:00</pubDate>")), "Asia/Seoul")
    assert pickle.loads(pickle.dumps(answer)) == answer  # noqa: S301 - our own bytes


PIECES = st.sampled_from(
    [b"<rss>", b"<channel>", b"<item>", b"</item>", b"<link>", b"</link>", b"https://x.example/", b"<title>",
     b"<![CDATA[",
     b"]]>", b"&amp;", b"&#0;", b"&#xD800;", b"&", b"<", b">", b'"', b"<feed xmlns='http://www.w3.org/2005/Atom'>",
     b"<entry>", b"<content type='xhtml'>", b"<content type='base64'>", b"<div>", b"<updated>", b"2025-02-06",
     b"<!--", b"<?xml encoding='utf-7'?>", b"<!DOCTYPE", b"<guid isPermaLink=", b"<author>", b"a@b.c (",
     b"\xff\xfe", b"\x00"]
)  # fmt: skip


@settings(max_examples=300)
@given(st.one_of(st.binary(max_size=300), st.lists(PIECES, max_size=40).map(b"".join)))
def test_no_bytes_make_the_reader_raise(body: bytes) -> None:
    for start in (
        b"",
        b"<rss version='2.0'><channel><item>",
        b'{"version": "https://jsonfeed.org/version/1", "items": [',
    ):
        for offer in read(document(start + body), "Asia/Seoul").offers:
            assert offer.url.startswith(("http://", "https://"))
            json.dumps([offer.url, offer.title, offer.summary, offer.content]).encode()
            "".join(filter(None, [offer.url, offer.title, offer.summary, offer.content])).encode()
