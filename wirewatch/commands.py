"""The commands of `wirewatch`: their options and arguments. What a command does lies in the modules it calls.

They are imported by the command that needs them: Scrapy, SQLAlchemy and trafilatura take a second.
"""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from enum import StrEnum
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from config.catalogue import Catalogue, load_catalogue
from config.errors import ConfigError, WirewatchError
from config.outlet import OutletKind
from config.settings import Settings
from config.words import shown
from pipeline.garbage import importing
from pipeline.records import Filters
from wirewatch.early import start_early
from wirewatch.exits import EXIT_INTERRUPTED, EXIT_SOME_FAILED, EXIT_TROUBLE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.ports import Store

app = typer.Typer(
    name="wirewatch",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
outlets_app = typer.Typer(help="The catalogue: which outlets are watched, and how.", no_args_is_help=True)
app.add_typer(outlets_app, name="outlets")

_MOST = 1_000_000_000
"""The largest number that is taken: databases count to a little more."""


class LogLevel(StrEnum):
    """How much is said on stderr."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogFormat(StrEnum):
    """How the daemon's log is written."""

    CONSOLE = "console"
    JSON = "json"


class ExportFormat(StrEnum):
    """What `export` can write."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


class TextFormat(StrEnum):
    """What `extract` can print."""

    JSON = "json"
    TEXT = "text"


def _whole(most: int) -> Callable[[str], int]:
    """Return what reads a whole number from 1 to `most`, and says in our words what is wrong."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = 0
        if not 1 <= number <= most:
            raise typer.BadParameter(f"{shown(str(text))} is not a whole number from 1 to {most:,}")
        return number

    return read


Outlets = Annotated[list[str] | None, typer.Argument(metavar="[OUTLET]...", help="Ids of outlets.")]
OutletFilter = Annotated[
    list[str] | None,
    typer.Option("--outlet", metavar="ID", help="Only this outlet; may be given several times."),
]
KindFilter = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="KIND", help="Only outlets of this kind (un, wire, official …)."),
]
Since = Annotated[
    str | None,
    typer.Option(metavar="DATE", help="Published at or after; like 2026-01-31 or 2026-01-31T06:00Z."),
]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Published before; like --since.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"wirewatch {installed_version('wirewatch')}")
        raise typer.Exit


@app.callback()
def options(
    context: typer.Context,
    data_dir: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Holds all that a run keeps. [default: ./data]",
            show_default=False,
        ),
    ] = None,
    outlets: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH",
            help="A YAML file of outlets, or a folder of them. [default: the bundled ones]",
            show_default=False,
        ),
    ] = None,
    database: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="sqlite:///FILE or postgresql://… [default: in the data folder]",
            show_default=False,
        ),
    ] = None,
    log_level: Annotated[
        LogLevel | None, typer.Option(metavar="debug|info|warning|error", help="How much is said on stderr.")
    ] = None,
    contact: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="A mail or web address at which hosts can reach you."),
    ] = None,
    allow_private_hosts: Annotated[
        str | None,
        typer.Option(
            metavar="NETWORKS",
            help="Private networks that may be asked, like 127.0.0.0/8; none by default.",
        ),
    ] = None,
    version: Annotated[  # noqa: ARG001 - its callback does it
        bool, typer.Option("--version", is_eager=True, callback=_say_version, help="Say the version and end.")
    ] = False,
) -> None:
    """Watch news outlets; keep every new article once, as clean text, with proof of where it came from."""
    given = {
        "data_dir": data_dir,
        "outlets": outlets,
        "database_url": database,
        "log_level": log_level.value if log_level else None,
        "contact": contact,
        "allow_private_hosts": allow_private_hosts,
    }
    settings = Settings.load(**{name: value for name, value in given.items() if value is not None})
    _set_up_logging(settings.log_level.upper())
    context.obj = settings


