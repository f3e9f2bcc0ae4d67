"""The errors of wirewatch.

WirewatchError            the user is told its text, never a traceback
├── ConfigError           a file, option or variable of the operator is wrong
│   └── CatalogueError    all that is wrong in the outlet files, each with file and key
├── StoreError            the database could not do what was asked
├── ArchiveError          the WARC archive could not be read or written
└── PageError             one page could not be read; becomes a `Failed` outcome
    ├── TooLarge          more bytes, nodes or depth than the bounds allow
    ├── Undecodable       the body's content encoding or its markup cannot be read at all
    └── TooSlow           the page took longer than its limit
"""

from __future__ import annotations

from config.errors import WirewatchError


class StoreError(WirewatchError):
    """The database could not do what was asked."""


class ArchiveError(WirewatchError):
    """The archive could not be read or written."""


class PageError(WirewatchError):
    """One page could not be read."""


class TooLarge(PageError):  # noqa: N818 - reads as the outcome it becomes
    """More bytes, nodes or depth than the bounds allow."""


class Undecodable(PageError):  # noqa: N818
    """The content encoding or the markup cannot be read at all."""


class TooSlow(PageError):  # noqa: N818
    """The page took longer than its limit."""
