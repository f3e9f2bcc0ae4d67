"""Where the `wirewatch` command begins and ends: the encoding of what it says, its errors in words.

Every worker process imports this module, as multiprocessing has them import the main one; only the main
process imports the commands.
"""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

from config.errors import CatalogueError, ConfigError, WirewatchError
from pipeline.garbage import importing
from wirewatch.exits import EXIT_BAD_USAGE, EXIT_INTERRUPTED, EXIT_TROUBLE


def _complain(*lines: str) -> None:
    for line in lines:
        sys.stderr.write(f"wirewatch: {line}\n")


def main() -> None:
    """Run the command; nothing that is wrong outside ends in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        with importing():
            from wirewatch.commands import app
        app()
    except CatalogueError as error:
        _complain(*error.mistakes)
        sys.exit(EXIT_BAD_USAGE)
    except ConfigError as error:
        _complain(str(error))
        sys.exit(EXIT_BAD_USAGE)
    except WirewatchError as error:
        _complain(str(error))
        sys.exit(EXIT_TROUBLE)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(EXIT_TROUBLE)
    except OSError as error:
        _complain(f"{error.filename or 'the system'}: {error.strerror or error}")
        sys.exit(EXIT_TROUBLE)
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)
