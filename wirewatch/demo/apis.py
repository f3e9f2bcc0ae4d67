"""The JSON interfaces of demo sites: WordPress REST, and one like gov.uk's search and content APIs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from html import escape

from wirewatch.demo.markup import blocks, html_body
from wirewatch.demo.plan import Plan, Story
from wirewatch.demo.sites import Interface, Response

POSTS_A_PAGE = 3
"""The most that the WordPress site hands out at once, whatever is asked for."""

_JSON = (("Content-Type", "application/json; charset=utf-8"),)


def interfaces(plan: Plan, stories: Sequence[Story]) -> dict[str, Interface]:
    """Return the interfaces of a site by path."""
    listed = [story for story in stories if story.is_article]
    match plan.api:
        case None:
            return {}
        case "wordpress":
            posts = [_post(plan, story) for story in listed]
            return {"/wp-json/wp/v2/posts": lambda query: _posts(posts, query)}
        case "govuk":
            return {"/api/search.json": lambda query: _search(listed, query)} | {
                f"/api/content{story.paths[0]}": _always(_content(plan, story)) for story in listed
            }


def _always(document: object) -> Interface:
    response = _json(document)
    return lambda _query: response


def _json(document: object, status: int = 200, headers: tuple[tuple[str, str], ...] = ()) -> Response:
    return Response(status, (*_JSON, *headers), json.dumps(document, ensure_ascii=False).encode())


def _number(query: Mapping[str, str], name: str, default: int) -> int:
    value = query.get(name, "")
    return int(value) if value.isdecimal() else default


def _posts(posts: Sequence[object], query: Mapping[str, str]) -> Response:
    size = min(max(_number(query, "per_page", 10), 1), POSTS_A_PAGE)
    pages = -(-len(posts) // size)
    page = max(_number(query, "page", 1), 1)
    if page > pages:
        message = "The page number requested is larger than the number of pages available."
        return _json(
            {"code": "rest_post_invalid_page_number", "message": message, "data": {"status": 400}}, status=400
        )
    headers = (("X-WP-Total", str(len(posts))), ("X-WP-TotalPages", str(pages)))
    return _json(posts[(page - 1) * size : page * size], headers=headers)


def _post(plan: Plan, story: Story) -> dict[str, object]:
    parts = blocks(story.body)
    modified = story.modified or story.published
    link = f"https://{plan.host}{story.paths[0]}"
    return {
        "id": int(story.id),
        "date": f"{story.published:%Y-%m-%dT%H:%M:%S}",
        "date_gmt": f"{story.published.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
        "guid": {"rendered": f"https://{plan.host}/?p={story.id}"},
        "modified": f"{modified:%Y-%m-%dT%H:%M:%S}",
        "modified_gmt": f"{modified.astimezone(UTC):%Y-%m-%dT%H:%M:%S}",
        "slug": f"post-{story.id}",
        "status": "publish",
        "type": "post",
        "link": link,
        "title": {"rendered": escape(story.title).replace("’", "&#8217;")},
        "content": {"rendered": html_body(parts, plan.paragraph, plan.heading), "protected": False},
        "excerpt": {"rendered": f"<p>{escape(parts[0][1][:80])} [&hellip;]</p>\n", "protected": False},
        "author": 1,
        "featured_media": 0,
        "comment_status": "open",
        "sticky": False,
        "format": "standard",
        "categories": [1],
        "tags": [],
        "_links": {"self": [{"href": f"https://{plan.host}/wp-json/wp/v2/posts/{story.id}"}]},
    }


def _search(stories: Sequence[Story], query: Mapping[str, str]) -> Response:
    start, count = _number(query, "start", 0), _number(query, "count", 10)
    results = [
        {
            "title": story.title,
            "link": story.paths[0],
            "description": story.summary,
            "format": story.words["format"],
            "public_timestamp": _milliseconds(story.modified or story.published),
            "index": "government",
            "es_score": None,
            "_id": story.paths[0],
            "document_type": "edition",
        }
        for story in stories[start : start + count]
    ]
    return _json(
        {"results": results, "total": len(stories), "start": start, "aggregates": {}, "suggested_queries": []}
    )


def _content(plan: Plan, story: Story) -> dict[str, object]:
    body = html_body(blocks(story.body), plan.paragraph, plan.heading)
    link = f"https://{plan.host}{story.paths[0]}"
    first = {"public_timestamp": _milliseconds(story.published), "note": "First published."}
    history = [first]
    if story.modified:
        note = {"public_timestamp": _milliseconds(story.modified), "note": story.words["change"]}
        history.insert(0, note)
    withdrawn = {"explanation": f"<p>{story.words['withdrawn']}</p>", "withdrawn_at": _utc(story.modified)}
    translations = [
        {"title": story.title, "base_path": story.paths[0], "locale": story.language, "web_url": link}
    ]
    return {
        "base_path": story.paths[0],
        "content_id": f"5f0ad2c4-0000-4000-8000-{int(story.id):012d}",
        "description": story.summary,
        "document_type": story.words["format"],
        "schema_name": "news_article",
        "locale": story.language,
        "phase": "live",
        "title": story.title,
        "first_published_at": _milliseconds(story.published),
        "public_updated_at": _milliseconds(story.modified or story.published),
        "updated_at": _utc(story.modified or story.published),
        "publishing_app": "whitehall",
        "rendering_app": "frontend",
        "withdrawn_notice": withdrawn if story.words["withdrawn"] else {},
        "details": {
            "body": f'<div class="govspeak">{body}</div>',
            "change_history": history,
            "first_public_at": _milliseconds(story.published),
            "political": False,
            "emphasised_organisations": [],
        },
        "links": {
            "available_translations": translations,
            "organisations": [{"title": story.words["organisation"], "locale": "en"}],
        },
    }


def _milliseconds(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")


def _utc(at: datetime | None) -> str | None:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at else None
