"""One daemon a data folder: who holds it."""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from config.errors import WirewatchError
from wirewatch.record import rfc3339

NAME = "daemon.lock"


@contextmanager
def held(data_dir: Path, now: datetime) -> Iterator[None]:
    """Hold a data folder for this process; it is free again when the process is gone, however it went.

    Raises:
        WirewatchError: another process holds it; the words say which.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / NAME
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            holder = file.read(300).strip() or "another process"
            raise WirewatchError(
                f"a daemon watches over {data_dir} already: {holder}; end it first, or give this one a "
                "--data-dir of its own"
            ) from error
        file.truncate(0)
        file.write(f"process {os.getpid()} on {socket.gethostname()}, since {rfc3339(now)}\n")
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)
