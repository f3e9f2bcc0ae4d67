"""How events are written."""

from __future__ import annotations

import json
import logging

from wirewatch.logs import ConsoleLines, JsonLines


def record(**fields: object) -> logging.LogRecord:
    made = logging.LogRecord("wirewatch", logging.INFO, __file__, 1, "look done", (), None)
    made.fields = fields
    return made


def test_an_event_is_one_line_for_people() -> None:
    line = ConsoleLines().format(record(outlet="wire", problems="a feed\nis \x1b[31mbroken", new=3))
    assert "\n" not in line
    assert "\x1b" not in line
    assert line.endswith('INFO look done outlet=wire problems="a feed\\nis \\u001b[31mbroken" new=3')


def test_an_event_is_one_object_for_programs() -> None:
    line = JsonLines().format(record(outlet="wire", problems="a feed\nis broken", new=3))
    assert "\n" not in line
    told = json.loads(line)
    assert told["level"] == "info"
    assert (told["event"], told["outlet"], told["new"]) == ("look done", "wire", 3)
    assert told["at"].endswith("+00:00")


def test_a_traceback_stays_with_its_event() -> None:
    made = record()
    made.exc_info = (ValueError, ValueError("words"), None)
    assert "ValueError: words" in json.loads(JsonLines().format(made))["traceback"]
