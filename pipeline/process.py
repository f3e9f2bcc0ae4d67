"""The steps of a page, in order, and the decisions on the way. `decide` and `relate` write nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from pipeline.normalise import tokens
from pipeline.records import Article, Copy, Duplicate, Held, New, Outcome, Revised, Unchanged
from pipeline.revision import change_of, told

MAX_DETAIL = 500
"""Characters of what is noted beside an outcome."""


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
    held by boilerplate only (`pipeline.revision.told`).
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
    """Return the id of the original among copies of one text.

    It is the earliest published among those that credit nobody else; where a time is unknown, or only
    its day, the first seen.
    """
    candidates = [c for c in copies if not c.credits_others] or list(copies)
    first_day = min(_day(c) for c in candidates)
    same_day = [c for c in candidates if _day(c) == first_day]
    if all(c.published is not None and c.published.precision != "day" for c in same_day):
        return min(same_day, key=lambda c: (_published(c), c.first_seen_at, c.id)).id
    return min(same_day, key=lambda c: (c.first_seen_at, c.id)).id


def relate(copies: Sequence[Copy]) -> Mapping[str, str | None]:
    """Say of each copy of one text whose copy it is: the id of the original, or None for the original."""
    if not copies:
        return {}
    original = choose_original(copies)
    return {c.id: None if c.id == original else original for c in copies}


def _met_again(article: Article, held: Held) -> Revised | Unchanged | None:
    """Say what a page is to the article held under its identity; None if it is another article."""
    texts = told(held.text, article.text, article.dropped)
    same = article.content_sha256 == held.content_sha256 or texts.only_aside
    if same and held.title == article.title:
        aside = f"boilerplate: {' / '.join(texts.aside)}" if texts.aside else ""
        return Unchanged(held.id, detail=aside[:MAX_DETAIL])
    if held.by_own_key or same or tokens(article.title) == tokens(held.title):
        titles, versions = (held.title, article.title), (texts.before, texts.after)
        return Revised(held.id, held.revision + 1, change_of(titles, versions, article.language))
    return None


def _published(copy: Copy) -> datetime:
    return copy.published.at if copy.published is not None else copy.first_seen_at


def _day(copy: Copy) -> str:
    return _published(copy).date().isoformat()
