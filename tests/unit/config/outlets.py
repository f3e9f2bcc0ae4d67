"""Outlet files for the tests: the smallest that is right, and strategies for many."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

SMALLEST = """\
id: gazette
name: The Gazette
kind: newspaper
home: https://gazette.example/
languages: [en]
country: KR
discover:
  - feed: https://gazette.example/rss.xml
"""


class _Plain(yaml.SafeDumper):
    """Writes shared values out instead of anchoring them."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True


def dumped(value: object, *, flow: bool | None = False) -> str:
    """Return `value` as YAML without anchors."""
    return yaml.dump(value, Dumper=_Plain, allow_unicode=True, default_flow_style=flow, sort_keys=False)


def written(folder: Path, **texts: str) -> Path:
    """Write each text to `<name>.yaml` in `folder`, and return the folder."""
    for name, text in texts.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


_addresses = st.sampled_from(
    [
        "https://a.example/",
        "http://b.example:8080/x/y.xml?z=1",
        "https://xn--bcher-kva.example/rss",
        "https://例え.example/",
    ]
)
_selectors = st.sampled_from(["p", "main h1", "p:has(> img) + p", "a[href^='/x/'], .b > i", ".a--b:not(.c)"])
_patterns = st.sampled_from(
    [r"^/[a-z-]+/\d{4}/", "/live/", r"-([0-9a-f]{32})$", r"(?i)\.pdf$", "^/(?:[a-z]+/)*x"]
)
_spans = st.builds("{}{}".format, st.integers(1, 366), st.sampled_from("smhd"))
_names = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=60)
_discoveries = st.one_of(
    st.fixed_dictionaries({"feed": _addresses}),
    st.fixed_dictionaries({"sitemap": _addresses}),
    st.fixed_dictionaries(
        {"listing": _addresses, "pages": st.sampled_from(["?page={n}", "index_{n}.html", "/page/{n}/"])},
        optional={"links": _selectors, "first": st.integers(0, 99), "max_pages": st.integers(1, 1000)},
    ),
    st.fixed_dictionaries({"api": _addresses, "type": st.sampled_from(["wordpress", "govuk", "reliefweb"])}),
)
_articles = st.fixed_dictionaries(
    {},
    optional={
        "include": st.lists(_patterns, max_size=3),
        "exclude": st.lists(_patterns, max_size=3),
        "rewrite": st.lists(st.sampled_from([["^/feed/", "/"], ["^/(a)/(b)/", r"/\2/\1/"]]), max_size=2),
        "identity": _patterns,
        "max_age_days": st.integers(1, 9999) | st.floats(0.5, 9999),
    },
)
_extract = st.fixed_dictionaries(
    {},
    optional={
        "body": st.lists(_selectors, max_size=2),
        "drop": st.lists(_selectors, max_size=2),
        "title": st.lists(_selectors, max_size=2),
        "published": st.fixed_dictionaries(
            {"css": _selectors},
            optional={"format": st.sampled_from(["%d %b %Y", "(%Y.%m.%d.)", "%Y年%m月%d日"])},
        ),
        "origin": st.fixed_dictionaries({"css": _selectors}),
    },
)
outlet_mappings: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {
        "id": st.from_regex(r"[a-z0-9][a-z0-9_-]{0,63}", fullmatch=True),
        "name": _names,
        "kind": st.sampled_from(
            ["un", "wire", "official", "aggregator", "broadcaster", "newspaper", "ngo", "blog"]
        ),
        "home": _addresses,
        "languages": st.lists(st.sampled_from(["en", "ko", "no", "zh-Hans", "yue"]), min_size=1, max_size=3),
        "country": st.sampled_from(["KR", "NO", "GB", "INT"]),
        "discover": st.lists(_discoveries, min_size=1, max_size=4),
    },
    optional={
        "timezone": st.sampled_from(["Asia/Seoul", "UTC", "America/Argentina/Ushuaia"]),
        "articles": _articles,
        "extract": _extract,
        "politeness": st.fixed_dictionaries(
            {},
            optional={"delay": st.integers(0, 3600) | st.floats(0, 3600), "concurrency": st.integers(1, 16)},
        ),
        "schedule": st.fixed_dictionaries({"every": _spans}),
        "revisit": st.fixed_dictionaries({"after": st.lists(_spans, max_size=3)}),
        "enabled": st.booleans(),
    },
)

_scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.dates()
_keys = st.text(max_size=8) | st.sampled_from(
    [
        "id",
        "name",
        "discover",
        "feed",
        "listing",
        "pages",
        "articles",
        "rewrite",
        "extract",
        "published",
        "schedule",
        "revisit",
    ]
)
any_yaml = st.recursive(
    _scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_keys, inner, max_size=4),
    max_leaves=20,
)
