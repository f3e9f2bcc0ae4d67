"""What names an article: canonical addresses and the keys made from them.

When in doubt, two addresses stay two articles: a miss is mended by the text, a false merge loses one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from hashlib import sha256
from ipaddress import ip_address
from urllib.parse import parse_qsl, unquote_to_bytes, urlsplit, urlunsplit

import tldextract
from w3lib.url import canonicalize_url, safe_url_string

from config.outlet import Articles
from pipeline.wrappers import unwrapped

MAX_URL_LENGTH = 2048
MAX_KEY_BYTES = 1024
"""PostgreSQL refuses index entries over 2,704 bytes, and keys are indexed together with their outlet."""
_KEY_HEAD = 200
_ENTRY = "entry:"

_NEVER_AN_ID = re.compile(
    r"""utm_\w+ | mtm_\w+ | matomo_\w+ | pk_\w+ | piwik_\w+ | hsa_\w+ | _hs(?:enc|mi) | __hs\w+ | vero_\w+
    | oly_\w+ | ga_\w+ | _ga | _gl | mc_[ce]id | mkt_tok | at_(?:medium|campaign|custom\d|format|link\w*)
    | at_(?:bbc|ptr)\w* | fbclid | gclid | gclsrc | dclid | gbraid | wbraid | msclkid | yclid | ysclid
    | twclid | ttclid | igshid | igsh | li_fat_id | irclickid | rb_clickid | tblci | dicbo | obOrigUrl
    | outbrainclickid | s_cid | cmpid | icid | ncid | ocid | traffic_source | smid | smtyp | xtor
    | wt_?(?:zmc|mc)\w* | wtrid | trkcampaign | spm | scm | share_?from | soc_(?:src|trk) | sr_share
    | guccounter | guce_\w+ | ref_src | ref_url | referrer | __twitter_impression | _openstat
    | hootpostid | sref | replytocom | (?:un)?like_comment | _wpnonce | taid | n_cid | wt\.\w+
    | jsessionid | phpsessid | aspsessionid\w*
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""Names of query parameters that track a reader or a session; none is known to name an article anywhere."""

_OTHER_VIEW = re.compile(
    r"(?:/amp|\.amp(?:\.html?)?|(?<=[^/]{8})/print|/(?:index|default)\.(?:html?|php|aspx?|jsp))/?$",
    re.IGNORECASE,
)
"""The end of a path that only tells how a page is shown; "/print" behind what is long enough for a slug."""
_OTHER_HOST = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.[^.]+)")
_VIEW_FLAGS = {(name, value) for name in ("amp", "nonamp", "print") for value in ("", "1", "true", "yes")} | {
    ("outputtype", "amp")
}
_PLAIN_HOST = re.compile(r"^www\d?\.(?=[^.]+\.[^.]+)")
_PLAIN_PATH = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$|/$", re.IGNORECASE)
_OTHER_MAKE = re.compile(r"(?:^|[=&])(?:amp|mobile|print\w*)(?:[=&]|$)", re.IGNORECASE)
"""A parameter, by name or value, that asks for another view of a page."""
_A_NAME = re.compile(r"[a-z_]{1,12}", re.IGNORECASE)
_SESSION_IN_PATH = re.compile(r";jsessionid=[^/?]*", re.IGNORECASE)
_CONTENT_INTERFACE = "/api/content"
"""Before the path of a page, the address of its content as JSON (GOV.UK content API)."""
_QUOTED = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")
_DISTINCT = re.compile(r"\d{5,}|[0-9a-f]{12,}|[^/?&=]*[^/?&=\-_]+(?:[-_][^/?&=\-_]+){3,}")


def fetchable(url: str) -> str | None:
    """Return `url` as it is safely requested, or None where it is no absolute http(s) address.

    What an AMP cache or a redirector wraps comes out of its wrap (see `pipeline.wrappers`).
    Addresses with user names, without a host, with a port outside 1-65535 or longer than 2,048
    characters are refused. The fragment is dropped, but for "#!", which names a page on some old sites.
    """
    url = unwrapped("".join(c for c in url.strip()[: 4 * MAX_URL_LENGTH] if c.isprintable()))
    if not url or len(url) > MAX_URL_LENGTH:
        return None
    try:
        parts = urlsplit(url)
        if parts.scheme.lower() not in {"http", "https"} or not parts.hostname or parts.port == 0:
            return None
        if "@" in parts.netloc or "\\" in parts.netloc:
            return None
        fragment = parts.fragment if parts.fragment.startswith("!") else ""
        safe = safe_url_string(urlunsplit(parts._replace(fragment=fragment)), encoding="utf-8")
        urlsplit(safe).port  # noqa: B018 - raises where the port is no number
    except ValueError:
        return None
    return safe if len(safe) <= MAX_URL_LENGTH else None


@lru_cache(maxsize=1024)
def canonical_url(url: str) -> str:
    """Return the address under which an article is kept: `url` in normal form, without tracking.

    Host in lower case, no default port, dot segments resolved, percent-encoding in normal form (NFC),
    query sorted and without the parameters that never name an article, no fragment but "#!".
    The answer for a canonical address is itself.
    """
    parts = urlsplit(unicodedata.normalize("NFC", _QUOTED.sub(_letters, url)))
    path = re.sub(r"/{2,}", "/", _SESSION_IN_PATH.sub("", _without_dot_segments(parts.path)))
    query = "&".join(
        p for p in parts.query.split("&") if p and not _NEVER_AN_ID.fullmatch(p.partition("=")[0])
    )
    netloc = _plain_netloc(parts.scheme, parts.netloc.lower())
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    plain = urlunsplit((parts.scheme.lower(), netloc, path or "/", query, fragment))
    return canonicalize_url(plain, keep_fragments=True)


def url_key(url: str) -> str:
    """Return what two addresses of one page share: blind to scheme, www, AMP, print and mobile twins.

    A parameter without a value ("page=") says nothing, unless it is no mere name ("?1001="). It is never
    fetched. The case of the path and language parts are kept.
    """
    parts = urlsplit(canonical_url(url))
    host = _OTHER_HOST.sub("", parts.netloc)
    path = _OTHER_VIEW.sub("", parts.path).rstrip("/") or "/"
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _is_view(pair))
    return host + path + (f"?{query}" if query else "") + (f"#{parts.fragment}" if parts.fragment else "")


def same_view(one: str, other: str) -> bool:
    """Tell whether two addresses of one article show it in the same view, not one as AMP, print or mobile.

    Blind to scheme, www and the parameters that do not ask for such a view; any other path is another view.
    """
    return one == other or _view(one) == _view(other)


def _view(url: str) -> tuple[str, str, bool]:
    parts = urlsplit(canonical_url(url))
    host, path = _PLAIN_HOST.sub("", parts.netloc), _PLAIN_PATH.sub("", parts.path)
    return host, path, _OTHER_MAKE.search(parts.query) is not None


def _is_view(pair: str) -> bool:
    """Tell whether a part of a query only tells how a page is shown, or nothing."""
    name, _, value = pair.lower().partition("=")
    return (name, value) in _VIEW_FLAGS or (not value and _A_NAME.fullmatch(name) is not None)


def article_key(url: str, articles: Articles) -> str:
    """Return what names the article at `url` within its outlet: its identity part, or else its `url_key`."""
    part = articles.named_part(canonical_url(url)) or articles.named_part(url)
    return bounded_key(f"id:{part}" if part else url_key(url))


def entry_key(identifier: str) -> str:
    """Return the key of an article that a feed's entry of this id leads to, within its outlet."""
    return bounded_key(_ENTRY + identifier.encode("utf-8", "replace").decode())


