"""How far a crawl has come, in a bar for each outlet; only where somebody looks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from wirewatch.show import console


class Bars:
    """A bar for each outlet whose pages are being fetched."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}

    def begin(self, outlet: str, pages: int) -> None:
        """Show a bar for `pages` pages of an outlet."""
        self._tasks[outlet] = self._progress.add_task(outlet, total=pages)

    def advance(self, outlet: str) -> None:
        """One more of its pages is done."""
        if outlet in self._tasks:
            self._progress.advance(self._tasks[outlet])

    def end(self, outlet: str) -> None:
        """Take its bar away, if it has one."""
        if (task := self._tasks.pop(outlet, None)) is not None:
            self._progress.remove_task(task)


@contextmanager
def on_terminal() -> Iterator[Bars]:
    """Show bars on stderr; they go when it is over."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=console(stderr=True), transient=True) as progress:
        yield Bars(progress)
