"""What revisions changed, as people and programs see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from config.errors import WirewatchError
from pipeline.records import Change, Kept
from pipeline.revision import change_of
from pipeline.worddiff import Span, SpanKind, spans
from wirewatch.record import Record, rfc3339

_STYLES: dict[SpanKind, str] = {"kept": "", "removed": "red strike", "added": "bold green"}
_MARKS: dict[SpanKind, tuple[str, str]] = {"kept": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
"""Around what went and came where there are no colours, as `git diff --word-diff` has it."""
_CONTEXT = 60
"""Characters that are shown of a long stretch that stayed, on each side."""
_SHORT = 160


@dataclass(frozen=True, slots=True)
class Step:
    """Two revisions of an article, and what the later one changed."""

    before: Kept
    after: Kept
    change: Change


def steps(revisions: Sequence[Kept], first: int | None, last: int | None) -> list[Step]:
    """Return each step from one of an article's revisions to the next, or the one from `first` to `last`.

    `revisions` are all of them in order. Of `first` and `last` the one that is None is the very first, or
    the newest.

    Raises:
        WirewatchError: there is no such revision, or `first` is not before `last`.
    """
    if first is None and last is None:
        return [Step(a, b, b.change or _change(a, b)) for a, b in pairwise(revisions)]
    by_number = {kept.revision: kept for kept in revisions}
    first, last = first or min(by_number), last or max(by_number)
    if first not in by_number or last not in by_number or first >= last:
        raise WirewatchError(
            f"there is no change from revision {first} to {last}: "
            f"this article has revisions {min(by_number)} to {max(by_number)}"
        )
    return [Step(by_number[first], by_number[last], _change(by_number[first], by_number[last]))]


def told(change: Change) -> str:
    """Say in words what a revision changed: "numbers, wording, +3 −2 words"."""
    return f"{', '.join(change.kinds) or 'nothing'}, +{change.added} −{change.removed} words"


def diff_view(article: Kept, many: Sequence[Step], *, colours: bool) -> RenderableType:
    """Return what each step changed: word by word within paragraphs, what stayed folded.

    Without colours, what went stands in [-…-] and what came in {+…+}.
    """
    head = Text.assemble(
        (article.article.title, "bold"), f"\n{article.id}  {article.article.canonical_url}\n"
    )
    if not many:
        return Group(head, Text("It has not been revised."))
    return Group(head, *(_view(step, colours=colours) for step in many))


def change_json(change: Change | None) -> Record | None:
    """Return what a revision changed as `show --json` has it."""
    if change is None:
        return None
    return {"kinds": list(change.kinds), "words_added": change.added, "words_removed": change.removed}


def step_json(step: Step) -> Record:
    """Return a step as `show --diff --json` has it; `title` and `text` are [kind, text] pairs in order."""
    return {
        "from": step.before.revision,
        "to": step.after.revision,
        "fetched_at": rfc3339(step.after.article.fetched_at),
        "change": change_json(step.change),
        "title": [list(span) for span in _titles(step.before.article.title, step.after.article.title)],
        "text": [list(span) for span in spans(step.before.article.text, step.after.article.text)],
    }


def _change(before: Kept, after: Kept) -> Change:
    old, new = before.article, after.article
    return change_of((old.title, new.title), (old.text, new.text), new.language)


def _view(step: Step, *, colours: bool) -> RenderableType:
    old, new = step.before.article, step.after.article
    head = Text.assemble(
        (f"Revision {step.before.revision} → {step.after.revision}", "bold"),
        f"  {rfc3339(new.fetched_at)}  {told(step.change)}",
    )
    table = Table(box=None, pad_edge=False, show_header=False)
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    if old.title != new.title:
        table.add_row("title", _line(_titles(old.title, new.title), colours=colours))
    for row in _rows(list(_paragraphs(spans(old.text, new.text))), colours=colours):
        table.add_row(*row)
    return Group(head, table, Text())


def _titles(old: str, new: str) -> list[Span]:
    """Return how a title changed; one that is only written otherwise, in capitals say, changed as a whole."""
    found = [Span(kind, text.rstrip("\n")) for kind, text in spans(old, new)]
    same = old == new or any(span.kind != "kept" for span in found)
    return found if same else [Span("removed", old + " "), Span("added", new)]


def _paragraphs(found: Iterable[Span]) -> Iterator[list[Span]]:
    """Break spans at the ends of paragraphs."""
    paragraph: list[Span] = []
    for kind, text in found:
        for n, part in enumerate(text.split("\n")):
            if n and paragraph:
                yield paragraph
                paragraph = []
            if part:
                paragraph.append(Span(kind, part))
    if paragraph:
        yield paragraph


def _rows(paragraphs: Sequence[Sequence[Span]], *, colours: bool) -> Iterator[tuple[str, Text]]:
    for sign, run in groupby(paragraphs, key=_sign):
        group = list(run)
        if not sign:
            count = f"{len(group)} paragraph{'s' if len(group) != 1 else ''} unchanged"
            yield "", Text(f"⋯ {count}", style="dim")
        else:
            yield from ((sign, _line(paragraph, colours=colours)) for paragraph in group)


def _sign(paragraph: Sequence[Span]) -> str:
    kinds = {span.kind for span in paragraph}
    if kinds == {"kept"}:
        return ""
    return {"removed": "−", "added": "+"}.get(next(iter(kinds)), "~") if len(kinds) == 1 else "~"


def _line(paragraph: Sequence[Span], *, colours: bool) -> Text:
    line = Text()
    whole = len(paragraph) == 1
    for n, (kind, text) in enumerate(paragraph):
        opening, closing = ("", "") if colours or whole else _MARKS[kind]
        if kind == "kept":
            text = _folded(text, first=n == 0, last=n == len(paragraph) - 1)  # noqa: PLW2901 - the part that is shown
        core = text.rstrip() if kind != "kept" else text
        line.append(f"{opening}{core}{closing}", style=_STYLES[kind] if colours else "")
        line.append(text[len(core) :])
    return line


def _folded(text: str, *, first: bool, last: bool) -> str:
    """Cut a long stretch that stayed down to what is next to a change."""
    if len(text) <= _SHORT:
        return text
    before = "" if first else text[:_CONTEXT].rsplit(" ", 1)[0]
    after = "" if last else text[-_CONTEXT:].split(" ", 1)[-1]
    return f"{before} … {after}"
