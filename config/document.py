"""A YAML document as plain values, and the line on which each of them is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import yaml

from config.words import shown

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML was built without libyaml: the same answers, twenty times slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

LARGEST_FILE = 1_000_000
_MOST_VALUES = 50_000
_DEEPEST = 20

KeyPath = tuple[str | int, ...]

_SYNTAX_ADVICE = (
    ("escape", "a backslash in double quotes is an escape: write patterns in 'single quotes'"),
    ("tab", "indent with spaces"),
    ("cannot start any token", "put the text in 'single quotes'"),
    ("mapping values", "put text that holds a colon in 'single quotes', and check the indentation"),
)


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong in a file: its line (from 1), the keys that lead there, and the words."""

    line: int
    key: KeyPath
    words: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is written: its line (from 1), and for a plain scalar its text before YAML reads it."""

    line: int
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a file says: mappings with text for keys, lists and scalars, and the place of each by its keys."""

    value: object
    places: Mapping[KeyPath, Place]
    mistakes: tuple[Mistake, ...]
    """What could be read around: a key that is written twice (the first counts), a key that is no text."""

    def line(self, key: KeyPath) -> int:
        """Return the line of `key`, or of the nearest that encloses it where it is not written at all."""
        while key not in self.places:
            key = key[:-1]
        return self.places[key].line


class _Unreadable(Exception):  # noqa: N818 - carries the mistake to `read_document`
    def __init__(self, line: int, words: str) -> None:
        super().__init__(words)
        self.mistake = Mistake(line, (), words)


def read_document(data: bytes) -> Document | Mistake:
    """Read one YAML document of at most 1 MB in UTF-8; a lone `Mistake` where it cannot be read at all.

    Anchors, aliases and tags are refused, and so are more than 50,000 values or 20 levels: no document
    can grow beyond its size.
    """
    text = ""
    try:
        text = _decoded(data)
        return _Builder(text).document()
    except _Unreadable as error:
        return error.mistake
    except yaml.MarkedYAMLError as error:
        return _syntax_mistake(error, text)


def _decoded(data: bytes) -> str:
    if len(data) > LARGEST_FILE:
        raise _Unreadable(1, f"is larger than {LARGEST_FILE // 1_000_000} MB: split it into several files")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        words = f"is not UTF-8 (byte 0x{data[error.start]:02x} is not): save it with that encoding"
        raise _Unreadable(line, words) from error
    bad = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        raise _Unreadable(line, f"holds a character that YAML does not allow, U+{ord(bad[0]):04X}: remove it")
    return text


class _Builder:
    """Makes a document from the events of the YAML parser, bounded in depth and number of values."""

    def __init__(self, text: str) -> None:
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_Loader)
        self._scalars = yaml.SafeLoader("")
        self._places: dict[KeyPath, Place] = {}
        self._mistakes: list[Mistake] = []
        self._values = 0

    def document(self) -> Document:
        next(self._events)
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise _Unreadable(1, "is empty: write an outlet into it (id, name, kind, …)")
        first = next(self._events)
        value = self._value(first, (), _line(first))
        next(self._events)
        if not isinstance(after := next(self._events), yaml.StreamEndEvent):
            raise _unreadable(
                after, "begins a second document (---): write a list of outlets, or one file for each"
            )
        return Document(value, self._places, tuple(self._mistakes))

    def _value(self, event: yaml.Event, key: KeyPath, line: int) -> object:
        self._admit(event, key)
        self._places.setdefault(key, Place(line, _plain_text(event)))
        match event:
            case yaml.SequenceStartEvent():
                return self._list(key)
            case yaml.MappingStartEvent():
                return self._mapping(key)
            case yaml.ScalarEvent():
                return self._scalar(event)
            case _:
                raise _unreadable(event, "repeats what is written elsewhere (*name): write it out")

    def _list(self, key: KeyPath) -> list[object]:
        items: list[object] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*key, len(items)), _line(event)))
        return items

    def _mapping(self, key: KeyPath) -> dict[str, object]:
        items: dict[str, object] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise _unreadable(event, "has a list, a mapping or *name for a key: keys are words")
            self._admit(event, key)
            path = (*key, event.value)
            if event.value in items:
                words = f"is written twice, first in line {self._places[path].line}: keep one of them"
                self._mistakes.append(Mistake(_line(event), path, words))
            value = self._value(next(self._events), path, _line(event))
            items.setdefault(event.value, value)
        return items

    def _scalar(self, event: yaml.ScalarEvent) -> object:
        tag = self._scalars.resolve(yaml.ScalarNode, event.value, event.implicit)  # type: ignore[no-untyped-call]
        try:
            value: object = self._scalars.construct_object(yaml.ScalarNode(tag, event.value))
        except (ValueError, OverflowError, yaml.constructor.ConstructorError):
            return event.value  # looks like a number or a date and is none, such as 2024-13-45
        # A number of a million digits takes Python minutes to print.
        return event.value if isinstance(value, int) and value.bit_length() > 63 else value

    def _admit(self, event: yaml.Event, key: KeyPath) -> None:
        self._values += 1
        if self._values > _MOST_VALUES:
            raise _unreadable(event, f"holds more than {_MOST_VALUES:,} values: split it into several files")
        if len(key) > _DEEPEST:
            raise _unreadable(event, f"is nested deeper than {_DEEPEST} levels")
        if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)):
            if event.tag is not None:
                raise _unreadable(event, f"has the tag {_short_tag(event.tag)}: leave out tags")
            if event.anchor is not None:
                raise _unreadable(event, f"has the anchor &{event.anchor}: write things out instead")


def _plain_text(event: yaml.Event) -> str | None:
    return event.value if isinstance(event, yaml.ScalarEvent) and event.implicit[0] else None


def _short_tag(tag: str) -> str:
    return shown(tag.replace("tag:yaml.org,2002:", "!!"))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _unreadable(event: yaml.Event, words: str) -> _Unreadable:
    return _Unreadable(_line(event), words)


def _syntax_mistake(error: yaml.MarkedYAMLError, text: str) -> Mistake:
    """Say where YAML stops making sense: the parser's words, and advice for what goes wrong most."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    problem = error.problem or "cannot be read"
    if mark and text[mark.index : mark.index + 1] == "\t":
        problem += " (a tab)"
    words = f"is not YAML from column {column} on: {problem}"
    if error.context and error.context_mark and error.context_mark.line + 1 != line:
        words += f" {error.context} from line {error.context_mark.line + 1}"
    advice = next((advice for sign, advice in _SYNTAX_ADVICE if sign in problem), None)
    return Mistake(line, (), f"{words}; {advice}" if advice else words)
