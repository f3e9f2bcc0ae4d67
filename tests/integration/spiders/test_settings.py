"""Scrapy as it is set, and how it is imported."""

from __future__ import annotations

import inspect

from scrapy.settings import SETTINGS_PRIORITIES, Settings

from spiders.quick import import_scrapy
from spiders.services import Bounds
from spiders.settings import scrapy_settings


def test_a_copy_of_the_settings_is_what_scrapy_would_copy_and_its_changes_are_its_own() -> None:
    settings = scrapy_settings(Bounds("test"))
    twin = settings.copy()
    assert dict(twin) == dict(Settings.copy(settings))
    assert {name: twin.getpriority(name) for name in twin} == {n: settings.getpriority(n) for n in settings}
    twin.set("DOWNLOAD_DELAY", 7)
    twin["DOWNLOAD_HANDLERS"].set("gopher", "nobody", SETTINGS_PRIORITIES["project"])
    twin.freeze()
    assert settings["DOWNLOAD_DELAY"] == 0
    assert "gopher" not in settings["DOWNLOAD_HANDLERS"]
    assert not settings.frozen


def test_merging_other_settings_into_a_copy_works_as_ever() -> None:
    twin = scrapy_settings(Bounds("test")).copy()
    twin.update({"DOWNLOAD_DELAY": 3})
    twin.update(scrapy_settings(Bounds("another")))
    assert (twin["DOWNLOAD_DELAY"], twin["USER_AGENT"]) == (0, "another")


def test_importing_scrapy_leaves_inspect_as_it_was() -> None:
    before = inspect.stack
    import_scrapy()
    assert inspect.stack is before
