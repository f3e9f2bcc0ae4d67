"""justext's stop words of all languages, which trafilatura asks for where it knows no language of a page.

trafilatura gathers them into a tuple, and justext makes a set of that: once, but it knows the tuple again by
going through its 150,000 words, at each page. A frozen set remembers its hash.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import justext
from justext.core import define_stoplist
from trafilatura import external


def all_words() -> frozenset[str]:
    """Read the stop words of all languages, in lower case (`justext.utils.get_stoplist`)."""
    words: set[str] = set()
    for path in (Path(justext.__file__).parent / "stoplists").glob("*.txt"):
        lines = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        words.update(lines.decode().lower().split("\n"))
    return frozenset(words - {""})


def warm() -> None:
    """Have them ready in this process: what trafilatura and justext would make of them at the first page."""
    words: Any = all_words()
    external.JT_STOPLIST = words
    define_stoplist(words)
