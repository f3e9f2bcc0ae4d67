"""The documents keep their promises."""

from __future__ import annotations

import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_the_reference_is_what_the_command_says() -> None:
    spec = spec_from_file_location("make_reference", ROOT / "docs" / "make_reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    written = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    assert written == module.reference(), "run `make reference`"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_between_the_documents_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text(encoding="utf-8")):
        if not target.startswith("http"):
            assert (document.parent / target).exists(), target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_that_the_documents_show_exist(document: Path) -> None:
    reference = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    options = set(re.findall(r"--[a-z][a-z-]+", reference))
    for line in re.findall(
        r"^    wirewatch .*$|`wirewatch [^`]*`", document.read_text(encoding="utf-8"), re.MULTILINE
    ):
        for option in re.findall(r"(?<![\w-])--[a-z][a-z-]+", line):
            assert option in options, f"{line.strip()}: {option}"


def test_every_documented_command_has_its_help() -> None:
    reference = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
    for section in reference.split("\n## ")[1:]:
        assert len(section.split("\n\n")[1]) > 10, section[:40]
