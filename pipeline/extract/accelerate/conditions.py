"""Conditions on elements that ask for their attributes, with a memory.

lxml answers `re:test(...)` with a call into Python for every node and clause, which takes most of the time
that trafilatura needs for a page. Here all clauses about attributes become one function of their values, and
what it said of values is remembered: class names return all over a page, and all over a site.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from lxml.etree import _Element

from pipeline.extract.accelerate import roll

Test = Callable[[str], bool]
Cores = frozenset[str] | None
"""None if they are not known."""
Condition = Callable[[_Element], bool]

Values = tuple[str | None, ...]
"""Those of some attributes of an element; None where it lacks one."""

REMEMBERED = 4096
"""Values of which it is remembered what one expression says."""
_LONGEST = 300
"""Characters up to which they are. Classes and ids are never longer (`pipeline.extract.tree`)."""


class UnknownExpressionError(ValueError):
    """An expression says more than is understood here: it has to be asked as it is."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A clause about the value of the first of some attributes that an element has, "" where it has none."""

    names: tuple[str, ...]
    test: Test
    cores: Cores
    """Runs of small letters and digits of which one stands, in any case, in all that passes the test."""


@dataclass(frozen=True, slots=True)
class There:
    """A clause that an element has an attribute, whatever its value."""

    name: str

    def __call__(self, element: _Element) -> bool:
        return element.get(self.name) is not None


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Clauses of which one is enough."""

    clauses: tuple[Clause, ...]


Clause = Attribute | There | AnyOf | Condition


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


def named(clause: Clause) -> Condition | Names:
    """Return a condition; if it only asks about attributes, with what it asks about class and id."""
    clauses = clause.clauses if isinstance(clause, AnyOf) else (clause,)
    about = [one for one in clauses if isinstance(one, Attribute)]
    there = [one for one in clauses if isinstance(one, There)]
    if len(about) + len(there) != len(clauses):
        return condition_of(clause)
    asked = {name for one in about for name in one.names} | {one.name for one in there}
    if not asked <= roll.RARE | {"class", "id"} or any(one.name not in roll.RARE for one in there):
        return condition_of(clause)
    says = {name: _answer(name, about) for name in ("class", "id")}
    known = {name: _joined([one.cores for one in about if name in one.names]) for name in ("class", "id")}
    return Names(condition_of(clause), says, roll.RARE & asked, known)


def _joined(found: Sequence[Cores]) -> Cores:
    known = [one for one in found if one is not None]
    return frozenset().union(*known) if len(known) == len(found) else None


def _answer(name: str, clauses: Sequence[Attribute]) -> Callable[[str], roll.Answers]:
    """Return what a value of an attribute says; a clause that is about others too is not sure."""
    alone = [clause.test for clause in clauses if clause.names == (name,)]
    beside = [clause.test for clause in clauses if name in clause.names and len(clause.names) > 1]

    def answer(value: str) -> roll.Answers:
        for test in alone:
            if test(value):
                return 1, 0
        return 0, int(any(test(value) for test in beside))

    return answer


def condition_of(clause: Clause) -> Condition:
    """Return a clause as a function of an element; all clauses about attributes are asked as one."""
    clauses: Sequence[Clause] = clause.clauses if isinstance(clause, AnyOf) else (clause,)
    about: list[Attribute] = []
    others: list[Condition] = []
    for one in clauses:
        match one:
            case AnyOf():
                others.append(condition_of(one))
            case Attribute():
                about.append(one)
            case _:
                others.append(one)
    conditions = [_of_attributes(about), *others] if about else others
    if len(conditions) == 1:
        return conditions[0]
    return lambda element: any(condition(element) for condition in conditions)


def _of_attributes(clauses: Sequence[Attribute]) -> Condition:
    """Return the condition that any clause about attributes is met; an element without them meets none."""
    if any(clause.test("") for clause in clauses):
        raise UnknownExpressionError("what a missing attribute meets")
    names = tuple(dict.fromkeys(name for clause in clauses for name in clause.names))
    verdict = _verdict(names, clauses)
    known = lru_cache(maxsize=REMEMBERED)(verdict)
    nothing = (None,) * len(names)

    def meets(element: _Element) -> bool:
        values = tuple(map(element.get, names))
        if values == nothing:
            return False
        short = all(value is None or len(value) <= _LONGEST for value in values)
        found = known(values) if short else verdict(values)
        return _by_source(element, clauses) if found is None else found

    return meets


def _verdict(names: tuple[str, ...], clauses: Sequence[Attribute]) -> Callable[[Values], bool | None]:
    """Return what the clauses say of the values of these attributes; None if their order decides."""

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


def _by_source(element: _Element, clauses: Sequence[Attribute]) -> bool:
    """Tell whether a clause is met by the first of its attributes in the order of the source."""
    items = [(str(name), str(value)) for name, value in element.items()]
    return any(
        clause.test(next((value for name, value in items if name in clause.names), "")) for clause in clauses
    )