@app.command()
def crawl(
    context: typer.Context,
    outlet: Outlets = None,
    since: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Leave alone what is stated to be older; what has no time passes."),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            parser=_whole(_MOST), metavar="N", help="Fetch at most N pages an outlet; the rest waits."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Look, but fetch no article and write nothing.")
    ] = False,
    recheck: Annotated[
        bool, typer.Option("--recheck", help="Fetch known articles again, to see whether they changed.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Look at outlets once: fetch what is new, extract, deduplicate, store.

    Exit code 0 if every outlet could be looked at, 3 if some could not.
    """
    settings = _settings(context)
    chosen = _catalogue(settings).select(outlet or [])
    oldest = _date(since, "--since")
    start_early()
    with importing():
        from spiders.quick import import_scrapy

        import_scrapy()
        from spiders.services import LookOptions
        from wirewatch.crawling import crawl_outlets, report_json

    options = LookOptions(since=oldest, limit=limit, dry_run=dry_run, recheck=recheck)
    report, tally = crawl_outlets(settings, chosen, options)
    if as_json:
        _print_json(report_json(report, tally))
    else:
        from wirewatch.show import console, crawl_table

        console(stderr=True).print(crawl_table(report))
    if report.interrupted:
        raise typer.Exit(EXIT_INTERRUPTED)
    if not all(look.looked for look in report.looks):
        raise typer.Exit(EXIT_SOME_FAILED)


@app.command()
def daemon(
    context: typer.Context,
    metrics_port: Annotated[
        int | None,
        typer.Option(
            parser=_whole(65_535),
            metavar="PORT",
            help="Serve numbers for Prometheus at 127.0.0.1:PORT/metrics.",
        ),
    ] = None,
    log_format: Annotated[
        LogFormat | None,
        typer.Option(metavar="console|json", help="How each event of the log is written."),
    ] = None,
) -> None:
    """Look at each outlet when its cadence says so, until SIGTERM or SIGINT; SIGHUP reads the files again."""
    start_early()
    with importing():
        from spiders.quick import import_scrapy

        import_scrapy()
        from wirewatch.daemon import run_daemon

    given = {"metrics_port": metrics_port, "log_format": log_format.value if log_format else None}
    asked = {name: value for name, value in given.items() if value is not None}
    run_daemon(_settings(context).model_copy(update=asked))


@app.command()
def demo(context: typer.Context) -> None:
    """Serve a small news world on loopback, crawl it, and show what came out."""
    start_early()
    with importing():
        from spiders.quick import import_scrapy

        import_scrapy()
        from wirewatch.demo.run import run_demo

    if not run_demo(_settings(context)):
        raise typer.Exit(EXIT_SOME_FAILED)


@app.command()
def extract(
    context: typer.Context,
    file: Annotated[
        list[Path] | None, typer.Argument(metavar="[FILE]...", help="Saved pages; - reads standard input.")
    ] = None,
    url: Annotated[str | None, typer.Option(metavar="URL", help="Where the page came from.")] = None,
    outlet: Annotated[str | None, typer.Option(metavar="ID", help="Apply the rules of this outlet.")] = None,
    output: Annotated[
        TextFormat, typer.Option("--format", metavar="json|text", help="What is printed.")
    ] = TextFormat.JSON,
    batch: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.jsonl", help='Read the pages that its lines name: {"id", "url", "html_path"}.'
        ),
    ] = None,
    learn: Annotated[
        bool,
        typer.Option("--learn", help="With --batch: first learn which blocks recur on each site's pages."),
    ] = False,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Add what decided about body and date, and what was dropped and why."),
    ] = False,
) -> None:
    """Extract saved pages and print their records; nothing is stored."""
    from pipeline.urls import fetchable
    from wirewatch.reading import Saved, print_batch, print_pages, saved_pages

    if bool(file) == (batch is not None):
        raise ConfigError(
            "extract needs either pages (FILE …, or - for standard input) or --batch FILE.jsonl"
        )
    if url is not None and fetchable(url) is None:
        raise ConfigError(f"--url {url}: not a web address; write it in full, like https://example.org/a")
    if learn and batch is None:
        raise ConfigError("--learn needs --batch FILE.jsonl: what recurs is learned from many pages")
    settings = _settings(context)
    rules = _catalogue(settings).select([outlet])[0] if outlet else None
    if batch is not None:
        print_batch(settings, saved_pages(batch), rules, explain=explain, learn=learn)
        return
    pages = [Saved(str(path), None if str(path) == "-" else path, url) for path in file or []]
    if not print_pages(settings, pages, rules, as_text=output is TextFormat.TEXT, explain=explain):
        raise typer.Exit(EXIT_TROUBLE)


@app.command()
def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(metavar="QUERY", help='Words, "phrases" and -excluded words.')],
    outlet: OutletFilter = None,
    kind: KindFilter = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option(parser=_whole(_MOST), metavar="N", help="At most N hits.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Search the full text of what is stored."""
    from wirewatch.app import open_store
    from wirewatch.record import exported
    from wirewatch.show import console, hit_lines

    filters = _filters(outlet, kind, since, until, limit=limit)
    settings = _settings(context)
    with open_store(settings) as store:
        _check_outlets(settings, store, filters.outlets)
        hits = store.search(query, filters)
    if as_json:
        _print_json([exported(hit.kept) | {"snippet": hit.snippet, "score": hit.score} for hit in hits])
    elif hits:
        console(stderr=False).print(hit_lines(hits))
    else:
        console(stderr=True).print("Nothing found.")


@app.command()
def show(
    context: typer.Context,
    article: Annotated[str, typer.Argument(metavar="ID", help="The id of an article, or its beginning.")],
    dropped: Annotated[
        bool, typer.Option("--dropped", help="Show what was taken out of the page, and why.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what each revision changed.")] = False,
    first: Annotated[
        int | None,
        typer.Option("--from", parser=_whole(_MOST), metavar="N", help="Show what changed since revision N."),
    ] = None,
    last: Annotated[
        int | None,
        typer.Option("--to", parser=_whole(_MOST), metavar="N", help="Show what changed up to revision N."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show one article with its provenance, copies and revisions."""
    from wirewatch.app import open_store
    from wirewatch.diffview import change_json, diff_view, step_json, steps
    from wirewatch.record import exported, rfc3339
    from wirewatch.show import article_view, console, dropped_view
    from wirewatch.tree import copies_view

    with open_store(_settings(context)) as store:
        kept = store.article(article)
        if kept is None:
            raise WirewatchError(
                f"there is no article {article}: `wirewatch search` and `export` show the ids"
            )
        copies, revisions = store.copies(kept.story), store.revisions(kept.id)
        akin, gone_at = store.akin(kept.id), store.gone_at(kept.id)
    wanted = diff or first is not None or last is not None
    changes = steps([*revisions, kept], first, last) if wanted else []
    if as_json:
        _print_json(
            exported(kept)
            | {"change": change_json(kept.change)}
            | {"copies": [exported(copy) for copy in copies if copy.id != kept.id]}
            | {"revisions": [exported(old) | {"change": change_json(old.change)} for old in revisions]}
            | ({"changes": [step_json(step) for step in changes]} if wanted else {})
            | {"gone_at": rfc3339(gone_at) if gone_at else None}
            | {"dropped": [{"text": block.text, "reason": block.reason} for block in kept.article.dropped]}
        )
        return
    screen = console(stderr=False)
    if wanted:
        screen.print(diff_view(kept, changes, colours=screen.color_system is not None))
        return
    screen.print(article_view(kept, copies_view(kept, copies, akin), revisions, gone_at))
    if dropped:
        console(stderr=False).print(dropped_view(kept.article))


@app.command()
def export(
    context: typer.Context,
    output_format: Annotated[
        ExportFormat, typer.Option("--format", metavar="jsonl|csv|parquet", help="What is written.")
    ] = ExportFormat.JSONL,
    output: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write there instead of stdout.")
    ] = None,
    outlet: OutletFilter = None,
    kind: KindFilter = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[
        int | None, typer.Option(parser=_whole(_MOST), metavar="N", help="At most N articles.")
    ] = None,
    relation: Annotated[
        str | None, typer.Option(metavar="original", help="With `original`, copies are left out.")
    ] = None,
    revisions: Annotated[
        bool, typer.Option("--revisions", help="Add a record for each earlier revision.")
    ] = False,
) -> None:
    """Write articles to stdout or a file."""
    from wirewatch.app import open_store
    from wirewatch.export import export_to

    if relation not in {None, "original"}:
        raise ConfigError(
            f"--relation {relation}: only `original` can be asked for; without it all are written"
        )
    filters = _filters(outlet, kind, since, until, limit=limit, originals_only=relation == "original")
    settings = _settings(context)
    with open_store(settings) as store:
        _check_outlets(settings, store, filters.outlets)
        export_to(output, output_format.value, store, filters, revisions=revisions)


@app.command()
def dedup(
    context: typer.Context,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Decide anew on all articles, from their stored texts.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Decide anew which articles are copies of which, after a change of the rules, and say what changed.

    It may be broken off at any time: the next call goes on where it was left.
    """
    from wirewatch.app import open_store
    from wirewatch.dedup import rebuild_copies, rebuild_json
    from wirewatch.show import console, rebuild_table

    if not rebuild:
        raise ConfigError("dedup needs --rebuild: copies are found as articles come in")
    with open_store(_settings(context)) as store:
        done = rebuild_copies(store)
    if as_json:
        _print_json(rebuild_json(done))
    else:
        console(stderr=True).print(rebuild_table(done))


@app.command()
def health(context: typer.Context, outlet: Outlets = None, as_json: AsJson = False) -> None:
    """Show how each outlet is, since when, and what tells so.

    Exit code 0 if every enabled outlet is ok, 1 if not.
    """
    from wirewatch.app import now, open_store
    from wirewatch.health import all_well, health_json, health_table, judge, open_gaps
    from wirewatch.show import console

    settings = _settings(context)
    catalogue = _catalogue(settings)
    chosen = catalogue.select(outlet) if outlet else list(catalogue)
    with open_store(settings) as store:
        judged = judge(store.logbook, chosen, now())
        gaps = open_gaps(store.logbook, chosen, now())
    if as_json:
        _print_json(health_json(judged, gaps))
    else:
        console(stderr=False).print(health_table(judged, gaps, now()))
    if not all_well(judged):
        raise typer.Exit(EXIT_TROUBLE)


@outlets_app.command("list")
def outlets_list(context: typer.Context, as_json: AsJson = False) -> None:
    """List the catalogue."""
    from wirewatch.outlets import outlet_json, outlet_table
    from wirewatch.show import console

    catalogue = _catalogue(_settings(context))
    if as_json:
        _print_json([outlet_json(outlet) for outlet in catalogue])
    else:
        console(stderr=False).print(outlet_table(catalogue))


@outlets_app.command("show")
def outlets_show(
    context: typer.Context,
    outlet: Annotated[str, typer.Argument(metavar="ID", help="The id of an outlet.")],
    as_json: AsJson = False,
) -> None:
    """Show one outlet, every default written out, as YAML that can be copied."""
    from wirewatch.outlets import outlet_json, outlet_yaml

    chosen = _catalogue(_settings(context)).select([outlet])[0]
    if as_json:
        _print_json(outlet_json(chosen))
    else:
        typer.echo(outlet_yaml(chosen), nl=False)


@outlets_app.command("check")
def outlets_check(
    context: typer.Context,
    outlet: Outlets = None,
    offline: Annotated[bool, typer.Option("--offline", help="Only read the files; ask no host.")] = False,
) -> None:
    """Check the outlet files, then try each discovery and one article and say what would be stored."""
    from wirewatch.check import check_outlets
    from wirewatch.show import console

    settings = _settings(context)
    chosen = _catalogue(settings).select(outlet or [])
    err = console(stderr=True)
    err.print(f"{len(chosen)} outlets: the files are in order.")
    if not offline and not check_outlets(settings, chosen):
        raise typer.Exit(EXIT_SOME_FAILED)


def _set_up_logging(level: str) -> None:
    """Let our own rooms speak from `level` on, libraries from warnings on."""
    logging.basicConfig(
        level=max(logging.WARNING, getattr(logging, level)),
        stream=sys.stderr,
        format="%(levelname)s %(message)s",
    )
    for room in ("config", "pipeline", "spiders", "storage", "wirewatch"):
        logging.getLogger(room).setLevel(level)


def _settings(context: typer.Context) -> Settings:
    settings = context.obj
    assert isinstance(settings, Settings)  # noqa: S101 - the callback above put it there
    return settings


def _catalogue(settings: Settings) -> Catalogue:
    return load_catalogue(settings.outlets)


def _filters(
    outlets: list[str] | None,
    kinds: list[str] | None,
    since: str | None,
    until: str | None,
    *,
    limit: int | None,
    originals_only: bool = False,
) -> Filters:
    if unknown := set(kinds or ()) - set(get_args(OutletKind)):
        raise ConfigError(f"--kind {' '.join(sorted(unknown))}: choose from {' '.join(get_args(OutletKind))}")
    return Filters(
        outlets=tuple(outlets or ()),
        kinds=tuple(kinds or ()),
        since=_date(since, "--since"),
        until=_date(until, "--until"),
        originals_only=originals_only,
        limit=limit,
    )


def _check_outlets(settings: Settings, store: Store, ids: Sequence[str]) -> None:
    """Refuse an outlet that neither the store nor the catalogue knows; one may be in the store alone."""
    if strange := [id_ for id_ in ids if not store.outcomes(id_)]:
        _catalogue(settings).select(strange)


def _date(text: str | None, option: str) -> datetime | None:
    """Read a date or a time; without an offset it is UTC."""
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise ConfigError(
            f"{option} {text}: not a date; write one like 2026-01-31 or 2026-01-31T06:00Z"
        ) from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _print_json(document: object) -> None:
    typer.echo(json.dumps(document, ensure_ascii=False, indent=1))
