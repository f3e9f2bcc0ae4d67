"""The site of `loadsite.py` in a process of its own, and the outlets on it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import cost
import loadsite

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Site:
    """A site that is being served."""

    port: int
    outlets: int
    articles: int

    def root(self, outlet: int) -> str:
        """Return the address of an outlet."""
        return f"http://{loadsite.host(outlet)}:{self.port}"

    @property
    def feeds(self) -> list[str]:
        """The feed of each outlet."""
        return [f"{self.root(n)}/feed.xml" for n in range(self.outlets)]

    def outlet_file(self, number: int) -> str:
        """Write an outlet as `wirewatch` reads it."""
        root = self.root(number)
        return (
            f"id: outlet{number}\nname: Outlet {number}\nkind: newspaper\nhome: {root}/\nlanguages: [en]\n"
            f"country: GB\ntimezone: Europe/London\ndiscover:\n  - feed: {root}/feed.xml\n"
            "politeness: {delay: 0, concurrency: 8}\n"
        )


@contextmanager
def serving(outlets: int, articles: int, *, tiny: bool = False, forgetful: bool = False) -> Iterator[Site]:
    """Serve a site in a process of its own."""
    line = [sys.executable, str(HERE / "loadsite.py"), str(outlets), str(articles)]
    line += ["--tiny"] * tiny + ["--forgetful"] * forgetful
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        cost.KEPT.add(process.pid)
        ready = json.loads(process.stdout.readline())
        yield Site(ready["port"], outlets, articles)
        process.stdin.close()
