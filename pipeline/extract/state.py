"""Bodies that a page carries in the state of its application rather than in its markup."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pipeline.extract.jsonld import contained
from pipeline.extract.strings import key, plain, weight

Mark = TypeVar("Mark")

_BEGIN = re.compile(r"[{\[]")
_ASSIGNED = re.compile(r"(?:=|JSON\.parse\(|\()\s*(?=[{\[\"'])")
_MAX_NODES = 60_000
_MAX_DEPTH = 40
_LEAST = 250
_SHORTEST = 80
_TEXT_KEYS = ("content", "text", "html", "value", "body", "paragraph", "p")
_WITHIN_KEYS = (
    "model",
    "data",
    "attrs",
    "attributes",
    "props",
    "fields",
    "value",
    "content",
    "children",
    "body",
    "blocks",
)
"""Where an object that has no text of its own keeps it."""
_MAX_WITHIN = 5
_NO_TEXT = frozenset({
    "image", "video", "gallery", "interstitial_link", "related", "ad", "audio", "media", "embed", "figure",
    "promo", "newsletter", "advertisement", "caption",
})  # fmt: skip
"""Types of what stands between paragraphs and is none."""
_KINDS_OF_BLOCKS = re.compile(r"paragraph|head|block|list|item|quote|section|post|^(?:p|li|ul|ol|h\d)$")
"""Types of what is a paragraph of its own, and no part of one."""
_TITLE_KEYS = ("title", "headline", "headlines", "name", "basic")
_POST_TITLES = ("headline", "title")
"""Where a post of a live page keeps its own headline."""
_SENTENCES = re.compile(r"[.!?。！？।؟](?:[\"'”’»)\]」』<\s]|$)")


def state_bodies(scripts: Sequence[str], titles: Sequence[str]) -> list[str]:
    """Return texts (HTML or plain) within embedded state that may be the article's body, best first.

    A text counts by its sentences; one that stands in an object with the page's own title counts double.
    """
    wanted = [key(t) for t in titles if t]
    found: list[tuple[float, str]] = []
    for script in scripts:
        for value in load(script):
            found += list(_bodies(value, wanted))
    found.sort(key=lambda pair: -pair[0])
    return [text for _, text in found[:5]]


def load(script: str) -> Iterator[object]:
    """Yield the JSON values that a script is, or assigns."""
    decoder = json.JSONDecoder(strict=False)
    text = script.strip()
    starts = [0] if text[:1] in {"{", "["} else [m.end() for m in _ASSIGNED.finditer(text)][:30]
    done = -1
    for start in starts:
        if start < done:
            continue
        try:
            value, done = decoder.raw_decode(text, start)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, str) and value[:1] in {"{", "["}:
            try:
                value = json.loads(value, strict=False)
            except (ValueError, RecursionError):
                continue
        yield value


def _bodies(root: object, wanted: Sequence[str]) -> Iterator[tuple[float, str]]:
    def trusted(value: object, before: float) -> float:
        return _trust(value, wanted, before) if isinstance(value, dict) else before

    for value, trust in walk(root, 1.0, trusted):
        if isinstance(value, list):
            joined = _paragraphs(value)
            if joined and (score := _score(joined)):
                yield score * trust, joined
        elif isinstance(value, str) and len(value) >= _SHORTEST and (score := _score(value)):
            yield score * trust, value


def walk(root: object, mark: Mark, mark_of: Callable[[object, Mark], Mark]) -> Iterator[tuple[object, Mark]]:
    """Yield a JSON value and all within it, each with the mark that it has by that of what holds it.

    `mark` is that of what would hold the root. Depth, and how many values are seen, are bounded.
    """
    stack = [(root, 0, mark)]
    for _ in range(_MAX_NODES):
        if not stack:
            return
        value, depth, outer = stack.pop()
        if depth > _MAX_DEPTH:
            continue
        own = mark_of(value, outer)
        yield value, own
        if isinstance(value, dict):
            stack.extend((v, depth + 1, own) for v in value.values())
        elif isinstance(value, list):
            stack.extend((v, depth + 1, own) for v in value[:2000])


def _trust(value: Mapping[str, Any], wanted: Sequence[str], before: float) -> float:
    title = title_in(value)
    if not title:
        return before
    return 2.0 if any(contained(title, w) for w in wanted) else 0.6


def title_in(value: Mapping[str, Any]) -> str:
    """Return what an object gives as its title, as it is compared; an empty string if it has none."""
    for name in _TITLE_KEYS:
        title = value.get(name)
        if isinstance(title, dict):
            title = title.get("basic") or title.get("text")
        if isinstance(title, str) and title.strip():
            return key(plain(title[:300]))
    return ""


def holds_body(value: Mapping[str, Any]) -> bool:
    """Tell whether a text of an object's own may be the body of an article."""
    return any(
        (isinstance(v, str) and len(v) >= _SHORTEST and _score(v) > 0)
        or (isinstance(v, list) and _score(_paragraphs(v)) > 0)
        for v in value.values()
    )


def _paragraphs(value: Sequence[object]) -> str:
    """Join a list of paragraphs, given as strings or as objects with a text within them."""
    parts = [text for item in value[:2000] if (text := _text_of(item, 0).strip())]
    return "".join(f"<p>{p}</p>" for p in parts) if len(parts) >= 2 else ""


def _text_of(item: object, depth: int) -> str:
    """Return the text of a paragraph: its own, or what the objects and lists within it have in a row."""
    if isinstance(item, str):
        return item
    if depth > _MAX_WITHIN:
        return ""
    if isinstance(item, list):
        parts = [text for part in item[:200] if (text := _text_of(part, depth + 1))]
        apart = any(_KINDS_OF_BLOCKS.search(_kind(part)) for part in item[:200])
        return ("</p><p>" if apart else "").join(parts)
    if not isinstance(item, dict) or _kind(item) in _NO_TEXT:
        return ""
    own = next((item[k] for k in _TEXT_KEYS if isinstance(item.get(k), str)), None)
    if own is not None:
        return str(own)
    within = (item[k] for k in _WITHIN_KEYS if isinstance(item.get(k), dict | list))
    text = next((text for part in within if (text := _text_of(part, depth + 1))), "")
    headline = next((item[k] for k in _POST_TITLES if text and isinstance(item.get(k), str)), "")
    return f"{headline.strip()}</p><p>{text}" if headline.strip() else text


def _kind(item: object) -> str:
    """Return what an object says that it is, in lower case; an empty string if it does not."""
    kind = (item.get("type") or item.get("_type") or item.get("__typename")) if isinstance(item, dict) else ""
    return kind.lower() if isinstance(kind, str) else ""


def _score(text: str) -> float:
    sentences = len(_SENTENCES.findall(text[:200_000]))
    size = weight(re.sub(r"<[^<>]{1,2000}>", "", text[:200_000]))
    return size if sentences >= 3 and size >= _LEAST else 0.0
