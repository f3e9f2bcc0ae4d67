"""The peer: fundus with a publisher for each feed, made as its documentation shows; reads every paragraph.

usage: python benchmarks/peer_fundus.py OUTPUT.jsonl FEED …     (with a Python that has fundus 0.5)

Fundus has hand-written parsers for known publishers and none for others. This one takes what a parser of
fundus takes at the least: the paragraphs of the article, the headlines, the metadata. No delay, no images.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from urllib.parse import urlsplit

from fundus import Crawler, RSSFeed
from fundus.parser import ArticleBody, BaseParser, ParserProxy, attribute
from fundus.parser.utility import (
    extract_article_body_with_selector,
    generic_author_parsing,
    generic_date_parsing,
)
from fundus.publishers.base_objects import Publisher, PublisherGroup
from lxml.cssselect import CSSSelector


class AnyParser(ParserProxy):
    """Reads any page."""

    class V1(BaseParser):
        """The only version of it."""

        _paragraphs = CSSSelector("article p, main p, div p")
        _heads = CSSSelector("article h2, main h2")

        @attribute
        def body(self) -> ArticleBody | None:
            """The text."""
            return extract_article_body_with_selector(
                self.precomputed.doc, paragraph_selector=self._paragraphs, subheadline_selector=self._heads
            )

        @attribute
        def title(self) -> str | None:
            """The title."""
            return self.precomputed.meta.get("og:title")

        @attribute
        def authors(self) -> list[str]:
            """The authors."""
            return generic_author_parsing(self.precomputed.ld.bf_search("author"))

        @attribute
        def publishing_date(self) -> dt.datetime | None:
            """The date."""
            return generic_date_parsing(self.precomputed.ld.bf_search("datePublished"))


def group(feeds: list[str]) -> type:
    """Return a group with a publisher for each feed."""
    members = {}
    for number, feed in enumerate(feeds):
        parts = urlsplit(feed)
        members[f"P{number}"] = Publisher(
            name=f"Outlet {number}",
            domain=f"{parts.scheme}://{parts.netloc}/",
            parser=AnyParser,
            sources=[RSSFeed(feed)],
        )
    return PublisherGroup("Loopback", (), members)


if __name__ == "__main__":
    crawler = Crawler(group(sys.argv[2:]), delay=0.0)
    with open(sys.argv[1], "w", encoding="utf-8") as output:  # noqa: PTH123 - as they write it
        for article in crawler.crawl(only_complete=False):
            found = {"url": article.html.requested_url, "text": str(article.body or "")}
            output.write(json.dumps(found) + "\n")
