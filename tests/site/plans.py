"""The ten outlets of the made-up world, each in a few lines."""

from __future__ import annotations

from tests.site import decoys, makes
from tests.site.chrome import Style
from tests.site.outlets import Plan
from tests.site.server import answer

BODY = {"body": ["div.article-body"], "title": ["h1.headline"]}
FULL = {**BODY, "drop": [".standfirst", ".byline", ".article-source", ".share", ".related"]}

PLANS = (
    Plan(
        id="north_wire",
        kind="wire",
        style=Style("Northern Wire", end_mark="(END)"),
        discover=({"feed": "/rss.xml"},),
        serve=makes.tracked_rss,
        path="/view/{y}{m}{d}/{slug}",
        include=r"^/view/\d{8}/",
        stories=5,
        zone="Asia/Seoul",
        rules=FULL,
        standfirsts=True,
    ),
    Plan(
        id="ministry",
        kind="official",
        style=Style("Ministry of External Affairs"),
        discover=({"feed": "/news.atom"},),
        serve=makes.atom,
        path="/news/{y}/{m}/{slug}",
        include=r"^/news/\d{4}/",
        rules=FULL,
        standfirsts=True,
    ),
    Plan(
        id="daily",
        kind="newspaper",
        style=Style("The Corvane Daily"),
        discover=({"feed": "/index.rdf"},),
        serve=makes.rdf,
        path="/articles/{slug}.html",
        include=r"^/articles/|^/private/",
        zone="Europe/Berlin",
        decoys={"/private/draft-4711.html": (answer("<h1>Draft</h1>"), "failed:robots")},
    ),
    Plan(
        id="digest",
        kind="aggregator",
        style=Style("Lissa Digest"),
        discover=({"feed": "/feed.json"},),
        serve=makes.json_feed,
        path="/item/{slug}",
        include="^/item/",
        stories=3,
        rules=BODY,
        copies_from="north_wire",
    ),
    Plan(
        id="tribune",
        kind="newspaper",
        style=Style("Vestrey Tribune"),
        discover=({"sitemap": "/sitemap.xml"},),
        serve=makes.sitemap,
        path="/{y}/{m}/{d}/{slug}/",
        include=r"^/\d{4}/\d\d/\d\d/",
        stories=6,
        zone="America/New_York",
        decoys={
            "/2026/01/02/access-denied/": (answer(decoys.ACCESS_DENIED), "rejected:block-page"),
            "/2026/01/02/moved-away/": (answer(decoys.SOFT_404), "rejected:soft-404"),
            "/2026/01/02/not-there/": (answer("<h1>Not Found</h1>", status=404), "failed:http-status"),
        },
    ),
    Plan(
        id="foreign_office",
        kind="official",
        style=Style("外事办公室", "zh", "gbk", json_ld=False, clock="%Y-%m-%d %H:%M"),
        discover=(
            {
                "listing": "/web/xw/",
                "links": "ul.list1 a.item",
                "pages": "index_{n}.html",
                "first": 1,
                "max_pages": 5,
            },
        ),
        serve=makes.relative_listing,
        path="/web/xw/{y}{m}/t{y}{m}{d}_{slug}.html",
        include=r"^/web/xw/\d{6}/t\d+_",
        stories=7,
        zone="Asia/Shanghai",
        header_charset=False,
        rules={**BODY, "published": {"css": "#News_Body_Time", "format": "%Y-%m-%d %H:%M"}},
    ),
    Plan(
        id="blog",
        kind="blog",
        style=Style("Harbour Notes"),
        discover=({"api": "/wp-json/wp/v2/posts", "type": "wordpress"},),
        serve=makes.wordpress,
        path="/{y}/{m}/{slug}/",
        include=r"^/\d{4}/\d\d/",
        stories=5,
        rules=BODY,
    ),
    Plan(
        id="gov",
        kind="official",
        style=Style("Office of Rivers"),
        discover=(
            {
                "api": "/api/search.json?filter_organisations=rivers&order=-public_timestamp",
                "type": "govuk",
            },
        ),
        serve=makes.govuk,
        path="/government/news/{slug}",
        include="^/government/news/",
        zone="Europe/London",
        rules=FULL,
        standfirsts=True,
    ),
    Plan(
        id="agency",
        kind="wire",
        style=Style("반도통신", "ko", end_mark="-0-"),
        discover=({"listing": "/en/category/first"}, {"listing": "/en/category/second"}),
        serve=makes.topics,
        path="/en/article/q/{hash}.kcmsf",
        mirrors=("/en/article/q/{hash}.kcmsf",),
        include=r"^/en/article/q/[0-9a-f]{32}\.kcmsf$",
        zone="Asia/Pyongyang",
        canonical=False,
        rules=BODY,
    ),
    Plan(
        id="gulf",
        kind="broadcaster",
        style=Style("قناة الساحل", "ar", "windows-1256"),
        discover=({"feed": "/rss.xml"},),
        serve=makes.rss,
        path="/arabic/{slug}.htm",
        include="^/arabic/",
        zone="Asia/Qatar",
    ),
)
