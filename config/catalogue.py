"""All outlets that a run knows, and the files they were read from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from config.document import LARGEST_FILE, Mistake
from config.errors import CatalogueError, ConfigError
from config.outlet import Outlet
from config.outlet_file import OutletFile, read_outlets
from config.words import LONGEST_SHOWN, did_you_mean, printable, shown

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_SAME_SITE = re.compile(r"^(?:www|m|amp)\.(?=[^.]+\.)")


@dataclass(frozen=True)
class Catalogue:
    """Outlets in the order of their ids, which are unique."""

    outlets: tuple[Outlet, ...]
    sources: Mapping[str, str]
    """The file of each outlet, by its id."""

    def __iter__(self) -> Iterator[Outlet]:
        return iter(self.outlets)

    def __len__(self) -> int:
        return len(self.outlets)

    def get(self, id_: str) -> Outlet | None:
        """Return the outlet of that id, or None."""
        return self._by_id.get(id_)

    def source(self, id_: str) -> str:
        """Return the file that the outlet of that id came from; KeyError where there is no such outlet."""
        return self.sources[id_]

    @property
    def enabled(self) -> tuple[Outlet, ...]:
        """The outlets that are looked at when none is named."""
        return tuple(outlet for outlet in self.outlets if outlet.enabled)

    def select(self, ids: Sequence[str]) -> tuple[Outlet, ...]:
        """Return the outlets named, each once and in that order, enabled or not; the enabled ones if none is.

        Raises ConfigError, which names every unknown id.
        """
        unknown = [id_ for id_ in ids if id_ not in self._by_id]
        if unknown:
            told = [f"{shown(id_)}{did_you_mean(id_, self._by_id)}" for id_ in unknown]
            raise ConfigError(f"no such outlet: {'; '.join(told)} (wirewatch outlets list shows all of them)")
        return tuple(self._by_id[id_] for id_ in dict.fromkeys(ids)) or self.enabled

    def for_url(self, url: str) -> Outlet | None:
        """Return the outlet that `url` belongs to by its host, ignoring www., m. and amp., or None.

        Of several on one host it is the one whose rules take `url` for an article, then the one whose front
        page (not only a feed) is on that host, then the one whose front page's path begins as `url` does.
        """
        if (host := _site(url)) is None:
            return None
        there = [outlet for outlet in self.outlets if host in _sites(outlet)]
        return max(there, key=lambda outlet: _closeness(outlet, url, host), default=None)

    @cached_property
    def _by_id(self) -> Mapping[str, Outlet]:
        return {outlet.id: outlet for outlet in self.outlets}


def load_catalogue(path: Path | None) -> Catalogue:
    """Read the outlets of a YAML file, of the *.yaml and *.yml files in a folder, or the bundled ones (None).

    Raises CatalogueError with all mistakes of all files.
    """
    named = {
        printable(str(file)): file for file in _outlet_files(path or files("config").joinpath("outlets"))
    }
    read = {name: _read(file) for name, file in named.items()}
    mistakes = [(name, mistake) for name, file in read.items() for mistake in file.mistakes]
    mistakes += _taken_ids(read)
    if mistakes:
        mistakes.sort(key=lambda pair: (pair[0], pair[1].line))
        raise CatalogueError([_line(name, mistake) for name, mistake in mistakes])
    outlets = [(outlet, name) for name, file in read.items() for outlet in file.outlets]
    outlets.sort(key=lambda pair: pair[0].id)
    return Catalogue(tuple(outlet for outlet, _ in outlets), {outlet.id: name for outlet, name in outlets})


def _outlet_files(root: Path | Traversable) -> Sequence[Path | Traversable]:
    name = printable(str(root))
    try:
        if not root.is_dir():
            if not root.is_file():
                raise CatalogueError([f"{name}: there is no such file or folder of outlets"])
            return [root]
        found = [file for file in root.iterdir() if _is_outlet_file(file)]
    except OSError as error:
        raise CatalogueError([f"{name}: cannot be read: {error.strerror}"]) from error
    if not found:
        raise CatalogueError([f"{name}: holds no outlet file (*.yaml or *.yml)"])
    return sorted(found, key=lambda file: file.name)


def _is_outlet_file(file: Path | Traversable) -> bool:
    return (
        file.name.lower().endswith((".yaml", ".yml")) and not file.name.startswith(".") and not file.is_dir()
    )


def _read(file: Path | Traversable) -> OutletFile:
    """Read one file; what is no plain file (a pipe would block, a link may lead nowhere) is a mistake."""
    if not file.is_file():
        return OutletFile(mistakes=(Mistake(1, (), "is not a file that can be read"),))
    try:
        with file.open("rb") as stream:
            return read_outlets(stream.read(LARGEST_FILE + 1))
    except OSError as error:
        return OutletFile(mistakes=(Mistake(1, (), f"cannot be read: {error.strerror}"),))


def _taken_ids(read: Mapping[str, OutletFile]) -> Iterator[tuple[str, Mistake]]:
    """Yield a mistake, with its file, for each id that an earlier file or an earlier line has already."""
    first: dict[str, str] = {}
    for name, file in read.items():
        for id_, key, line in file.ids:
            if id_ in first:
                words = (
                    f"{shown(id_)} is the id of another outlet already, in {first[id_]}: every id is unique"
                )
                yield name, Mistake(line, key, words)
            first.setdefault(id_, f"{name}:{line}")


def _line(name: str, mistake: Mistake) -> str:
    key = "".join(f"{str(part)[:LONGEST_SHOWN]}." for part in mistake.key)
    return printable(f"{name}:{mistake.line}: {key[:-1]}{': ' if key else ''}{mistake.words}")


def _site(url: str) -> str | None:
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return _SAME_SITE.sub("", host.rstrip(".")) if host else None


def _sites(outlet: Outlet) -> frozenset[str | None]:
    return frozenset(map(_site, (outlet.home, *(discovery.address for discovery in outlet.discover))))


def _closeness(outlet: Outlet, url: str, host: str) -> tuple[bool, bool, int]:
    rules = outlet.articles
    front = urlsplit(outlet.home).path
    inside = len(front) if urlsplit(url).path.startswith(front) else 0
    return rules.accepts(rules.rewritten(url)), _site(outlet.home) == host, inside
