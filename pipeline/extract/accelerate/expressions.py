"""XPath expressions of the kind that chooses elements by their attributes, as Python predicates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.etree import _Element

from pipeline.extract.accelerate import roll
from pipeline.extract.accelerate.conditions import (
    AnyOf,
    Attribute,
    Clause,
    Condition,
    Cores,
    Names,
    Test,
    There,
    UnknownExpressionError,
    condition_of,
    named,
)
from pipeline.extract.accelerate.literals import cores, searcher

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'[^']*'|\"[^\"]*\")|(?P<axis>\.//|self::)|(?P<attribute>@[\w-]+)|(?P<name>[\w:-]+)"
    r"|(?P<mark>[()\[\]|,=*]))"
)


class _Reader:
    """Reads an expression token by token."""

    def __init__(self, expression: str) -> None:
        self._tokens: list[str] = []
        at, expression = 0, expression.strip()
        while at < len(expression):
            match = _TOKEN.match(expression, at)
            if match is None:
                raise UnknownExpressionError(expression[at : at + 30])
            self._tokens.append(match[match.lastgroup or 0])
            at = match.end()
        self.at = 0

    @property
    def next(self) -> str:
        return self._tokens[self.at] if self.at < len(self._tokens) else ""

    def take(self) -> str:
        self.at += 1
        return self._tokens[self.at - 1] if self.at <= len(self._tokens) else ""

    def skip(self, *tokens: str) -> bool:
        """Go on behind these tokens if they come next, and tell whether they do."""
        if tuple(self._tokens[self.at : self.at + len(tokens)]) != tokens:
            return False
        self.at += len(tokens)
        return True

    def expect(self, token: str) -> None:
        if not self.skip(token):
            raise UnknownExpressionError(f"{self.next!r} where {token!r} was expected")

    def text(self) -> str:
        token = self.take()
        if token[:1] not in {"'", '"'}:
            raise UnknownExpressionError(token)
        return token[1:-1]


@dataclass(frozen=True, slots=True)
class Path:
    """The descendants of some tags (of any, if there are none named) that meet all conditions."""

    tags: tuple[str, ...]
    conditions: tuple[Condition | Names, ...]
    is_first: bool = False
    """Only the first of them counts."""

    def found(self, tree: _Element) -> Iterator[_Element]:
        """Yield what is found, in document order."""
        chosen: Iterator[_Element] | None = None
        conditions = list(self.conditions)
        if conditions and isinstance(names := conditions[0], Names):
            chosen = self._named(tree, names)
        if chosen is None:
            chosen = tree.iterdescendants(*(self.tags or ("*",)))
        else:
            del conditions[0]
        for condition in conditions:
            chosen = filter(condition.meets if isinstance(condition, Names) else condition, chosen)
        return islice(chosen, 1) if self.is_first else chosen

    def _named(self, tree: _Element, names: Names) -> Iterator[_Element] | None:
        """Yield the elements of these tags that meet a condition, by the roll; None where none is called."""
        called = roll.called()
        if called is None or names.number is None:
            return None
        if (present := called.within(tree, names.number, names.rare)) is None:
            return None
        tags, meets = self.tags, names.meets
        return (e for e, is_sure in present if (not tags or e.tag in tags) and (is_sure or meets(e)))


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression that can be asked like lxml's own, of trees whose tags have no namespace."""

    path: str
    """As XPath."""
    paths: tuple[Path, ...]

    def __call__(self, tree: _Element) -> list[_Element]:
        """Return the elements within `tree` that the expression finds, in document order."""
        if len(self.paths) == 1:
            return list(self.paths[0].found(tree))
        found = {e for path in self.paths for e in path.found(tree)}
        return [e for e in tree.iterdescendants("*") if e in found] if found else []


def compile_expression(expression: str) -> Expression:
    """Read an XPath expression; of `.//*[…][1]`, only the first in the document is found.

    Raises:
        UnknownExpressionError: it is none of the kind that is understood here.
    """
    reader = _Reader(expression)
    paths = [_path(reader)]
    while reader.skip("|"):
        paths.append(_path(reader))
    if reader.next:
        raise UnknownExpressionError(reader.next)
    if len(paths) > 1 and any(p.is_first for p in paths) and not all(p.is_first for p in paths):
        raise UnknownExpressionError("a first one among all others")
    return Expression(expression, tuple(paths))


