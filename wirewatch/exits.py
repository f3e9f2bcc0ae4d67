"""What a process of `wirewatch` ends with where all did not go well."""

from __future__ import annotations

EXIT_TROUBLE = 1
EXIT_BAD_USAGE = 2
EXIT_SOME_FAILED = 3
EXIT_INTERRUPTED = 130
