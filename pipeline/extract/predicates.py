"""XPath expressions of the kind that names elements by their attributes, as Python predicates with a memory.

lxml answers `re:test(...)` with a call into Python for every node and clause, which takes most of the time
that trafilatura needs for a page. Here the clauses about one attribute become one function of its value, and
what it said of a value is remembered: class names return all over a page, and all over a site.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from lxml.etree import _Element

from pipeline.extract import roll
from pipeline.extract.literals import cores, searcher

Test = Callable[[str], bool]
Cores = frozenset[str] | None
"""None if they are not known."""
Condition = Callable[[_Element], bool]

Values = tuple[str | None, ...]
"""Those of some attributes of an element; None where it lacks one."""

_REMEMBERED = 4096
"""Values of which it is remembered what one expression says."""
_LONGEST = 300
"""Characters up to which they are remembered. Classes and ids are never longer (`pipeline.extract.tree`)."""
_TOKEN = re.compile(
    r"\s*(?:(?P<text>'[^']*'|\"[^\"]*\")|(?P<axis>\.//|self::)|(?P<attribute>@[\w-]+)|(?P<name>[\w:-]+)|(?P<mark>[()\[\]|,=*]))"
)


_WORDS = re.compile(r"[\s_-]+")


class UnknownExpressionError(ValueError):
    """An expression says more than is understood here: it has to be asked as it is."""


@dataclass(frozen=True, slots=True)
class _Attribute:
    """A clause about the value of the first of some attributes that an element has, "" where it has none."""

    names: tuple[str, ...]
    test: Test
    cores: Cores
    """Runs of small letters and digits of which one stands, in any case, in all that passes the test."""


@dataclass(frozen=True, slots=True)
class _There:
    """A clause that an element has an attribute, whatever its value."""

    name: str

    def __call__(self, element: _Element) -> bool:
        return element.get(self.name) is not None


@dataclass(frozen=True, slots=True)
class _Any:
    clauses: tuple[Clause, ...]


Clause = _Attribute | _There | _Any | Condition


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
        self._at = 0

    @property
    def next(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def take(self) -> str:
        self._at += 1
        return self._tokens[self._at - 1] if self._at <= len(self._tokens) else ""

    def skip(self, *tokens: str) -> bool:
        """Go on behind these tokens if they come next, and tell whether they do."""
        if tuple(self._tokens[self._at : self._at + len(tokens)]) != tokens:
            return False
        self._at += len(tokens)
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
class Names:
    """A condition that only asks about attributes; an element without them does not meet it."""

    meets: Condition
    says: Mapping[str, Callable[[str], roll.Answers]]
    """What a class or an id says of the elements that have it: 1 where they meet it, and where they may."""
    rare: frozenset[str]
    """The rare attributes that are asked about: an element that has one may meet it."""
    cores: Mapping[str, Cores]
    """Runs of letters of which one stands in every class or id that says so."""
    number: int | None = None
    """The question's number on a roll; None if no roll knows it."""


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
        if (named := called.within(tree, names.number, names.rare)) is None:
            return None
        tags, meets = self.tags, names.meets
        return (e for e, is_sure in named if (not tags or e.tag in tags) and (is_sure or meets(e)))


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
    """Read an XPath expression; of `.//*[…][1]`, the first in the document is found and no other parent's first.

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
    tags = () if name == "*" else (name,)
    if not (name == "*" or re.fullmatch(r"\w+", name)):
        raise UnknownExpressionError(name)
    conditions: list[Condition | Names] = []
    while reader.next == "[":
        if reader.skip("[", "1", "]"):
            return Path(tags, tuple(conditions), is_first=True)
        reader.expect("[")
        if not tags and (named := _only_tags(reader)):
            tags = named
        else:
            conditions.append(_named(_disjunction(reader)))
        reader.expect("]")
    return Path(tags, tuple(conditions))


def _only_tags(reader: _Reader) -> tuple[str, ...]:
    """Return the tags that a condition lists if it does nothing else; else go back to its beginning."""
    begun, tags = reader._at, []  # noqa: SLF001 - its own module
    while reader.skip("self::"):
        tags.append(reader.take())
        if not reader.skip("or"):
            break
    if reader.next == "]":
        return tuple(tags)
    reader._at = begun  # noqa: SLF001
    return ()


def _disjunction(reader: _Reader) -> Clause:
    clauses = [_conjunction(reader)]
    while reader.skip("or"):
        clauses.append(_conjunction(reader))
    return clauses[0] if len(clauses) == 1 else _Any(tuple(clauses))


def _conjunction(reader: _Reader) -> Clause:
    clauses = [_clause(reader)]
    while reader.skip("and"):
        clauses.append(_clause(reader))
    if len(clauses) == 1:
        return clauses[0]
    conditions = [_condition(c) for c in clauses]
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
        denied = _condition(_disjunction(reader))
        reader.expect(")")
        return lambda element: not denied(element)
    return _about_attribute(reader)


def _about_attribute(reader: _Reader) -> Clause:
    if reader.next.startswith("@"):
        name = reader.take()[1:]
        if not reader.skip("="):
            return _There(name)
        wanted = reader.text()
        if not wanted:
            raise UnknownExpressionError("an empty value, which is not a missing one")
        return _Attribute((name,), lambda value: value == wanted, _cores_of(wanted))
    function = reader.take()
    reader.expect("(")
    names, table = _value(reader)
    reader.expect(",")
    if function not in _TESTS:
        raise UnknownExpressionError(function)
    test, known = _TESTS[function](reader)
    reader.expect(")")
    if not table:
        return _Attribute(names, test, known)
    is_case = all(chr(after) == chr(before).lower() for before, after in table.items())
    return _Attribute(names, lambda value: test(value.translate(table)), known if is_case else None)


def _value(reader: _Reader) -> tuple[tuple[str, ...], dict[int, int]]:
    """Read which attributes a function asks, and how their value is translated before."""
    if reader.skip("translate", "("):
        names, _ = _value(reader)
        reader.expect(",")
        before = reader.text()
        reader.expect(",")
        behind = reader.text()
        reader.expect(")")
        if len(before) != len(behind):
            raise UnknownExpressionError("a translation that leaves letters out")
        return names, dict(zip(map(ord, before), map(ord, behind), strict=True))
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


def _named(clause: Clause) -> Condition | Names:
    """Return a condition; if it only asks about attributes, with what it asks about class and id."""
    clauses = clause.clauses if isinstance(clause, _Any) else (clause,)
    about = [one for one in clauses if isinstance(one, _Attribute)]
    there = [one for one in clauses if isinstance(one, _There)]
    if len(about) + len(there) != len(clauses):
        return _condition(clause)
    asked = {name for one in about for name in one.names} | {one.name for one in there}
    if not asked <= roll.RARE | {"class", "id"} or any(one.name not in roll.RARE for one in there):
        return _condition(clause)
    says = {name: _answer(name, about) for name in ("class", "id")}
    known = {name: _joined([one.cores for one in about if name in one.names]) for name in ("class", "id")}
    return Names(_condition(clause), says, roll.RARE & asked, known)


def _joined(found: Sequence[Cores]) -> Cores:
    known = [one for one in found if one is not None]
    return frozenset().union(*known) if len(known) == len(found) else None


def _answer(name: str, clauses: Sequence[_Attribute]) -> Callable[[str], roll.Answers]:
    """Return what a value of an attribute says: a clause about it alone is sure, one about others too is not."""
    alone = [clause.test for clause in clauses if clause.names == (name,)]
    beside = [clause.test for clause in clauses if name in clause.names and len(clause.names) > 1]

    def answer(value: str) -> roll.Answers:
        for test in alone:
            if test(value):
                return 1, 0
        return 0, int(any(test(value) for test in beside))

    return answer


class Questions:
    """Numbered questions to classes and ids: all that the expressions of a set ask, answered at once a value.

    Most values hold no run of letters that any question asks for, and their words return in other values.
    """

    def __init__(self) -> None:
        self._asked: list[Names] = []
        self._by_core: dict[str, dict[str, int]] = {"class": {}, "id": {}}
        self._always: dict[str, int] = {"class": 0, "id": 0}
        self.ask: roll.Ask = lru_cache(maxsize=_REMEMBERED)(self._ask)
        self._open = lru_cache(maxsize=_REMEMBERED)(self._open_for)

    def numbered(self, expression: Expression) -> Expression:
        """Return an expression whose conditions have numbers, by which a roll knows them."""
        return replace(expression, paths=tuple(map(self._numbered, expression.paths)))

    def _numbered(self, path: Path) -> Path:
        if not path.conditions or not isinstance(first := path.conditions[0], Names):
            return path
        number = len(self._asked)
        self._asked.append(replace(first, number=number))
        for name, known in first.cores.items():
            if known is None:
                self._always[name] |= 1 << number
            for core in known or ():
                self._by_core[name][core] = self._by_core[name].get(core, 0) | 1 << number
        return replace(path, conditions=(self._asked[-1], *path.conditions[1:]))

    def _ask(self, name: str, value: str) -> roll.Answers:
        sure, perhaps, questions = 0, 0, self._always[name]
        for word in _WORDS.split(value.lower()):
            questions |= self._open(name, word)
        for number in roll.bits(questions):
            one, other = self._asked[number].says[name](value)
            sure |= one << number
            perhaps |= other << number
        return sure, perhaps

    def _open_for(self, name: str, word: str) -> int:
        """Return the questions that a value with a word in it may say yes to."""
        questions = 0
        for core, asked in self._by_core[name].items():
            if core in word:
                questions |= asked
        return questions


def _condition(clause: Clause) -> Condition:
    """Return a clause as a function of an element; all clauses about attributes are asked as one."""
    clauses: Sequence[Clause] = clause.clauses if isinstance(clause, _Any) else (clause,)
    about: list[_Attribute] = []
    others: list[Condition] = []
    for one in clauses:
        match one:
            case _Any():
                others.append(_condition(one))
            case _Attribute():
                about.append(one)
            case _:
                others.append(one)
    conditions = [_of_attributes(about), *others] if about else others
    if len(conditions) == 1:
        return conditions[0]
    return lambda element: any(condition(element) for condition in conditions)


def _of_attributes(clauses: Sequence[_Attribute]) -> Condition:
    """Return the condition that any clause about attributes is met; an element without them meets none."""
    if any(clause.test("") for clause in clauses):
        raise UnknownExpressionError("what a missing attribute meets")
    names = tuple(dict.fromkeys(name for clause in clauses for name in clause.names))
    verdict = _verdict(names, clauses)
    known = lru_cache(maxsize=_REMEMBERED)(verdict)
    nothing = (None,) * len(names)

    def meets(element: _Element) -> bool:
        values = tuple(map(element.get, names))
        if values == nothing:
            return False
        short = len(values) < 3 or all(value is None or len(value) <= _LONGEST for value in values)
        found = known(values) if short else verdict(values)
        return _by_source(element, clauses) if found is None else found

    return meets


def _verdict(names: tuple[str, ...], clauses: Sequence[_Attribute]) -> Callable[[Values], bool | None]:
    """Return what the clauses say of the values of these attributes; None if their order in the source decides."""

    def verdict(values: Values) -> bool | None:
        of = dict(zip(names, values, strict=True))
        open_question = False
        for clause in clauses:
            said = {clause.test(value) for name in clause.names if (value := of[name]) is not None}
            if said == {True}:
                return True
            open_question = open_question or len(said) > 1
        return None if open_question else False

    return verdict


def _by_source(element: _Element, clauses: Sequence[_Attribute]) -> bool:
    """Tell whether a clause is met by the first of its attributes in the order of the source."""
    items = [(str(name), str(value)) for name, value in element.items()]
    return any(
        clause.test(next((value for name, value in items if name in clause.names), "")) for clause in clauses
    )