def _path(reader: _Reader) -> Path:
    if reader.skip("("):
        path = _path(reader)
        reader.expect(")")
        if not reader.skip("[", "1", "]"):
            raise UnknownExpressionError("brackets that choose nothing")
        return Path(path.tags, path.conditions, is_first=True)
    reader.expect(".//")
    name = reader.take()
    tags: tuple[str, ...] = () if name == "*" else (name,)
    if not (name == "*" or re.fullmatch(r"\w+", name)):
        raise UnknownExpressionError(name)
    conditions: list[Condition | Names] = []
    while reader.next == "[":
        if reader.skip("[", "1", "]"):
            return Path(tags, tuple(conditions), is_first=True)
        reader.expect("[")
        if not tags and (listed := _only_tags(reader)):
            tags = listed
        else:
            conditions.append(named(_disjunction(reader)))
        reader.expect("]")
    return Path(tags, tuple(conditions))


def _only_tags(reader: _Reader) -> tuple[str, ...]:
    """Return the tags that a condition lists if it does nothing else; else go back to its beginning."""
    begun, tags = reader.at, []
    while reader.skip("self::"):
        tags.append(reader.take())
        if not reader.skip("or"):
            break
    if reader.next == "]":
        return tuple(tags)
    reader.at = begun
    return ()


def _disjunction(reader: _Reader) -> Clause:
    clauses = [_conjunction(reader)]
    while reader.skip("or"):
        clauses.append(_conjunction(reader))
    return clauses[0] if len(clauses) == 1 else AnyOf(tuple(clauses))


def _conjunction(reader: _Reader) -> Clause:
    clauses = [_clause(reader)]
    while reader.skip("and"):
        clauses.append(_clause(reader))
    if len(clauses) == 1:
        return clauses[0]
    conditions = [condition_of(c) for c in clauses]
    return lambda element: all(condition(element) for condition in conditions)


def _clause(reader: _Reader) -> Clause:
    if reader.skip("("):
        clause = _disjunction(reader)
        reader.expect(")")
        return clause
    if reader.skip("self::"):
        tag = reader.take()
        return lambda element: element.tag == tag
    if reader.skip(".//"):
        inner = f".//{reader.take()}"
        return lambda element: element.find(inner) is not None
    if reader.skip("not", "("):
        denied = condition_of(_disjunction(reader))
        reader.expect(")")
        return lambda element: not denied(element)
    return _about_attribute(reader)


def _about_attribute(reader: _Reader) -> Clause:
    if reader.next.startswith("@"):
        name = reader.take()[1:]
        if not reader.skip("="):
            return There(name)
        wanted = reader.text()
        if not wanted:
            raise UnknownExpressionError("an empty value, which is not a missing one")
        return Attribute((name,), lambda value: value == wanted, _cores_of(wanted))
    function = reader.take()
    reader.expect("(")
    names, table = _value(reader)
    reader.expect(",")
    if function not in _TESTS:
        raise UnknownExpressionError(function)
    test, known = _TESTS[function](reader)
    reader.expect(")")
    if not table:
        return Attribute(names, test, known)
    is_case = all(chr(after) == chr(before).lower() for before, after in table.items())
    return Attribute(names, lambda value: test(value.translate(table)), known if is_case else None)


def _value(reader: _Reader) -> tuple[tuple[str, ...], dict[int, int]]:
    """Read which attributes a function asks, and how their value is translated before."""
    if reader.skip("translate", "("):
        translated, _ = _value(reader)
        reader.expect(",")
        before = reader.text()
        reader.expect(",")
        behind = reader.text()
        reader.expect(")")
        if len(before) != len(behind):
            raise UnknownExpressionError("a translation that leaves letters out")
        return translated, dict(zip(map(ord, before), map(ord, behind), strict=True))
    names = [_name(reader)]
    while reader.skip("|"):
        names.append(_name(reader))
    return tuple(names), {}


def _name(reader: _Reader) -> str:
    token = reader.take()
    if not token.startswith("@"):
        raise UnknownExpressionError(token)
    return token[1:]


def _cores_of(word: str) -> Cores:
    return cores(re.escape(word))


def _contains(reader: _Reader) -> tuple[Test, Cores]:
    part = reader.text()
    return lambda value: part in value, _cores_of(part)


def _starts(reader: _Reader) -> tuple[Test, Cores]:
    part = reader.text()
    return lambda value: value.startswith(part), _cores_of(part)


def _matches(reader: _Reader) -> tuple[Test, Cores]:
    pattern = reader.text()
    if not (reader.skip(",") and "i" in reader.text()):
        return searcher(pattern), cores(pattern)
    search = re.compile(pattern, re.IGNORECASE).search
    return lambda value: search(value) is not None, cores(pattern)


_TESTS: dict[str, Callable[[_Reader], tuple[Test, Cores]]] = {
    "contains": _contains,
    "starts-with": _starts,
    "re:test": _matches,
}
