"""One WARC file on the disk: written by one process at a time, repaired by the next one after a crash.

While a segment is written it has the suffix ".open" (the custom of Heritrix) and an exclusive lock. Closing
takes the suffix away. A segment that is ".open" and not locked was left by a process that died: only those
are read through when an archive is opened, so that a start costs nothing where nothing went wrong.
"""

from __future__ import annotations

import fcntl
import logging
import mmap
import os
import zlib
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

log = logging.getLogger(__name__)

OPEN = ".open"

_READ = 1 << 16
"""Bytes read at once; the worst compressed of them unfold to 66 MB."""

_GZIP = b"\x1f\x8b\x08"
_RECORD = b"WARC/1."


class Segment:
    """A segment that this process writes. Errors are OSError."""

    def __init__(self, path: Path) -> None:
        """Create `path` (without its suffix), locked; FileExistsError where the name is taken."""
        self.path = path
        self._open_path = path.with_name(path.name + OPEN)
        if path.exists():
            raise FileExistsError(str(path))
        self._file = self._open_path.open("xb", buffering=0)
        with ExitStack() as undo:
            undo.callback(self._file.close)
            if not _lock(self._file, self._open_path):
                raise FileExistsError(str(self._open_path))
            _sync_folder(path.parent)
            undo.pop_all()
        self.size = 0

    def append(self, member: bytes) -> int:
        """Write a whole gzip member and return where it begins; after an error nothing of it is left."""
        start = self.size
        view = memoryview(member)
        try:
            while view:
                view = view[self._file.write(view) or 0 :]
        except OSError:
            self._file.truncate(start)
            self._file.seek(start)
            raise
        self.size = start + len(member)
        return start

    def sync(self) -> None:
        """Return when all that was appended is on the disk."""
        os.fdatasync(self._file.fileno())

    def close(self) -> None:
        """Sync, take the suffix away and let go of the file."""
        try:
            self.sync()
            _finish(self._open_path, self.path, self.size)
        finally:
            self._file.close()


def locate(folder: Path, name: str) -> Path:
    """Return where the segment `name` lies now, still written or not."""
    path = folder / name
    return path if path.exists() else folder / (name + OPEN)


def repair_all(folder: Path) -> None:
    """Repair the segments that dead processes left in `folder`."""
    for path in sorted(folder.glob(f"*.warc.gz{OPEN}")):
        try:
            _repair(path)
        except OSError as error:
            log.warning("%s: cannot be repaired: %s", path, error)


def _repair(path: Path) -> None:
    """Cut a torn record off the end of `path` and close it, unless a living process writes it."""
    with path.open("r+b", buffering=0) as file:
        if not _lock(file, path):
            return
        size = os.fstat(file.fileno()).st_size
        whole = end_of_whole_members(file)
        if whole < size and _goes_on(file, whole):
            log.warning("%s: damaged at byte %d, with whole records behind it; left as it is", path, whole)
        elif whole < size:
            file.truncate(whole)
            os.fsync(file.fileno())
            log.warning("%s: cut a torn record of %d bytes off the end", path, size - whole)
            size = whole
        _finish(path, path.with_name(path.name.removesuffix(OPEN)), size)


def end_of_whole_members(file: BinaryIO) -> int:
    """Return where the last whole gzip member from the beginning of `file` ends."""
    file.seek(0)
    end, data, inflate = 0, b"", zlib.decompressobj(zlib.MAX_WBITS | 16)
    while data or (data := file.read(_READ)):
        try:
            inflate.decompress(data)
        except zlib.error:
            return end
        data = inflate.unused_data
        if inflate.eof:
            end = file.tell() - len(data)
            inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    return end


def _goes_on(file: BinaryIO, start: int) -> bool:
    """Tell whether another record begins behind the one at `start`: then that one is damaged, not torn."""
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        place = data.find(_GZIP, start + 1)
        while place >= 0:
            if _begins_record(data[place : place + 512]):
                return True
            place = data.find(_GZIP, place + 1)
    return False


def _begins_record(data: bytes) -> bool:
    """Tell whether `data` is the beginning of a WARC record in a gzip member of its own."""
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, len(_RECORD)) == _RECORD
    except zlib.error:
        return False


def _lock(file: BinaryIO, path: Path) -> bool:
    """Lock `file` if nobody else does and it still lies at `path`."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return path.stat().st_ino == os.fstat(file.fileno()).st_ino
    except (BlockingIOError, FileNotFoundError):
        return False


def _finish(open_path: Path, path: Path, size: int) -> None:
    """Give a segment its final name; an empty one is removed."""
    if size == 0:
        open_path.unlink()
    else:
        open_path.rename(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make names in `folder` survive a power loss."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
