"""What all expressions of a set ask of classes and ids, answered at once a value."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from pipeline.extract.accelerate import roll
from pipeline.extract.accelerate.conditions import REMEMBERED, Names
from pipeline.extract.accelerate.expressions import Expression, Path

_WORDS = re.compile(r"[\s_-]+")


class Questions:
    """Numbered questions to classes and ids: all that the expressions of a set ask, answered at once a value.

    Most values hold no run of letters that any question asks for, and their words return in other values.
    """

    def __init__(self) -> None:
        self._asked: list[Names] = []
        self._by_core: dict[str, dict[str, int]] = {"class": {}, "id": {}}
        self._always: dict[str, int] = {"class": 0, "id": 0}
        self._answers = lru_cache(maxsize=REMEMBERED)(self._ask)
        self.ask: roll.Ask = self._answers
        self._open = lru_cache(maxsize=REMEMBERED)(self._open_for)

    def numbered(self, expression: Expression) -> Expression:
        """Return an expression whose conditions have numbers, by which a roll knows them."""
        self._answers.cache_clear()
        self._open.cache_clear()
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
