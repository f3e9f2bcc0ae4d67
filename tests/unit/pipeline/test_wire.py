"""Bodies as they come over the wire."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import TooLarge, Undecodable
from pipeline.wire import decode

TEXT = b"All the news that fits. " * 500


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (TEXT, ""),
        (TEXT, "identity"),
        (gzip.compress(TEXT), "gzip"),
        (gzip.compress(TEXT), "X-GZIP"),
        (zlib.compress(TEXT), "deflate"),
        (zlib.compress(TEXT)[2:-4], "deflate"),
        (gzip.compress(zlib.compress(TEXT)), "deflate, gzip"),
        (gzip.compress(TEXT[:5000]) + gzip.compress(TEXT[5000:]), "gzip"),
        (gzip.compress(TEXT) + b"\0" * 9, "gzip"),
        (TEXT, "gzip"),
    ],
    ids=["plain", "identity", "gzip", "x-gzip", "zlib", "raw", "both", "members", "padded", "mislabelled"],
)
def test_a_body_is_unpacked_whatever_the_server_made_of_it(body: bytes, encoding: str) -> None:
    assert decode(body, encoding, 1 << 20) == TEXT


@pytest.mark.parametrize("lost", [1, 8, 9, 30])
def test_a_stream_that_breaks_off_is_an_error_not_half_a_page(lost: int) -> None:
    with pytest.raises(Undecodable, match="breaks off"):
        decode(gzip.compress(TEXT)[:-lost], "gzip", 1 << 20)


def test_what_need_not_be_whole_gives_what_came_before_it_broke_off() -> None:
    some = decode(gzip.compress(TEXT)[:-30], "gzip", 1 << 20, whole=False)
    assert some
    assert TEXT.startswith(some)


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(TooLarge, match="more than 1,000,000 bytes"):
        decode(gzip.compress(bytes(50_000_000)), "gzip", 1_000_000)


def test_a_body_of_just_the_limit_passes() -> None:
    assert decode(gzip.compress(TEXT), "gzip", len(TEXT)) == TEXT


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, nonsense"])
def test_an_encoding_that_was_not_asked_for_is_an_error_in_words(encoding: str) -> None:
    with pytest.raises(Undecodable, match="not asked for"):
        decode(b"\x1b\x00", encoding, 1000)


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "gzip, deflate", ""]))
def test_any_bytes_are_unpacked_or_refused(body: bytes, encoding: str) -> None:
    for damaged in (body, b"\x1f\x8b\x08" + body, gzip.compress(body)[:-2] + body):
        try:
            assert len(decode(damaged, encoding, 5000)) <= 5000
        except (TooLarge, Undecodable):
            continue
