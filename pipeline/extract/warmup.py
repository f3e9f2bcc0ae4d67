"""What the first page of a process costs beside its reading, paid when this module is imported.

The server that workers are forked from imports it: they begin with the language model, the stop words and the
compiled expressions in memory that they share.
"""

from __future__ import annotations

import gc
from datetime import UTC, datetime

from pipeline.extract import letters, stopwords
from pipeline.extract.page import extract_page
from pipeline.records import Candidate, Page

_ALLOCATIONS = 20_000
"""Objects from one collection of garbage to the next: a page makes thousands, and hardly a cycle of them."""
_PARAGRAPH = (
    b"<p>The council met on Tuesday and agreed to build a second bridge over the river before spring.</p>"
)
_PAGE = Page(
    candidate=Candidate(outlet="none", url="https://example.org/a", key="a", offered_by="none"),
    url="https://example.org/a",
    status=200,
    headers=(("Content-Type", "text/html; charset=utf-8"),),
    body=b"<html><body><article><h1>A bridge</h1>" + 20 * _PARAGRAPH + b"</article></body></html>",
    fetched_at=datetime(2000, 1, 1, tzinfo=UTC),
)

stopwords.warm()
letters.rank("The council met on Tuesday.")
extract_page(_PAGE, None)
gc.set_threshold(_ALLOCATIONS)
