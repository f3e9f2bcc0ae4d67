"""The root of the error tree (drawn in `pipeline.errors`) and its branch for what the operator wrote."""

from __future__ import annotations


class WirewatchError(Exception):
    """Something that is told to the user in words, never as a traceback."""


class ConfigError(WirewatchError):
    """A file, option or environment variable of the operator is wrong."""


class CatalogueError(ConfigError):
    """All that is wrong in the outlet files: one line a mistake, each naming file, line and key."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes
