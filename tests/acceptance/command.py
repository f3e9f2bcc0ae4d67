"""The real command in a process of its own: how the acceptance tests run it and read what it left behind."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator

WIREWATCH = Path(sys.executable).with_name("wirewatch")
LOOPBACK = ("--allow-private-hosts", "127.0.0.0/8")

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """What a finished command left."""

    code: int
    out: str
    err: str
    seconds: float

    @property
    def json(self) -> Any:
        """Its standard output, which is one JSON document."""
        return json.loads(self.out)

    @property
    def outlets(self) -> dict[str, Record]:
        """What `crawl --json` says of each outlet."""
        return {look["outlet"]: look for look in self.json["outlets"]}


@dataclass(frozen=True, slots=True)
class Page:
    """What the store says of a page that was offered."""

    outlet: str
    url: str
    outcome: str
    """As "new" or "rejected:listing"."""
    detail: str


@dataclass(frozen=True, slots=True)
class Command:
    """`wirewatch` on a data folder and a catalogue of its own, with nothing of ours in its environment."""

    data: Path
    outlets: Path
    allow: tuple[str, ...] = LOOPBACK
    env: Mapping[str, str] = field(default_factory=lambda: {"WIREWATCH_WORKERS": "1"})
    """Variables of its own. One worker is enough for a small world, and starts faster than two."""

    def run(self, *arguments: str, stdin: str | None = None, timeout: float = 60) -> Run:
        """Run it to its end. Whatever it is told, it never ends in a traceback."""
        began = time.monotonic()
        done = subprocess.run(
            self._line(arguments),
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            env=self._environment(),
            cwd=self.data.parent,
            timeout=timeout,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return Run(done.returncode, done.stdout, done.stderr, time.monotonic() - began)

    def crawl(self, *arguments: str, code: int = 0) -> Run:
        """Crawl once; the exit code has to be `code`."""
        run = self.run("crawl", *arguments, "--json")
        assert run.code == code, f"exit {run.code}\n{run.err}\n{run.out}"
        return run

    @contextmanager
    def started(self, *arguments: str) -> Iterator[subprocess.Popen[str]]:
        """Start it in a session of its own; it is killed if it still runs in the end."""
        process = subprocess.Popen(
            self._line(arguments),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            env=self._environment(),
            cwd=self.data.parent,
            start_new_session=True,
        )
        with process:
            try:
                yield process
            finally:
                process.kill()

    def export(self, *arguments: str) -> list[Record]:
        """Return what `export` writes."""
        run = self.run("export", *arguments)
        assert run.code == 0, run.err
        return [json.loads(line) for line in run.out.splitlines()]

    def pages(self) -> list[Page]:
        """Return every page that was ever offered, with its outcome."""
        query = "SELECT outlet, url, state, reason, detail FROM page ORDER BY outlet, url"
        with closing(sqlite3.connect(self.database)) as connection:
            rows = connection.execute(query).fetchall()
        return [
            Page(o, u, f"{state}:{reason}" if reason else state, detail)
            for o, u, state, reason, detail in rows
        ]

    def integrity(self) -> list[str]:
        """Return what SQLite finds wrong with the database: ["ok"]."""
        with closing(sqlite3.connect(self.database)) as connection:
            rows = connection.execute("PRAGMA integrity_check").fetchall()
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        return [row[0] for row in rows] + [str(row) for row in broken]

    def archived(self) -> set[str]:
        """Return the SHA-256 of every archived response body. A broken archive raises."""
        return {
            hashlib.sha256(record.raw_stream.read()).hexdigest()
            for file in self.archive_files
            for record in _responses(file)
        }

    @property
    def database(self) -> Path:
        """The database file."""
        return self.data / "wirewatch.db"

    @property
    def archive_files(self) -> list[Path]:
        """The WARC files, oldest first."""
        return sorted(self.data.rglob("*.warc.gz"))

    def _line(self, arguments: tuple[str, ...]) -> list[str]:
        where = ["--data-dir", str(self.data), "--outlets", str(self.outlets)]
        return [str(WIREWATCH), *where, *self.allow, *arguments]

    def _environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("WIREWATCH_")}
        return {**kept, "PYTHONWARNINGS": "", **self.env}


def _responses(file: Path) -> Iterator[Any]:
    with file.open("rb") as stream:
        yield from (record for record in ArchiveIterator(stream) if record.rec_type == "response")