def is_entry_key(key: str) -> bool:
    """Tell whether a key is that of a feed's entry, and of no address."""
    return key.startswith(_ENTRY)


def bounded_key(key: str) -> str:
    """Return `key`, or where it is too long for the index of a database its beginning and a digest."""
    encoded = key.encode()
    return key if len(encoded) <= MAX_KEY_BYTES else f"{key[:_KEY_HEAD]}~{sha256(encoded).hexdigest()}"


def trusted_link(page_url: str, link: str | None, articles: Articles) -> str | None:
    """Return the page's own canonical `link` if it can be believed, in canonical form; None otherwise.

    It is believed within the same site (registrable domain, Public Suffix List), where the article rules
    accept it and it shares with `page_url` a part that can name one article: a long number, a digest or
    a slug of four words. A template that sends every page to its section is not believed, nor one that
    loses the query in which the article is named.
    """
    if not link or not (link := fetchable(link) or "") or site_of(link) != site_of(page_url):
        return None
    theirs, ours = urlsplit(canonical_url(link)), urlsplit(canonical_url(page_url))
    if theirs.path in {"", "/"} or not articles.accepts(articles.rewritten(link)):
        return None
    if url_key(link) == url_key(page_url) or ours.path == _CONTENT_INTERFACE + theirs.path:
        return canonical_url(link)
    whole_theirs, whole_ours = f"{theirs.path}?{theirs.query}", f"{ours.path}?{ours.query}"
    lost = {
        value for _, value in parse_qsl(ours.query) if re.search(r"\d", value) and value not in whole_theirs
    }
    shared = [part for part in _DISTINCT.findall(whole_theirs.casefold()) if part in whole_ours.casefold()]
    if not shared or (lost and not any(re.search(r"-.*-.*-|\d{5}", part) for part in shared)):
        return None
    return canonical_url(link)


def site_of(url: str) -> str:
    """Return the registrable domain of `url` (example.co.uk); of an IP address, itself and its port."""
    parts = urlsplit(url)
    host = (parts.hostname or "").rstrip(".")
    try:
        ip_address(host)
    except ValueError:
        unlisted = ".".join(host.lower().split(".")[-2:])  # the list's own rule for what it does not list
        return _suffixes()(host).top_domain_under_public_suffix or unlisted
    return parts.netloc.lower()


@cache
def _suffixes() -> tldextract.TLDExtract:
    """The Public Suffix List that comes with the package; nothing is fetched or cached on disk."""
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def _letters(quoted: re.Match[str]) -> str:
    """Return percent-encoded UTF-8 as letters; any other bytes stay as they are."""
    try:
        return unquote_to_bytes(quoted[0]).decode("utf-8")
    except UnicodeDecodeError:
        return quoted[0]


def _plain_netloc(scheme: str, netloc: str) -> str:
    """Drop the default port and the dot of a fully qualified name."""
    default = {"http": ":80", "https": ":443"}.get(scheme.lower(), "")
    plain = netloc.removesuffix(default) if default else netloc
    host, colon, port = plain.partition(":")
    return plain if plain.startswith("[") else host.rstrip(".") + colon + port


def _without_dot_segments(path: str) -> str:
    """Resolve "." and ".." (RFC 3986, 5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if path.endswith(("/.", "/..")):
        kept.append("")
    return "/".join(kept)
