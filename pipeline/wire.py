"""Bodies as they come over the wire, and how they are unpacked within bounds."""

from __future__ import annotations

import zlib

from pipeline.errors import TooLarge, Undecodable

ACCEPTED_ENCODINGS = "gzip, deflate"
"""What we ask for (RFC 9110, 12.5.3) and all that `decode` can unpack."""

_GZIP = zlib.MAX_WBITS | 16
_CHUNK = 1 << 20


def decode(body: bytes, encoding: str, limit: int, *, whole: bool = True) -> bytes:
    """Undo the content encoding of `body`; more than `limit` bytes are never produced.

    `encoding` is a Content-Encoding header (RFC 9110, 8.4): codings in the order in which they were
    applied. Bytes behind a whole gzip stream are ignored. Where the body need not be `whole`, a stream
    that breaks off gives what came before.

    Raises:
        TooLarge: the body has, or unpacks to, more than `limit` bytes.
        Undecodable: the coding is unknown, the stream is broken, or it breaks off though it is to be whole.
    """
    if len(body) > limit:
        raise TooLarge(f"the body has {len(body):,} bytes, more than {limit:,}")
    for coding in reversed([c.strip().lower() for c in encoding.split(",") if c.strip()]):
        match coding:
            case "identity":
                continue
            case "gzip" | "x-gzip":
                body = _gunzip(body, limit, whole=whole)
            case "deflate":
                body = _inflate(body, limit, whole=whole)
            case _:
                raise Undecodable(f"the content encoding {coding[:40]!r} was not asked for and is not known")
    return body


def _gunzip(body: bytes, limit: int, *, whole: bool) -> bytes:
    """Unpack all gzip members (RFC 1952); a body that is not gzip at all is taken as it is.

    Some servers declare gzip and send plain bytes: browsers show those pages, and so do we.
    """
    if not body.startswith(b"\x1f\x8b"):
        return body
    pieces: list[bytes] = []
    left = limit
    while body.startswith(b"\x1f\x8b"):
        unpacker = zlib.decompressobj(_GZIP)
        pieces.append(_unpack(unpacker, body, left, whole=whole))
        left -= len(pieces[-1])
        body = unpacker.unused_data
    return b"".join(pieces)


def _inflate(body: bytes, limit: int, *, whole: bool) -> bytes:
    """Unpack deflate, which is zlib (RFC 1950) by the book and raw (RFC 1951) from some servers."""
    try:
        return _unpack(zlib.decompressobj(), body, limit, whole=whole)
    except Undecodable:
        return _unpack(zlib.decompressobj(-zlib.MAX_WBITS), body, limit, whole=whole)


def _unpack(unpacker: zlib._Decompress, body: bytes, limit: int, *, whole: bool) -> bytes:
    """Unpack one stream piece by piece, so that a bomb is found out early."""
    pieces: list[bytes] = []
    size = 0
    while not unpacker.eof:
        try:
            piece = unpacker.decompress(body, min(_CHUNK, limit - size + 1))
        except zlib.error as error:
            raise Undecodable(f"the compressed body is broken: {error}") from error
        size += len(piece)
        if size > limit:
            raise TooLarge(f"the body unpacks to more than {limit:,} bytes")
        if not piece and not unpacker.unconsumed_tail and not unpacker.eof:
            if whole:
                raise Undecodable("the compressed body breaks off")
            break
        pieces.append(piece)
        body = unpacker.unconsumed_tail
    return b"".join(pieces)
