"""The demo's sites, put together from their files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from email.utils import format_datetime
from html import escape

from wirewatch.demo.apis import interfaces
from wirewatch.demo.fields import page_fields, story_fields
from wirewatch.demo.markup import Html, fill
from wirewatch.demo.plan import Document, Plan, Story, has, read_plan, read_stories, read_text, site_names
from wirewatch.demo.sites import Response, Site, with_validators


def build_world(today: date | None = None) -> tuple[Site, ...]:
    """Make all sites. `today` is what their page clocks show; the default is the real date, in UTC."""
    day = today or datetime.now(UTC).date()
    return tuple(build_site(name, day) for name in site_names())


def build_site(name: str, today: date) -> Site:
    """Make one site from its folder."""
    plan, stories = read_plan(name), read_stories(name)
    pages = {
        path: response
        for group in (_story_pages(name, plan, stories, today), _documents(name, plan, stories, today))
        for path, response in group
    }
    pages["/robots.txt"] = Response(
        headers=_typed("text/plain", plan), body=read_text(name, "robots.txt").encode()
    )
    return Site(
        id=name,
        host=plan.host,
        outlet_file=read_text(name, "outlet.yaml"),
        pages=pages,
        missing=_page(404, fill(read_text(name, "404.html"), page_fields(today)), plan),
        interfaces=interfaces(plan, stories),
        never=plan.never,
    )


def _story_pages(
    name: str, plan: Plan, stories: Sequence[Story], today: date
) -> Iterator[tuple[str, Response]]:
    for story in stories:
        around = _around(name, plan, [other for other in stories if other.id != story.id], today)
        for address, path in enumerate(story.paths):
            if story.redirect is not None:
                yield path, _redirect(story.redirect)
                continue
            fields = {**story_fields(story, plan, today, address=address), "around": around}
            yield path, _page(story.status, fill(read_text(name, story.template), fields), plan)
            if plan.alias:
                yield plan.alias.replace("$path", path), _redirect(f"https://{plan.host}{path}")


def _documents(
    name: str, plan: Plan, stories: Sequence[Story], today: date
) -> Iterator[tuple[str, Response]]:
    for document in plan.documents:
        listed = [s for s in stories if document.section in {None, s.section}]
        window = listed[document.start : document.start + document.count]
        rows = _rows(name, document, plan, window, today)
        text = fill(read_text(name, document.template), {**page_fields(today), "rows": rows})
        page = Response(headers=_typed(document.type, plan), body=text.encode(plan.charset))
        newest = max(story.modified or story.published for story in stories)
        stamp = format_datetime(newest.astimezone(UTC), usegmt=True)
        yield document.path, with_validators(page, stamp) if document.validators else page


def _rows(name: str, document: Document, plan: Plan, stories: Sequence[Story], today: date) -> Html:
    if document.rows is None:
        return Html("")
    template = read_text(name, document.rows)
    rows = (fill(template, story_fields(s, plan, today, address=document.address)) for s in stories)
    return Html("".join(rows))


def _around(name: str, plan: Plan, others: Sequence[Story], today: date) -> Html:
    """Return the box of other stories that a page of this site carries, if it has one."""
    if not has(name, "around.html"):
        return Html("")
    template = read_text(name, "around.html")
    return Html(
        "".join(fill(template, story_fields(story, plan, today)) for story in others if story.is_article)
    )


def _page(status: int, text: str, plan: Plan) -> Response:
    return Response(status, _typed("text/html", plan), text.encode(plan.charset, "xmlcharrefreplace"))


def _redirect(address: str) -> Response:
    body = f'<html><body>Moved to <a href="{escape(address)}">{escape(address)}</a></body></html>'
    return Response(301, (("Location", address), ("Content-Type", "text/html")), body.encode())


def _typed(kind: str, plan: Plan) -> tuple[tuple[str, str], ...]:
    """Return the Content-Type; a site that is not in UTF-8 says so in its pages only, if at all."""
    return (("Content-Type", f"{kind}; charset=utf-8" if plan.charset == "utf-8" else kind),)
