"""How outlets of different make offer their articles: the documents that each kind of site serves."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from tests.site import chrome, discovery
from tests.site.outlets import Outlet, Pages
from tests.site.server import Request, Wire, answer


def tracked_rss(outlet: Outlet) -> Pages:
    body = discovery.rss(outlet.plan.style.name, outlet.site.url(), outlet.entries("?traffic_source=rss"))
    return {"/rss.xml": answer(body, "application/rss+xml")}


def rss(outlet: Outlet) -> Pages:
    return {
        "/rss.xml": answer(
            discovery.rss(outlet.plan.style.name, outlet.site.url(), outlet.entries()), "text/xml"
        )
    }


def atom(outlet: Outlet) -> Pages:
    return {
        "/news.atom": answer(
            discovery.atom(outlet.plan.style.name, outlet.site.url(), outlet.entries()),
            "application/atom+xml",
        )
    }


def rdf(outlet: Outlet) -> Pages:
    return {
        "/index.rdf": answer(
            discovery.rdf(outlet.plan.style.name, outlet.site.url(), outlet.entries()), "application/rdf+xml"
        )
    }


def json_feed(outlet: Outlet) -> Pages:
    body = discovery.json_feed(outlet.plan.style.name, outlet.site.url(), outlet.entries())
    return {"/feed.json": answer(body, "application/feed+json")}


def sitemap(outlet: Outlet) -> Pages:
    entries = outlet.entries()
    half = len(entries) // 2
    news = discovery.news_sitemap(outlet.plan.style.name, outlet.plan.style.language, entries[:half])
    rest = discovery.sitemap([(e.url, e.story.changed) for e in entries[half:]])
    index = discovery.sitemap_index(
        [outlet.site.url("/sitemap-news.xml.gz"), outlet.site.url("/sitemap-rest.xml")]
    )
    return {
        "/sitemap.xml": answer(index, "application/xml"),
        "/sitemap-news.xml.gz": answer(news, "application/x-gzip"),
        "/sitemap-rest.xml": answer(rest, "application/xml"),
    }


def relative_listing(outlet: Outlet) -> Pages:
    """Serve `/web/xw/` and `/web/xw/index_{n}.html`, three links a page, relative to the folder."""
    hrefs = [("./" + outlet.paths(s)[0].removeprefix("/web/xw/"), s.title) for s in outlet.listed]
    batches = [hrefs[start : start + 3] for start in range(0, len(hrefs), 3)]
    pages = {"/web/xw/" if n == 0 else f"/web/xw/index_{n}.html": batch for n, batch in enumerate(batches)}
    kind = f"text/html; charset={outlet.plan.style.charset}" if outlet.plan.header_charset else "text/html"
    return {
        path: answer(chrome.document("News", "", discovery.links(batch), outlet.plan.style), kind)
        for path, batch in pages.items()
    }


def topics(outlet: Outlet) -> Pages:
    """Serve two topic lists that give the same stories other addresses."""
    lists = {
        f"/en/category/{name}": discovery.links([(outlet.paths(s)[number], s.title) for s in outlet.listed])
        for number, name in enumerate(("first", "second"))
    }
    return {
        path: answer(chrome.document("List", "", body, outlet.plan.style)) for path, body in lists.items()
    }


def wordpress(outlet: Outlet) -> Pages:
    """Serve posts two a page, whatever is asked for, as some hosts cap it; past the end there is a 400."""
    entries = outlet.entries()
    total = -(-len(entries) // 2)

    async def posts(request: Request, wire: Wire) -> None:
        page = int(parse_qs(urlsplit(request.target).query).get("page", ["1"])[0])
        kind = [("Content-Type", "application/json; charset=UTF-8")]
        if not 1 <= page <= total:
            await wire.respond(400, b'{"code":"rest_post_invalid_page_number","data":{"status":400}}', kind)
            return
        counts = [("X-WP-Total", str(len(entries))), ("X-WP-TotalPages", str(total))]
        await wire.respond(200, discovery.wordpress(entries[2 * page - 2 : 2 * page]), kind + counts)

    return {"/wp-json/wp/v2/posts": posts}


def govuk(outlet: Outlet) -> Pages:
    """Serve the search interface and, for each story, the content interface beside its page."""
    found = [(outlet.paths(s)[0], s) for s in outlet.listed]

    async def search(request: Request, wire: Wire) -> None:
        query = parse_qs(urlsplit(request.target).query)
        start, count = int(query.get("start", ["0"])[0]), int(query.get("count", ["10"])[0])
        body = discovery.govuk_search(found[start : start + count], len(found), start)
        await wire.respond(200, body, [("Content-Type", "application/json")])

    content = {
        f"/api/content{p}": answer(discovery.govuk_content(p, s), "application/json") for p, s in found
    }
    return {"/api/search.json": search, **content}
