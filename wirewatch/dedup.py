"""The `dedup` command: everything decided anew, with progress on a terminal."""

from __future__ import annotations

from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from pipeline.ports import Store
from pipeline.records import Rebuild
from wirewatch.show import console

_DOING = {
    "begin": "forgetting what was found",
    "index": "finding copies",
    "settle": "settling who copied whom",
    "done": "done",
}


def rebuild_copies(store: Store) -> Rebuild:
    """Decide anew on all articles; return what came of it."""
    done = Rebuild()
    columns = SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn()
    with Progress(*columns, console=console(stderr=True), transient=True, disable=not _on_terminal()) as bar:
        task = bar.add_task(_DOING["begin"], total=None)
        for done in store.rebuild():
            bar.update(task, description=f"{_DOING[done.phase]}: {done.seen:,} articles gone through")
    return done


def rebuild_json(done: Rebuild) -> dict[str, object]:
    """Return what a rebuild came to as one JSON object."""
    return {"articles": done.seen // 2, "changed": dict(sorted(done.changed.items()))}


def _on_terminal() -> bool:
    return console(stderr=True).is_terminal
