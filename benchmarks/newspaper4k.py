"""Reads saved pages with newspaper4k, in an environment where that is installed and we are not.

`readers.newspaper` starts it: a JSON list [id, url, path, trust_utf8] a line in, a record a line out.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from pathlib import Path

import newspaper


def read(url: str, path: str, *, trust_utf8: bool) -> dict[str, object]:
    """Read one page."""
    body = gzip.decompress(Path(path).read_bytes())
    began = time.process_time()
    html = body.decode("utf-8", "replace") if trust_utf8 else body
    article = newspaper.Article(url or "https://unknown.example/", fetch_images=False)
    article.download(input_html=html)
    article.parse()
    date = article.publish_date
    return {
        "cpu_ms": (time.process_time() - began) * 1000,
        "text": article.text,
        "title": article.title,
        "published_at": date.isoformat() if date else None,
        "authors": list(article.authors),
    }


def main() -> None:
    """Read what stdin names."""
    for line in sys.stdin:
        name, url, path, trust_utf8 = json.loads(line)
        try:
            record = read(url, path, trust_utf8=trust_utf8)
        except Exception as error:  # noqa: BLE001 - one page must not end the measurement
            record = {"error": repr(error)[:300]}
        sys.stdout.write(json.dumps({"id": name, **record}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
