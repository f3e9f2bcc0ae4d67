"""From what a page says to what is kept of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from config.outlet import Articles, Outlet
from pipeline.boilerplate import NOTHING_LEARNED, Boilerplate
from pipeline.extract import extract_page
from pipeline.extract.agencies import KNOWN
from pipeline.extract.credits import is_same
from pipeline.normalise import clean_line, clean_text, sha256_of_tokens, tokens, word_count
from pipeline.records import Article, Extract, Page, RecordRef, Refusal, Rejected
from pipeline.urls import article_key, canonical_url, entry_key, fetchable, site_of, trusted_link

MAX_DROPPED = 200
"""Blocks taken out of a page that are kept to be asked about."""


def read_article(
    page: Page, outlet: Outlet, record: RecordRef | None, learned: Boilerplate = NOTHING_LEARNED
) -> Article | Rejected:
    """Read a page as its outlet's article. Runs where hostile input may hang or crash.

    Raises:
        PageError: the page cannot be read.
    """
    if landed_outside(page, outlet):
        return Rejected(Refusal.OUTSIDE, f"a redirect led to {page.url}")
    extract = extract_page(page, outlet, learned)
    return extract if isinstance(extract, Rejected) else build_article(page, outlet, extract, record)


def build_article(
    page: Page, outlet: Outlet, extract: Extract, record: RecordRef | None
) -> Article | Rejected:
    """Normalise what a page says, name it and hash it; refuse what is too old or has no text."""
    text = clean_text(extract.text)
    words = tokens(text)
    if not words:
        return Rejected(Refusal.EMPTY, "no text is left once the boilerplate is gone")
    if _is_too_old(page, outlet, extract):
        return Rejected(Refusal.TOO_OLD, f"older than {outlet.articles.max_age_days:g} days")
    addresses = met_at(page, outlet, extract.canonical_link, extract.alias_links)
    main = list(addresses.values())[-1]
    if page.candidate.identifier:
        addresses[entry_key(page.candidate.identifier)] = main
    return Article(
        outlet=outlet.id,
        outlet_kind=outlet.kind,
        key=page.candidate.key,
        url=page.url,
        canonical_url=main,
        title=clean_line(extract.title),
        summary=clean_text(extract.summary),
        text=text,
        language=extract.language,
        authors=tuple(clean_line(author) for author in extract.authors),
        published=extract.published,
        modified=extract.modified,
        credits=tuple(clean_line(credit) for credit in extract.credits),
        origin_url=extract.origin_url,
        origin_name=clean_line(extract.origin_name) if extract.origin_name else None,
        fetched_at=page.fetched_at,
        content_sha256=sha256_of_tokens(words),
        raw_sha256=sha256(page.body).hexdigest(),
        word_count=word_count(text),
        extractor=extract.extractor,
        dropped=extract.dropped[:MAX_DROPPED],
        record=record,
        keys=tuple(addresses),
        addresses=tuple(addresses.values()),
        claim=_claim(page.url, extract.canonical_link, outlet.articles, addresses),
        credits_others=credits_others(outlet, extract),
        drift=extract.drift,
        wall=extract.wall,
        sightings=extract.sightings,
    )


def met_at(
    page: Page, outlet: Outlet, canonical_link: str | None, alias_links: Sequence[str] = ()
) -> dict[str, str]:
    """Return the keys of a page with the address of each: as offered, as the page says, as answered.

    The last address is the one under which the article is kept: the page's own canonical one where it
    can be trusted, else the one that answered. The address of an interface (JSON) is nobody's page: it
    counts only where the answer names no other.
    """
    rules = outlet.articles
    chosen = kept_under(page.url, canonical_link, rules)
    trusted = chosen != canonical_url(rules.rewritten(page.url))
    if trusted and "json" in page.header("Content-Type").lower():
        return {page.candidate.key: chosen} | {article_key(chosen, rules): chosen}
    found = {page.candidate.key: canonical_url(page.candidate.url)}
    believed = (trusted_link(page.url, link, rules) for link in alias_links)
    aliases = [canonical_url(rules.rewritten(link)) for link in believed if link]
    for url in (*aliases, canonical_url(rules.rewritten(page.url)), chosen):
        key = article_key(url, rules)
        found.pop(key, None)
        found[key] = url
    return found


def _claim(
    url: str, link: str | None, rules: Articles, addresses: Mapping[str, str]
) -> tuple[str, str] | None:
    """Return key and address of a page's canonical `link` that is not among its `addresses`.

    It has to lie on the same site, be no front page, and be an article by the outlet's rules.
    """
    if not link or not (link := fetchable(link) or "") or site_of(link) != site_of(url):
        return None
    main = canonical_url(rules.rewritten(link))
    key = article_key(main, rules)
    if key in addresses or urlsplit(main).path in {"", "/"} or not rules.accepts(main):
        return None
    return key, main


def kept_under(url: str, canonical_link: str | None, rules: Articles) -> str:
    """Return the address under which a page is kept: its own canonical one if it is trusted, else `url`."""
    return canonical_url(rules.rewritten(trusted_link(url, canonical_link, rules) or url))


def landed_outside(page: Page, outlet: Outlet) -> bool:
    """Tell whether a redirect led from an article to something else: the home page, a refused address."""
    if not page.redirects or page.url == page.candidate.url:
        return False
    final = outlet.articles.rewritten(page.url)
    if article_key(final, outlet.articles) == page.candidate.key:
        return False
    if site_of(final) != site_of(page.candidate.url):
        return urlsplit(final).path in {"", "/"}
    return urlsplit(final).path in {"", "/"} or not outlet.articles.accepts(final)


def credits_others(outlet: Outlet, extract: Extract) -> bool:
    """Tell whether the page says that its text comes from somebody else than its outlet."""
    names = [*extract.credits, extract.origin_name or ""]
    if any(tokens(name) and not _is_own(outlet, name) for name in names):
        return True
    return extract.origin_url is not None and site_of(extract.origin_url) != site_of(outlet.home)


def _is_own(outlet: Outlet, name: str) -> bool:
    """Tell whether a credit names the outlet itself: by its name, its site, or as the agency that it is."""
    words, own = set(tokens(name)), set(tokens(outlet.name))
    if words <= own or own <= words:
        return True
    site = "".join(tokens(site_of(outlet.home)))
    label = "".join(tokens(site_of(outlet.home).partition(".")[0]))
    if "".join(tokens(name)) in {site, label}:
        return True
    return any(is_same(name, part) for part in (outlet.name, *KNOWN.findall(outlet.name)))


def _is_too_old(page: Page, outlet: Outlet, extract: Extract) -> bool:
    days = outlet.articles.max_age_days
    if days is None or extract.published is None:
        return False
    return extract.published.at < page.fetched_at - timedelta(days=days)
