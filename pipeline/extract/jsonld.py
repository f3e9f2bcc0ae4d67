"""What JSON-LD says of the article on a page (schema.org, in all the shapes that pages give it)."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from pipeline.extract.agencies import agency_of
from pipeline.extract.bodies import is_agency
from pipeline.extract.strings import key, plain

Thing = Mapping[str, Any]

_MAX_THINGS = 3000
_MAX_DEPTH = 10
_MAX_ARTICLES = 40
_CLOSE = 0.82
_ARTICLE = re.compile(r"(Article|Posting|Report|Report.*Article|Review)$")
_WRAP = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?:-->|//\s*\]\]>|\]\]>|/\*\s*\]\]>\s*\*/)\s{0,9};?\s{0,9}$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_STRING_FIELD = re.compile(
    r'"(headline|datePublished|dateModified|description|inLanguage)"\s*:\s*"((?:[^"\\]|\\.){1,2000})"'
)
_AUTHOR_FIELD = re.compile(r'"author"\s*:\s*[\[{][^}\]]{0,300}?"name"\s*:\s*"((?:[^"\\]|\\.){1,200})"')
_LISTED = frozenset(
    {
        "itemListElement",
        "hasPart",
        "mentions",
        "relatedLink",
        "citation",
        "isPartOf",
        "liveBlogUpdate",
        "review",
        "comment",
    }
)
"""Keys under which other articles stand, not this one."""
_ORGANISATIONS = frozenset({"Organization", "NewsMediaOrganization", "Corporation", "NGO"})


def things(texts: Sequence[str]) -> list[Thing]:
    """Read JSON-LD scripts into all objects within them, outer ones first; broken ones as far as it goes."""
    found: list[Thing] = []
    for text in texts:
        for thing in _walk(_load(text), 0):
            found.append(thing)
            if len(found) >= _MAX_THINGS:
                return found
    return found


def _load(text: str) -> object:
    text = _WRAP.sub("", _WRAP.sub("", text.strip()).strip()).strip()
    repaired = _TRAILING_COMMA.sub(r"\1", text.rstrip("; \n"))
    for attempt in (text, repaired, html.unescape(repaired)):
        try:
            return json.loads(attempt, strict=False)
        except ValueError:
            continue
        except RecursionError:
            return None
    return _salvage(text)


def _salvage(text: str) -> Thing | None:
    """Pick the fields that matter out of JSON that cannot be parsed."""
    fields: dict[str, Any] = {}
    for name, value in _STRING_FIELD.findall(text[:200_000]):
        fields.setdefault(name, value.replace('\\"', '"').replace("\\/", "/"))
    if author := _AUTHOR_FIELD.search(text[:200_000]):
        fields["author"] = author[1]
    return {"@type": "Article", **fields} if "headline" in fields or "datePublished" in fields else None


def _walk(value: object, depth: int) -> Iterator[Thing]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value[:500]:
            yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for name, item in value.items():
            if name not in _LISTED and isinstance(item, dict | list):
                yield from _walk(item, depth + 1)


def types_of(thing: Thing) -> list[str]:
    """Return the schema.org types of an object, without their address."""
    value = thing.get("@type")
    values = value if isinstance(value, list) else [value]
    return [v.rsplit("/", 1)[-1] for v in values if isinstance(v, str)]


def is_article(thing: Thing) -> bool:
    """Tell whether an object is some kind of article."""
    return any(_ARTICLE.search(t) for t in types_of(thing))


def article_of(found: Sequence[Thing], addresses: Sequence[str], titles: Sequence[str]) -> Thing | None:
    """Return the object that is about this very page, or None.

    `addresses` are the page's own (fetched, canonical), `titles` what the page calls itself elsewhere.
    An article that names another address and another title is somebody else's.
    """
    best: tuple[float, Thing] | None = None
    for thing in [t for t in found if is_article(t)][:_MAX_ARTICLES]:
        score = _match(thing, addresses, titles)
        if score > 0 and (best is None or score > best[0]):
            best = (score, thing)
    return best[1] if best else None


def _match(thing: Thing, addresses: Sequence[str], titles: Sequence[str]) -> float:
    score = 1.0 + 0.5 * ("datePublished" in thing) + 0.2 * ("author" in thing)
    headline = key(string(thing, "headline", "name"))
    if headline and titles:
        score += 4 if any(alike(headline, key(t)) for t in titles) else -2
    named = [a for a in _own_addresses(thing) if a]
    if named and addresses:
        mine = {_bare(a) for a in addresses}
        score += 3 if any(_bare(a) in mine for a in named) else -1
    return score


def _own_addresses(thing: Thing) -> list[str]:
    main = thing.get("mainEntityOfPage")
    if isinstance(main, dict):
        main = main.get("@id") or main.get("url")
    return [a for a in (main, thing.get("url"), thing.get("@id")) if isinstance(a, str) and "/" in a]


def _bare(url: str) -> str:
    return re.sub(r"^https?://(www\.)?|[#?].*$", "", url).rstrip("/").casefold()


def contained(one: str, other: str) -> bool:
    """Tell whether two keys are equal, or one is a good part of the other."""
    if not one or not other:
        return False
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) >= 12 and short in long and len(short) >= 0.4 * len(long))


def alike(one: str, other: str) -> bool:
    """Tell whether two keys are of the same headline: equal, one within the other, or nearly the same."""
    if not one or not other:
        return False
    if contained(one, other):
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < 0.7 * len(long) or len(long) > 400:
        return False
    return _is_close(one, other)


@lru_cache(maxsize=2048)
def _is_close(one: str, other: str) -> bool:
    """Tell whether two strings are nearly the same; most are not by their letters alone, in any order."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() > _CLOSE and matcher.ratio() > _CLOSE


