"""Every misbehaving page, and the outcomes it may end in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from tests.site import chrome, decoys
from tests.site import misbehave as bad
from tests.site.chrome import Style
from tests.site.prose import Writer
from tests.site.server import Behaviour, Site, answer, head
from tests.site.stories import Story

BASE = Style("The Example")

Wrapping = Callable[[bytes], Behaviour]
"""Makes a behaviour of a page that is well in itself."""


@dataclass(frozen=True, slots=True)
class Case:
    """One page: what it does, what may become of it, and the story on it if it has one."""

    name: str
    behave: Behaviour
    outcomes: frozenset[str]
    story: Story | None = None

    @property
    def path(self) -> str:
        """Where it lies on its site."""
        return f"/news/{self.name}"


@dataclass(frozen=True, slots=True)
class Desk:
    """Makes cases: writes stories and dresses them for a site."""

    site: Site
    writer: Writer
    now: datetime

    def story(self, name: str, language: str = "en") -> Story:
        """Write a story of a few hours ago."""
        then = self.now - timedelta(hours=self.writer.chance.randint(2, 40))
        return Story(name, self.writer.title(language), self.writer.paragraphs(language), then, language)

    def page(self, story: Story, style: Style = BASE) -> bytes:
        """Dress a story as a page of the site."""
        return chrome.article(story, self.site.url(f"/news/{story.slug}"), style)

    def good(self, name: str, wrap: Wrapping) -> Case:
        """Make a case that has to end as an article with the right text, however odd its page comes."""
        story = self.story(name)
        return Case(name, wrap(self.page(story)), frozenset({"new"}), story)

    def maybe(self, name: str, wrap: Wrapping, *otherwise: str) -> Case:
        """Make a case that may end as an article, if its text is right."""
        case = self.good(name, wrap)
        return replace(case, outcomes=case.outcomes | set(otherwise))

    def bad(self, name: str, behave: Behaviour, *outcomes: str) -> Case:
        """Make a case that is never an article."""
        return Case(name, behave, frozenset(outcomes))

    def charset(self, name: str, language: str, charset: str, kind: str, *, declare: bool = False) -> Case:
        """Make a page in a character set, under some Content-Type."""
        story = self.story(name, language)
        body = self.page(story, replace(BASE, language=language, charset=charset, declare=declare))
        return Case(name, answer(body, kind), frozenset({"new"}), story)


def odd_but_good(desk: Desk) -> Sequence[Case]:
    """Pages whose text can be had all the same."""
    plain = "text/html"
    utf8 = "text/html; charset=utf-8"
    return (
        desk.good("plain", answer),
        desk.maybe(
            "brotli-unasked", lambda page: bad.encoded(bad.brotlied(page), "br"), "failed:parser-error"
        ),
        desk.good("three-redirects", lambda page: bad.redirect_chain(3, answer(page))),
        desk.good("500-then-200", lambda page: bad.first(1, bad.refuses(500), answer(page))),
        desk.good("early-hints", _early_hints),
        desk.good("nul-and-surrogates", lambda page: answer(bad.with_nul_bytes(page))),
        desk.charset("gbk-undeclared", "zh", "gbk", plain),
        desk.charset("gbk-declared-utf8", "zh", "gbk", utf8),
        desk.charset("shift-jis-undeclared", "ja", "shift_jis", plain),
        desk.charset("euc-kr-undeclared", "ko", "euc-kr", plain),
        desk.charset("windows-1251-undeclared", "ru", "windows-1251", plain),
        desk.charset("windows-1256-undeclared", "ar", "windows-1256", plain),
        desk.charset("utf8-declared-latin1", "ar", "utf-8", "text/html; charset=iso-8859-1", declare=True),
        desk.charset("utf8-declared-nonsense", "ru", "utf-8", "text/html; charset=x-sonstwas"),
    )


def _early_hints(page: bytes) -> Behaviour:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n"
    return bad.bytes_as_they_are(hints + head(200, [bad.HTML, ("Content-Length", str(len(page)))]) + page)


def broken_transfers(desk: Desk) -> Sequence[Case]:
    """Answers that end too early, never, or are no HTTP."""
    network = "failed:network"
    large = "failed:too-large"
    text = desk.page(desk.story("lost"))
    many = [(f"X-Header-{n}", "x" * 900) for n in range(110)]
    return (
        desk.bad("closes-midway", bad.closes_midway(text), network),
        desk.bad("length-too-long", bad.declares_length(text, len(text) + 999), network),
        desk.maybe("length-too-short", lambda page: bad.declares_length(page, len(page) - 300), network),
        desk.bad("broken-chunks", bad.broken_chunks(text), network),
        desk.bad("endless", bad.endless, large),
        desk.bad("declares-50-mb", bad.declares_50_mb, large),
        desk.bad("gzip-bomb", bad.encoded(bad.gzip_bomb(), "gzip"), large),
        desk.bad("broken-gzip", bad.encoded(bad.broken_gzip(text), "gzip"), "failed:parser-error", network),
        desk.bad(
            "truncated-gzip",
            bad.encoded(bad.truncated_gzip(text), "gzip"),
            "new",
            "failed:parser-error",
            network,
        ),
        desk.bad(
            "no-such-encoding",
            bad.encoded(text, "x-rot13"),
            "failed:parser-error",
            network,
            "rejected:not-html",
        ),
        desk.maybe("many-headers", lambda page: bad.header_bomb(page, many), network, large),
        desk.maybe(
            "large-header", lambda page: bad.header_bomb(page, [("X-Large", "x" * 100_000)]), network, large
        ),
        desk.maybe("header-bytes", _odd_header, network),
        desk.bad("no-status-line", bad.bytes_as_they_are(b"HELLO THERE\r\n\r\n" + text), network),
        desk.bad("no-answer", bad.bytes_as_they_are(b""), network),
    )


def _odd_header(page: bytes) -> Behaviour:
    start = head(200, [bad.HTML, ("Content-Length", str(len(page)))]).removesuffix(b"\r\n")
    return bad.bytes_as_they_are(start + b"X-Odd: \xff\xfe\x80 \x01\x02\r\n\r\n" + page)


def wrong_ways(desk: Desk, tripwire: Site) -> Sequence[Case]:
    """Redirects that lead nowhere, round in circles, or where nobody may go; `tripwire` is on ::1."""
    text = desk.page(desk.story("elsewhere"))
    refused = "failed:address-refused"
    strange = (refused, "failed:redirects", "failed:network", "failed:http-status")
    away = {
        "to-private": "http://10.0.0.1/",
        "to-metadata": "http://169.254.169.254/latest/meta-data/",
        "to-metadata-decimal": "http://2852039166/latest/meta-data/",
        "to-metadata-hex": "http://0xa9fea9fe/",
        "to-metadata-mapped": "http://[::ffff:169.254.169.254]/",
        "to-private-decimal": "http://167772161/",
        "to-ipv6-loopback": tripwire.url("/caught"),
        "to-nowhere": "http://0.0.0.0/",
        "to-broadcast": "http://255.255.255.255/",
        "to-multicast": "http://224.0.0.1/",
    }
    return (
        *(desk.bad(name, bad.redirect(url), refused) for name, url in away.items()),
        desk.bad("redirect-loop", bad.redirect_loop, "failed:redirects"),
        desk.bad("six-redirects", bad.redirect_chain(6, answer(text)), "failed:redirects"),
        desk.bad("redirects-without-end", bad.redirect_chain(60, answer(text)), "failed:redirects"),
        desk.bad("to-forbidden", bad.redirect("/forbidden/secret"), "failed:robots"),
        desk.bad("to-file", bad.redirect("file:///etc/passwd"), *strange),
        desk.bad("to-ftp", bad.redirect("ftp://127.0.0.1/x"), *strange),
        desk.bad("to-bracket", bad.redirect("http://[::"), *strange),
        desk.bad("to-no-port", bad.redirect("http://127.0.0.1:99999/"), *strange),
        desk.bad("without-location", bad.redirect(""), *strange),
        desk.bad("refresh-to-private", _refresh("http://10.0.0.1/"), "rejected:empty", "rejected:block-page"),
    )


def _refresh(url: str) -> Behaviour:
    return answer(f'<html><head><meta http-equiv="refresh" content="0;url={url}"></head><body></body></html>')


def no_articles(desk: Desk) -> Sequence[Case]:
    """Pages that answer well and are no articles, and plain errors."""
    titles = [desk.writer.title("en") for _ in range(40)]
    section = chrome.document("World", "", _section(titles), BASE, titles[:6])
    block = "rejected:block-page"
    status = "failed:http-status"
    return (
        *(desk.bad(f"status-{code}", bad.refuses(code), status) for code in (401, 403, 404, 410, 451, 500)),
        desk.bad("not-modified-unasked", bad.bytes_as_they_are(b"HTTP/1.1 304 Not Modified\r\n\r\n"), status),
        desk.bad("challenge", answer(decoys.CHALLENGE), block),
        desk.bad("difficulties", answer(decoys.DIFFICULTIES), block),
        desk.bad("access-denied", answer(decoys.ACCESS_DENIED), block),
        desk.bad("web-page-blocked", answer(decoys.WEB_PAGE_BLOCKED), block),
        desk.bad("soft-404", answer(decoys.SOFT_404), "rejected:soft-404"),
        desk.bad("paywall", answer(decoys.PAYWALL), "rejected:paywall"),
        desk.bad("section-front", answer(section), "rejected:listing"),
        desk.bad("nothing", answer(b""), "rejected:empty"),
        desk.bad("shell", answer(decoys.EMPTY_SHELL), "rejected:empty", block),
        desk.bad("pdf", answer(bad.pdf(), "application/pdf"), "rejected:not-html"),
        desk.bad("pdf-called-html", answer(bad.pdf()), "rejected:not-html", "rejected:empty"),
        desk.bad(
            "zeros", answer(b"\x00" * 100_000), "rejected:not-html", "rejected:empty", "failed:parser-error"
        ),
    )


def _section(titles: Sequence[str]) -> str:
    cards = "".join(
        f'<div class="card"><h3><a href="/news/{n}">{t}</a></h3><a href="/news/{n}">Read more</a></div>'
        for n, t in enumerate(titles)
    )
    return f"<main><h1>World</h1><div class='grid'>{cards}</div></main>"


def heavy(desk: Desk) -> Sequence[Case]:
    """Pages that cost time or memory to read."""
    ends = ("failed:too-large", "failed:parser-error", "failed:timeout")
    return (
        desk.bad("nested-divs", answer(bad.nested_divs()), *ends),
        desk.bad("one-text-node", answer(bad.one_text_node()), *ends),
    )


def slow(desk: Desk) -> Sequence[Case]:
    """Answers that take for ever."""
    ends = ("failed:timeout",)
    return (
        desk.bad("never-answers", bad.never_answers, *ends),
        desk.bad("hangs-after-headers", bad.hangs_after_headers, *ends),
        desk.bad("drips", bad.drips, *ends),
    )


def desk(site: Site, seed: int = 11) -> Desk:
    """Make a desk for a site, writing about the days before now."""
    return Desk(site, Writer(seed), datetime.now(UTC).replace(microsecond=0))
