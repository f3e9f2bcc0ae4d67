"""From a fetched page to an `Extract`, or to the reason why there is none."""

from pipeline.extract.page import extract_page

__all__ = ["extract_page"]