def string(thing: Thing | None, *names: str) -> str:
    """Return the first of the fields `names` that holds text, as plain text; else an empty string."""
    for name in names:
        value = thing.get(name) if thing is not None else None
        if isinstance(value, list) and value:
            value = value[0]
        if isinstance(value, dict):
            value = value.get("@value") or value.get("name")
        if isinstance(value, str) and value.strip():
            return plain(value)
    return ""


def body_of(thing: Thing | None) -> str:
    """Return the `articleBody` as it stands, line breaks and markup included."""
    value = thing.get("articleBody") if thing is not None else None
    parts = [v for v in value if isinstance(v, str)] if isinstance(value, list) else [value]
    return "\n".join(p for p in parts if isinstance(p, str))


def people(thing: Thing | None, found: Sequence[Thing]) -> list[str]:
    """Return the names of the persons who wrote an article, and of news agencies: they are credited.

    Other organisations are left out.
    """
    if thing is None:
        return []
    return list(dict.fromkeys(_names(thing.get("author") or thing.get("creator"), found, 0)))


def _names(value: object, found: Sequence[Thing], depth: int) -> Iterator[str]:
    if depth > 3:
        return
    if isinstance(value, str):
        yield plain(value)
    elif isinstance(value, list):
        for item in value[:20]:
            yield from _names(item, found, depth + 1)
    elif isinstance(value, dict):
        if is_organisation(value) and not _is_agency(string(value, "name")):
            return
        name = value.get("name") or " ".join(
            v for v in (value.get("givenName"), value.get("familyName")) if isinstance(v, str)
        )
        if name:
            yield from _names(name, found, depth + 1)
        elif isinstance(value.get("@id"), str):
            wanted = value["@id"]
            meant = next((t for t in found if t.get("@id") == wanted and t.get("name")), None)
            yield from _names(meant, found, depth + 1)


def is_organisation(thing: Thing) -> bool:
    """Tell whether an object is an organisation; one that is a person too is a person's site."""
    types = types_of(thing)
    return bool(_ORGANISATIONS.intersection(types)) and "Person" not in types


def signing_organisations(thing: Thing | None) -> list[str]:
    """Return the names of the organisations that are called the article's authors."""
    return [string(a, "name") for a in _authors(thing) if is_organisation(a)]


def called_persons(thing: Thing | None) -> list[str]:
    """Return the names of the authors that are stated to be persons."""
    return [string(a, "name") for a in _authors(thing) if "Person" in types_of(a)]


def _authors(thing: Thing | None) -> list[Thing]:
    stated = thing.get("author") if thing is not None else None
    return [a for a in (stated if isinstance(stated, list) else [stated])[:20] if isinstance(a, dict)]


def _is_agency(name: str) -> bool:
    return is_agency(name) and agency_of(name) is not None


def organisations(found: Sequence[Thing]) -> list[str]:
    """Return the names of publishers and sites: what a title may end with.

    A news agency that is only named as the author of an article is not the site.
    """
    names = []
    authors = [t.get(role) for t in found for role in ("author", "creator")]
    foreign = {id(a) for author in authors for a in (author if isinstance(author, list) else [author])}
    for thing in found:
        publisher = thing.get("publisher")
        if isinstance(publisher, dict):
            names.append(string(publisher, "name"))
        if {"WebSite", "Organization", "NewsMediaOrganization"} & set(types_of(thing)):
            if id(thing) in foreign and _is_agency(string(thing, "name")):
                continue
            names += [string(thing, "name"), string(thing, "alternateName")]
    return [n for n in dict.fromkeys(names) if n and len(n) < 80]
