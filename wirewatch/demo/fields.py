"""What a template may say of a story: its texts, its addresses, and its dates as outlets write them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from email.utils import format_datetime

from wirewatch.demo.markup import Html, blocks, html_body
from wirewatch.demo.plan import Plan, Story

_LEAD_BLOCKS = 2
_NOON = 12
_TEENS = range(11, 14)


def page_fields(today: date) -> dict[str, str]:
    """Return what any page may say: the clock that some sites show to everybody."""
    return {
        "today_us": _us(today),
        "today_short": f"{today:%b} {today.day}, {today.year}",
        "year": f"{today.year}",
    }


def story_fields(story: Story, plan: Plan, today: date, *, address: int = 0) -> dict[str, str]:
    """Return the fields of a story; `address` chooses which of its paths `$path` is."""
    link = story.paths[min(address, len(story.paths) - 1)]
    parts = blocks(story.body)
    bodies = {
        name: html_body(some, plan.paragraph, plan.heading)
        for name, some in {
            "body": parts,
            "lead": parts[:_LEAD_BLOCKS],
            "rest": parts[_LEAD_BLOCKS:],
        }.items()
    }
    return {
        **page_fields(today),
        **{name: Html(markup) for name, markup in story.words.items()},
        **bodies,
        **_texts(story),
        **_dates("", story.published),
        **_dates("modified_", story.modified or story.published),
        "body_cdata": Html(bodies["body"].replace("]]>", "]]&gt;")),
        "permalink": f"https://{plan.host}{story.paths[0]}",
        "path": link,
        "relative": "./" + "/".join(link.split("/")[-2:]),
    }


def _texts(story: Story) -> dict[str, str]:
    author = ", ".join(story.authors)
    return {
        "id": story.id,
        "title": story.title,
        "title_json": _json(story.title),
        "summary": story.summary,
        "summary_json": _json(story.summary),
        "teaser": _teaser(story),
        "author": author,
        "credit": story.credit,
        "origin": story.origin,
        "section": story.section,
        "language": story.language,
    }


def _teaser(story: Story) -> str:
    first = next((text for kind, text in blocks(story.body) if kind == "paragraph"), "")
    return first if len(first) <= 120 else first[:120].rsplit(" ", 1)[0] + "…"


def _dates(prefix: str, at: datetime) -> dict[str, str]:
    return {
        f"{prefix}iso": at.isoformat(),
        f"{prefix}utc": f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        f"{prefix}rfc": format_datetime(at),
        f"{prefix}day": f"{at:%Y-%m-%d}",
        f"{prefix}clock": f"{at:%H:%M}",
        f"{prefix}long": f"{at.day} {at:%B} {at.year}",
        f"{prefix}short": f"{at.day} {at:%b} {at.year}",
        f"{prefix}us": _us(at),
        f"{prefix}dmy": f"{at:%d/%m/%Y}",
        f"{prefix}dots": f"{at.year}.{at.month}.{at.day}.",
        f"{prefix}ordinal": f"{at:%B} {at.day}{_suffix(at.day)}, {at.year} at {_twelve(at)}",
        f"{prefix}chinese": f"{at.year} 年 {at.month} 月 {at.day} 日",
    }


def _us(at: date) -> str:
    return f"{at:%B} {at.day}, {at.year}"


def _twelve(at: datetime) -> str:
    return f"{at.hour % 12 or 12}:{at:%M} {'am' if at.hour < _NOON else 'pm'}"


def _suffix(day: int) -> str:
    return "th" if day in _TEENS else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def _json(text: str) -> Html:
    return Html(json.dumps(text, ensure_ascii=False).replace("</", "<\\/"))
