"""Who wrote it: the people that the page's signals name, completed by the byline that is seen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.extract import bylines, elsewhere, jsonld, names
from pipeline.extract.blocks import Block, laid_out
from pipeline.extract.bylines import Byline
from pipeline.extract.head import Head
from pipeline.extract.strings import key
from pipeline.extract.tree import host_of

MAX_AUTHORS = 12
_WRITTEN = (
    "written by", "verfasst von", "geschrieben von", "écrit par", "rédigé par", "escrito por", "scritto da",
    "автор", "作者",
)  # fmt: skip


def authors_of(
    head: Head, blocks: Sequence[Block], title_index: int | None, offered: Sequence[str], site: Sequence[str]
) -> tuple[str, ...]:
    """Return the names of the people who wrote the article, from the first signal that names any.

    In order: JSON-LD, a byline below the headline that says "by" and is marked or linked as one, the author
    metas, any other byline near the headline, the offer, the only byline elsewhere.
    A byline with all the names of an earlier signal and more is believed instead. `site` holds the names of
    the site and its publisher; they name a person only if they look like one, stand alone, are not called an
    organisation, and nobody else is named. If no signal names a person, it is what the article is signed
    with: a pen name, a first name, a desk, but no agency, no publisher, no bare account ("admin"), and not
    the site.
    """
    blocks = laid_out(blocks)
    near = bylines.near(blocks, title_index)
    own = _own(head, site)
    asked: list[Sequence[str]] = []
    for signal in _signals(head, blocks, title_index, offered, near):
        if found := people(signal, own):
            return _completed(found, [people(part.lines, own) for part in near])
        asked.append(signal)
    bodies = frozenset(map(names.bare, jsonld.signing_organisations(head.article)))
    for signal in asked:
        if found := people((line for line in signal if len(names.split(line)) == 1), bodies):
            return found
    called = frozenset(map(names.bare, jsonld.called_persons(head.article)))
    signatures = (names.signature(line, own, called) for signal in asked for line in signal)
    return next(((name,) for name in signatures if name), ())


def _signals(
    head: Head,
    blocks: Sequence[Block],
    title_index: int | None,
    offered: Sequence[str],
    near: Sequence[Byline],
) -> Iterator[Sequence[str]]:
    """Yield the lines of every signal; what is dear to find only once it is asked for."""
    persons = frozenset(jsonld.called_persons(head.article))
    yield [names.raised(n) if n in persons else n for n in jsonld.people(head.article, head.things)]
    yield [line for part in near if part.is_sure for line in part.lines]
    yield [_raised(line, blocks) for line in (*head.meta_authors, *_labelled(head))]
    seen = [line for part in near for line in part.lines]
    yield seen
    yield offered
    if any(map(names.people, seen)):
        return
    if not near:
        yield elsewhere.marked_alone(blocks)
    yield elsewhere.apart(blocks, title_index, only_said=bool(near))
    yield elsewhere.signing(blocks)
    yield elsewhere.in_brackets(blocks, title_index)
    if not near:
        yield elsewhere.dated(blocks, title_index)
    yield elsewhere.introduced(blocks, title_index)


def _raised(line: str, blocks: Sequence[Block]) -> str:
    """Return a meta's words in small letters with capitals if they lead to an author's page."""
    if line != line.lower() or not any(line in bylines.linked(block, internal=True) for block in blocks):
        return line
    return names.raised(line)


def _completed(found: tuple[str, ...], seen: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the byline that is seen if it has all the names that were found, and more."""
    mine = {key(name) for name in found}
    return next((names for names in seen if mine < {key(name) for name in names}), found)


def people(lines: Iterable[str], own: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the people's names in bylines, each once; `own` holds the site's own (`names.bare`)."""
    excluded = frozenset(own)
    found: dict[str, str] = {}
    for line in lines:
        for name in names.people(line):
            if not names.is_own(name, excluded):
                found.setdefault(key(name), name)
    return tuple(list(found.values())[:MAX_AUTHORS])


def _own(head: Head, site: Sequence[str]) -> frozenset[str]:
    labels = [label for label in host_of(head.url).split(".") if len(label) >= 4]
    cores = filter(None, map(names.core, site))
    return frozenset(names.bare(name) for name in (*site, *labels, host_of(head.url), *cores))


def _labelled(head: Head) -> list[str]:
    """Return the author that a preview card names: its first label says "Written by" in some language."""
    return [head.meta("twitter:data1")] if head.meta("twitter:label1").lower().startswith(_WRITTEN) else []
