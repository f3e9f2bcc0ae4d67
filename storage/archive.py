"""The evidence: every response in a WARC file (ISO 28500:2017, WARC 1.1), a gzip member a record.

The body is kept as it came over the wire, with its Content-Encoding. The HTTP header block is made again from
what the HTTP client hands over: the order and case of names may differ, Transfer-Encoding is dropped (the
body is no longer chunked) and Content-Length set.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pipeline.errors import ArchiveError
from pipeline.records import Page, RecordRef
from storage.hygiene import clean, utc
from storage.segment import Segment, locate, repair_all

_DEFLATE_LEVEL = 1
"""The rare body that comes uncompressed: half the CPU of level 6 for a sixth more bytes."""

_STORED = 0
"""For a body that is compressed already: gzip's frame and checksum around the wire's own bytes."""

_FIELD_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_NOT_IN_A_LINE = re.compile(r"[\x00-\x1f\x7f]+")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_SEGMENT_NAME = re.compile(r"[\w.-]+\.warc\.gz")

_INFO = {
    "format": "WARC File Format 1.1",
    "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
    "description": (
        "Bodies are as transferred, still compressed where Content-Encoding says so. HTTP header blocks are "
        "reconstructed: order and case of names may differ, Transfer-Encoding is dropped, Content-Length set."
    ),
}


class WarcArchive:
    """A folder of WARC segments; each process that writes has one of its own open.

    A crash leaves at most one torn record at the end of a segment; it is cut off when the archive is opened
    next (`storage.segment`). Nothing is created before the first `append`. Writes come from one thread of a
    process; reads may come from any.
    """

    def __init__(
        self,
        folder: Path,
        *,
        now: Callable[[], datetime],
        info: Mapping[str, str] | None = None,
        rotate_bytes: int = 1 << 30,
    ) -> None:
        """Open the archive in `folder`.

        `now` tells when a segment is begun; `info` are further fields of its warcinfo record, as
        {"software": "wirewatch/0.1", "http-header-user-agent": "..."}; a segment that has reached
        `rotate_bytes` is closed and the next one begun.
        """
        self._folder = folder
        self._now = now
        self._info = {**_INFO, **(info or {})}
        self._rotate_bytes = rotate_bytes
        self._segment: Segment | None = None
        self._serial = 0
        repair_all(folder)

    def append(self, page: Page) -> RecordRef:
        """Write a response behind the others; it is safe from a crash only after `sync`.

        Where there were redirects, a metadata record follows that tells them.
        """
        with _translating(f"{self._folder}: a page cannot be archived"):
            segment = self._writable()
            response = _response(page)
            member = _member(response, _STORED if page.encoding else _DEFLATE_LEVEL)
            start = segment.append(member)
            if page.redirects:
                segment.append(_member(_metadata(page, response), _DEFLATE_LEVEL))
        return RecordRef(segment.path.name, start, len(member))

    def sync(self) -> None:
        """Return when all that was appended is on the disk."""
        if self._segment is not None:
            with _translating(f"{self._folder}: the archive cannot be written to the disk"):
                self._segment.sync()

    def read(self, ref: RecordRef) -> bytes:
        """Return the body of a record as it came over the wire.

        Raises:
            ArchiveError: the segment is missing, or no whole and sound response lies at this place.
        """
        where = f"{self._folder / ref.file}, byte {ref.offset}"
        if not _SEGMENT_NAME.fullmatch(ref.file):
            raise ArchiveError(f"{ref.file!r} is not the name of a WARC segment")
        with _translating(f"{where}: the record cannot be read"):
            data = _read(locate(self._folder, ref.file), ref)
        try:
            return _body(data)
        except (ArchiveLoadFailed, EOFError, ValueError, zlib.error) as error:
            raise ArchiveError(f"{where}: there is no sound response record there: {error!s:.200}") from error

    def close(self) -> None:
        """Sync, and let go of the segment."""
        segment, self._segment = self._segment, None
        if segment is not None:
            with _translating(f"{segment.path}: the segment cannot be closed"):
                segment.close()

    def _writable(self) -> Segment:
        if self._segment is not None and self._segment.size >= self._rotate_bytes:
            self.close()
        if self._segment is None:
            self._segment = self._begin()
        return self._segment

    def _begin(self) -> Segment:
        self._folder.mkdir(parents=True, exist_ok=True)
        started = utc(self._now())
        while True:
            self._serial += 1
            name = f"wirewatch-{started:%Y%m%dT%H%M%SZ}-{os.getpid()}-{self._serial:05d}.warc.gz"
            try:
                segment = Segment(self._folder / name)
            except FileExistsError:
                continue
            try:
                segment.append(_member(_warcinfo(name, started, self._info), _DEFLATE_LEVEL))
            except OSError:
                segment.close()
                raise
            return segment


def _warcinfo(name: str, started: datetime, info: Mapping[str, str]) -> ArcWarcRecord:
    record = _writer(BytesIO()).create_warcinfo_record(name, {k: _line(v) for k, v in info.items()})
    record.rec_headers.replace_header("WARC-Date", _warc_date(started))
    return record


def _response(page: Page) -> ArcWarcRecord:
    headers = [(name, _ascii(_line(value))) for name, value in page.headers if _kept(name)]
    headers.append(("Content-Length", str(len(page.body))))
    try:
        reason = HTTPStatus(page.status).phrase
    except ValueError:
        reason = "Unknown"
    return _writer(BytesIO()).create_warc_record(
        _line(page.url),
        "response",
        payload=BytesIO(page.body),
        length=len(page.body),
        http_headers=StatusAndHeaders(f"{page.status} {reason}", headers, protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": _warc_date(page.fetched_at)},
    )


def _metadata(page: Page, response: ArcWarcRecord) -> ArcWarcRecord:
    """Tell how a response was reached: the address before it, and one R for each redirect (WARC 1.1, 6.6)."""
    fields = [("via", page.redirects[-1]), ("hopsFromSeed", "R" * len(page.redirects))]
    fields += [("redirect", url) for url in page.redirects]
    block = "".join(f"{name}: {_line(value)}\r\n" for name, value in fields).encode()
    headers = {
        "WARC-Date": _warc_date(page.fetched_at),
        "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID"),
    }
    return _writer(BytesIO()).create_warc_record(
        _line(page.url), "metadata", payload=BytesIO(block), length=len(block), warc_headers_dict=headers
    )


def _member(record: ArcWarcRecord, level: int) -> bytes:
    """Write a record as one gzip member."""
    plain = BytesIO()
    _writer(plain).write_record(record)
    deflate = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    return deflate.compress(plain.getbuffer()) + deflate.flush()


def _writer(out: BytesIO) -> WARCWriter:
    return WARCWriter(out, gzip=False, warc_version="WARC/1.1")


def _kept(name: str) -> bool:
    """Drop what no longer holds for the body as it is kept, and what no HTTP header is called."""
    return name.lower() not in {"transfer-encoding", "content-length"} and bool(_FIELD_NAME.fullmatch(name))


def _line(value: str) -> str:
    """Return `value` as it can stand in one header line."""
    return _NOT_IN_A_LINE.sub(" ", clean(value)).strip()


def _ascii(value: str) -> str:
    """Escape what is not ASCII; warcio would escape blanks and commas with it."""
    return _NOT_ASCII.sub(lambda match: quote(match[0]), value)


def _warc_date(at: datetime) -> str:
    return utc(at).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _read(path: Path, ref: RecordRef) -> bytes:
    with path.open("rb") as file:
        file.seek(ref.offset)
        return file.read(ref.length)


def _body(member: bytes) -> bytes:
    """Return the body of the response in a gzip member, after checking its digests."""
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    plain = inflate.decompress(member)
    if not inflate.eof or inflate.unused_data:
        raise ValueError("its end is somewhere else")
    records: Iterator[ArcWarcRecord] = ArchiveIterator(BytesIO(plain), check_digests="raise")
    record = next(records, None)
    if record is None or record.rec_type != "response" or record.http_headers is None:
        raise ValueError("it holds something else")
    body: bytes = record.raw_stream.read()
    if record.http_headers.get_header("Content-Length") != str(len(body)):
        raise ValueError("it is cut short")
    return body


@contextmanager
def _translating(what: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ArchiveError(f"{what}: {error.strerror or error}") from error
