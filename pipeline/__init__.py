"""The core: what becomes of a page. Pure Python: no Scrapy, no SQL, no clock."""
