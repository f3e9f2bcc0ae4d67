"""The how-to for operators tells the truth: its files load, and it knows every key."""

from __future__ import annotations

import re
from pathlib import Path

from config.catalogue import load_catalogue
from config.outlet import (
    Api,
    Articles,
    DateRule,
    Example,
    ExtractRules,
    Feed,
    LinkRule,
    Listing,
    Outlet,
    Politeness,
    Schedule,
    Sitemap,
)
from tests.unit.config.outlets import written

TEXT = (Path(__file__).parents[3] / "docs" / "add-an-outlet.md").read_text(encoding="utf-8")


def test_the_files_of_the_how_to_load(tmp_path: Path) -> None:
    smallest, whole = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    assert len(load_catalogue(written(tmp_path, a=smallest, b=whole))) == 2


def test_the_how_to_explains_every_key() -> None:
    parts = (Outlet, Feed, Sitemap, Listing, Api, Articles, Example, ExtractRules, DateRule, LinkRule)
    keys = {key for part in (*parts, Politeness, Schedule) for key in part.model_fields}
    explained = set(re.findall(r"`(\w+)[`:]", TEXT))
    assert keys <= explained
