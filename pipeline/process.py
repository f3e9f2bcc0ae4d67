"""The steps of a page, in order, and the decisions on the way. They write nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from pipeline.normalise import tokens
from pipeline.records import (
    Article,
    Copy,
    Duplicate,
    Held,
    New,
    Outcome,
    Refusal,
    Rejected,
    Revised,
    Unchanged,
)
from pipeline.urls import same_view

MAX_DETAIL = 500
"""Characters of what is noted beside an outcome."""
_STUB = 0.7
"""A text with less than this share of the one held may be its beginning before a wall."""
_CLAIMED = 0.5
"""The share of a text that a page must share with the article that it merely claims to be."""


def article_id(outlet: str, key: str, first_seen: datetime) -> str:
    """Make an article's id: the UTC millisecond it was first seen at, then a digest of its identity.

    Ids sort by time, and the same article first seen at the same time gets the same id.
    """
    stamp = first_seen.strftime("%Y%m%dT%H%M%S") + f"{first_seen.microsecond // 1000:03d}"
    return stamp + "-" + sha256(f"{outlet} {key}".encode()).hexdigest()[:12]


def decide(article: Article, held: Held | None, twins: Sequence[Copy], new_id: str) -> Outcome:
    """Say what `article` is to the ones held.

    `held` is what lies under its identity, `twins` are all current articles with the same normalised
    text, at any outlet; `new_id` is the id it gets if it is kept as an article of its own. A page that
    merely claims the address of another article, but has another title and another text, is not a
    revision of it: a broken template must not swallow an outlet. Nor is a page that differs from what is
    held by boilerplate only (`pipeline.revision.told`), nor one that is another view (AMP, print) of what was
    read at its main address. One that asks for money where it showed the whole text before is refused.
    """
    if held is not None and (again := _met_again(article, held)):
        return again
    own = next((t for t in twins if t.outlet == article.outlet), None)
    if own is not None:
        return Unchanged(own.id, address_is_new=True)
    me = Copy(
        id=new_id,
        outlet=article.outlet,
        title=article.title,
        published=article.published,
        first_seen_at=article.fetched_at,
        credits_others=article.credits_others,
    )
    original = choose_original([*twins, me])
    return New(new_id) if original == new_id else Duplicate(new_id, relation="exact", of=original)


def choose_original(copies: Sequence[Copy]) -> str:
    """Return the id of the original among copies of one text: the first `by_precedence`."""
    return by_precedence(copies)[0].id


def by_precedence(copies: Sequence[Copy]) -> list[Copy]:
    """Return `copies` in the order in which they may be the original.

    The earliest published goes first, and those that credit nobody else before those that do. Where a time is
    unknown, or only its day, the first seen of that day goes first.
    """
    days: dict[tuple[bool, str], list[Copy]] = {}
    for copy in copies:
        days.setdefault((copy.credits_others, _day(copy)), []).append(copy)
    ordered: list[Copy] = []
    for day in sorted(days):
        by_time = all(c.published is not None and c.published.precision != "day" for c in days[day])
        ordered += sorted(days[day], key=_by_time if by_time else _by_sight)
    return ordered


def _by_time(copy: Copy) -> tuple[datetime, datetime, str]:
    return _published(copy), copy.first_seen_at, copy.id


def _by_sight(copy: Copy) -> tuple[datetime, str]:
    return copy.first_seen_at, copy.id


def earlier_stated(one: Copy, other: Copy) -> bool | None:
    """Tell whether `one` is stated to be published before `other`; None where what is stated leaves it open.

    A day alone says nothing of what is published on the same day.
    """
    if one.published is None or other.published is None:
        return None
    if "day" in {one.published.precision, other.published.precision}:
        return None if _day(one) == _day(other) else _day(one) < _day(other)
    return None if one.published.at == other.published.at else one.published.at < other.published.at


def _met_again(article: Article, held: Held) -> Revised | Unchanged | Rejected | None:
    """Say what a page is to the article held under its identity; None if it is another article."""
    from pipeline.revision import change_of, told  # noqa: PLC0415 - most articles are never met again

    if held.by_claim and not _is_credible(article, held):
        return None
    texts = told(held.text, article.text, article.dropped)
    same = article.content_sha256 == held.content_sha256 or texts.only_aside
    if same and held.title == article.title:
        aside = f"boilerplate: {' / '.join(texts.aside)}" if texts.aside else ""
        renewed = article.content_sha256 == held.content_sha256 and _is_first_main_look(article, held)
        return Unchanged(held.id, detail=aside[:MAX_DETAIL], renewed=renewed)
    if held.by_own_key or held.by_claim or same or tokens(article.title) == tokens(held.title):
        if _is_other_view(article, held):
            return Unchanged(held.id, detail=f"another view of {held.url}"[:MAX_DETAIL])
        if _is_walled_off(article, held):
            return Rejected(Refusal.PAYWALL, f"less than what is held before {article.wall!r}")
        titles, versions = (held.title, article.title), (texts.before, texts.after)
        return Revised(held.id, held.revision + 1, change_of(titles, versions, article.language))
    return None


def _is_credible(article: Article, held: Held) -> bool:
    """Tell whether a page is a version of the article that it claims to be, or that its feed calls the same.

    It shares half of the shorter text with it, and the title, or else half of the longer text.
    """
    sizes = sorted((len(article.text), len(held.text)))
    least = sizes[0] if tokens(article.title) == tokens(held.title) else sizes[1]
    return _shared(article.text, held.text) >= _CLAIMED * least


def _is_walled_off(article: Article, held: Held) -> bool:
    """Tell whether a page shows a part of what is held, and asks for a subscription where it would go on."""
    if not article.wall or len(article.text) >= _STUB * len(held.text):
        return False
    mostly = 2 * _shared(article.text, held.text) >= len(article.text)
    return mostly and tokens(article.title) == tokens(held.title)


def _shared(text: str, other: str) -> int:
    """Return how many characters of a text's lines stand in another; their ends may be cut off."""
    return sum(len(line) for line in text.splitlines() if line.rstrip(" .…") in other)


def _is_other_view(article: Article, held: Held) -> bool:
    """Tell whether a page names as its main address the one at which what is held was read."""
    main = article.claim[1] if article.claim else article.canonical_url
    return same_view(held.url, main) and not same_view(article.url, main)


def _is_first_main_look(article: Article, held: Held) -> bool:
    """Tell whether a page lies where its article is kept, and what is held was read elsewhere."""
    main = held.canonical_url
    return same_view(article.url, main) and not same_view(held.url, main)


def _published(copy: Copy) -> datetime:
    return copy.published.at if copy.published is not None else copy.first_seen_at


def _day(copy: Copy) -> str:
    return _published(copy).date().isoformat()
