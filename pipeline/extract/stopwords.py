"""justext's stop words of all languages, which trafilatura asks for where it knows no language of a page.

trafilatura gathers them into a tuple. Of that justext makes a set, once, but it knows the tuple again by
going through its 150,000 words, at each page. Here they are read as the set that they come to.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import justext
from justext.core import define_stoplist
from trafilatura import external


def all_words() -> frozenset[str]:
    """Read the stop words of all languages, in lower case (`justext.utils.get_stoplist`)."""
    lists = (Path(justext.__file__).parent / "stoplists").glob("*.txt")
    lines = b"\n".join(path.read_bytes() for path in lists).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    words = lines.decode().lower().split("\n")
    return frozenset(filter(None, words))


def warm() -> None:
    """Have them ready in this process: what trafilatura would gather at the first page."""
    words: Any = all_words()
    external.JT_STOPLIST = words


def set_of(words: Any) -> frozenset[str]:  # noqa: ANN401 - a tuple or a frozen set
    """Return stop words as a set in lower case (`justext.core.define_stoplist`); those of `warm` are one."""
    ready: Any = external.JT_STOPLIST
    if isinstance(words, frozenset) and words is ready:
        return words
    found: frozenset[str] = define_stoplist(words)
    return found
