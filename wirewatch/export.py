"""Writing many records: JSON Lines, CSV, Parquet."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO

from config.errors import ConfigError
from pipeline.ports import Store
from pipeline.records import Filters
from wirewatch.record import FIELDS, Record, exported

_LISTS = ("authors", "credits", "urls")
_PARQUET_ROWS = 1000


def records(store: Store, filters: Filters, *, revisions: bool) -> Iterator[Record]:
    """Yield the records that pass, by id; `revisions` puts an article's earlier ones before it."""
    for kept in store.articles(filters):
        if revisions and kept.revision > 1:
            yield from map(exported, store.revisions(kept.id))
        yield exported(kept)


def write_jsonl(rows: Iterable[Record], out: IO[str]) -> None:
    """Write one JSON object a line, UTF-8, in the order of the contract's fields."""
    for row in rows:
        out.write(json.dumps(row, ensure_ascii=False) + "\n")


def write_csv(rows: Iterable[Record], out: IO[str]) -> None:
    """Write RFC 4180 CSV with a header; lists stand as JSON in their cell, null as an empty cell.

    A cell that a spreadsheet would take for a formula keeps its text: what is read back is what was
    stored, so import it as text.
    """
    writer = csv.DictWriter(out, FIELDS)
    writer.writeheader()
    for row in rows:
        lists = {key: json.dumps(row[key], ensure_ascii=False) for key in _LISTS}
        writer.writerow(row | lists)


def write_parquet(rows: Iterable[Record], path: Path) -> None:
    """Write Parquet with the contract's fields; times are strings as in JSON.

    Raises:
        ConfigError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra that few install
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError as error:
        raise ConfigError("Parquet needs pyarrow: pip install 'wirewatch[parquet]'") from error
    types = {
        "revision": pa.int32(),
        "word_count": pa.int32(),
        "similarity": pa.float64(),
        "covered": pa.float64(),
    }
    schema = pa.schema(
        [(name, pa.list_(pa.string()) if name in _LISTS else types.get(name, pa.string())) for name in FIELDS]
    )
    source = iter(rows)
    with pq.ParquetWriter(path, schema) as writer:
        while batch := list(islice(source, _PARQUET_ROWS)):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))


def export_to(
    output: Path | None, output_format: str, store: Store, filters: Filters, *, revisions: bool
) -> None:
    """Write the articles that pass to `output`, or to stdout.

    A file appears under its name only when it is whole.

    Raises:
        ConfigError: the format cannot go to stdout, or the file cannot be written.
    """
    rows = records(store, filters, revisions=revisions)
    if output is None:
        if output_format == "parquet":
            raise ConfigError("Parquet cannot go to stdout: say where with --output FILE")
        _WRITERS[output_format](rows, sys.stdout)
        return
    output = output.resolve()
    if output.exists() and not output.is_file():
        _write_through(output, output_format, rows)
        return
    part = output.with_name(f"{output.name}.{os.getpid()}.part")
    try:
        if output_format == "parquet":
            write_parquet(rows, part)
        else:
            with part.open("w", encoding="utf-8", newline="") as out:
                _WRITERS[output_format](rows, out)
        part.replace(output)
    except OSError as error:
        raise ConfigError(f"{output} cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)


def _write_through(device: Path, output_format: str, rows: Iterable[Record]) -> None:
    """Write into what is no regular file: a pipe, a device."""
    if output_format == "parquet":
        raise ConfigError(f"Parquet can only go to a file, which {device} is not")
    try:
        with device.open("w", encoding="utf-8", newline="") as out:
            _WRITERS[output_format](rows, out)
    except OSError as error:
        raise ConfigError(f"{device} cannot be written: {error.strerror or error}") from error


_WRITERS: dict[str, Callable[[Iterable[Record], IO[str]], None]] = {"jsonl": write_jsonl, "csv": write_csv}
