"""The daemon's log: one line an event, for people or for programs."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

ROOMS = ("config", "pipeline", "spiders", "storage", "wirewatch")
_FIELDS = "fields"


def event(log: logging.Logger, level: int, name: str, **fields: object) -> None:
    """Log an event: a name that never changes, and what differs as fields; None is left out."""
    kept = {key: value for key, value in fields.items() if value is not None}
    log.log(level, name, extra={_FIELDS: kept})


class ConsoleLines(logging.Formatter):
    """`2026-11-22 01:02:03Z INFO look done outlet=un_news new=3`; nothing from outside breaks a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Make the line."""
        parts = [f"{_time(record):%Y-%m-%d %H:%M:%SZ}", record.levelname, _in_a_line(record.getMessage())]
        parts += [f"{key}={_in_a_line(_text(value))}" for key, value in _fields(record).items()]
        if record.exc_info:
            parts.append("\n" + self.formatException(record.exc_info))
        return " ".join(parts)


class JsonLines(logging.Formatter):
    """An object a line: `at`, `level`, `event`, then the event's own fields."""

    def format(self, record: logging.LogRecord) -> str:
        """Make the line."""
        told: dict[str, Any] = {
            "at": _time(record).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **_fields(record),
        }
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False, default=str)


def set_up(level: str, *, as_json: bool) -> None:
    """Let our own rooms speak from `level` on, libraries from warnings on, on stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines() if as_json else ConsoleLines())
    wanted = getattr(logging, level.upper())
    logging.basicConfig(level=max(logging.WARNING, wanted), handlers=[handler], force=True)
    for room in ROOMS:
        logging.getLogger(room).setLevel(wanted)


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    found = getattr(record, _FIELDS, {})
    return found if isinstance(found, dict) else {}


def _time(record: logging.LogRecord) -> datetime:
    return datetime.fromtimestamp(record.created, UTC)


def _text(value: object) -> str:
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if " " in text or not text else text


def _in_a_line(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
