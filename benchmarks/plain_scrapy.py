"""The peer: Scrapy with trafilatura in its callback, as their documentation shows it.

usage: python benchmarks/plain_scrapy.py OUTPUT.jsonl FEED …
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

import scrapy
import trafilatura
from scrapy.crawler import CrawlerProcess
from scrapy.http import TextResponse


class News(scrapy.Spider):
    """Reads feeds, fetches what they offer, writes what trafilatura finds."""

    name = "news"

    def parse(self, response: TextResponse) -> Iterator[scrapy.Request]:
        """Follow the items of a feed."""
        for link in response.xpath("//item/link/text()").getall():
            yield scrapy.Request(link, callback=self.parse_article)

    def parse_article(self, response: TextResponse) -> Iterator[dict[str, str | None]]:
        """Extract an article."""
        document = trafilatura.bare_extraction(response.text, url=response.url, with_metadata=True)
        if document is not None:
            yield {"url": response.url, "title": document.title, "date": document.date, "text": document.text}


if __name__ == "__main__":
    output = {sys.argv[1]: {"format": "jsonlines"}}
    process = CrawlerProcess({"FEEDS": output, "ROBOTSTXT_OBEY": True, "LOG_LEVEL": "WARNING"})
    process.crawl(News, start_urls=sys.argv[2:])
    process.start()
