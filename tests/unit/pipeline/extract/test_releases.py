"""Where a press release ends: what its publisher tells about itself is none of the text."""

# ruff: noqa: E501 - tables of cases are read by rows

from __future__ import annotations

import pytest

from pipeline.extract.reading import Line
from pipeline.extract.releases import end_of_release
from tests.unit.pipeline.extract.pages import BODY, PARAGRAPHS, TEXT, html, read

ABOUT = "Quay Lines runs four ferries on the northern shore and employs three hundred people. See www.quay.example."


def ended(*behind: str) -> list[str]:
    """Return which of the lines behind a text are its own."""
    lines = [Line(text) for text in (*PARAGRAPHS, *behind)]
    return [line.text for line in lines[len(PARAGRAPHS) : end_of_release(lines)]]


@pytest.mark.parametrize(
    "behind",
    [
        ("-ENDS-", "The report can be read at the town hall."),
        ("ENDS", "The report can be read at the town hall."),
        ("# # #", "The report can be read at the town hall.", "Press office: jane@quay.example"),
        ("About Quay Lines", ABOUT),
        ("About the Quay Lines", "The " + ABOUT),
        ("Über die Quay Lines", "Quay Lines betreibt vier Fähren an der Nordküste. Mehr unter www.quay.example."),
        ("À propos de Quay Lines", "Quay Lines exploite quatre bacs sur la côte nord : www.quay.example."),
        ("Media contact", "Jane Example", "jane@quay.example"),
        ("For more information, please contact:", "Jane Example, press officer", "Mobile: +00 555 010 208"),
        ("Pressekontakt:", "Max Muster", "Telefon 0555 0100"),
        ("Контакты для СМИ", "Иван Примеров", "press@port.example"),
    ],
    ids=lambda lines: lines[0],
)  # fmt: skip
def test_nothing_behind_the_end_of_a_release_is_its_text(behind: tuple[str, ...]) -> None:
    assert ended(*behind) == []


@pytest.mark.parametrize(
    "behind",
    [
        ("About time", "The ferry had been promised for years, and nobody believed in it any more."),
        (
            "About Quay Lines",
            "Quay Lines was founded by fishermen, and nobody on the shore has forgotten it.",
        ),
        ("About the vote", "Turnout was low in all districts, and lowest in the one that has the quay."),
        ("Contact", "The two sides had not spoken for a year when they met at the lighthouse on Sunday."),
        ("# # #", "In other news, the library of the northern shore will be closed for a week."),
        (
            "Public inquiry",
            "The man was held in cell 12 of the prison, and nobody came for him until the morning.",
        ),
        (
            "About the bridge",
            "The bridge was built by fishermen in a year without herring, and it has stood ever since.",
            "Its plans can be seen at www.harbour.example by all who ask for them in time.",
        ),
        (
            "Contacts",
            "Police asked those who saw it to call 0131 496 0000 or to come to the station on the quay, and said more would be told.",
        ),
        ("Ends", "and means", "She said that both had to be weighed before anybody dredged the harbour."),
        ("About Quay Lines", ABOUT, *(f"{p} It was said {n} times." for n, p in enumerate(PARAGRAPHS))),
    ],
    ids=lambda lines: f"{lines[0]} {len(lines)}",
)
def test_a_sub_head_that_looks_like_it_ends_no_text(behind: tuple[str, ...]) -> None:
    assert ended(*behind) == list(behind)


def test_a_release_is_read_without_what_is_behind_its_end() -> None:
    behind = f"<p>-ENDS-</p><p><b>About Quay Lines</b></p><p>{ABOUT}</p><p>Contacts:<br>Jane Example<br>jane@quay.example</p>"
    assert read(html(BODY + behind)).text == TEXT
