"""The unpacked model of languages: made of the packed one, and never believed where it might be another."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from py3langid import modelio

from pipeline.extract import unpacked

LANGUAGES = ["en", "de"]


@pytest.fixture(autouse=True)
def _bytecode_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def packed_model(folder: Path, weight: float = 1.0) -> Path:
    """Pack a model of two languages, two states and one feature."""
    path = folder / "model.npz.xz"
    moves = np.zeros(512, dtype=np.uint16)
    moves[ord("a")] = 1
    weights = np.array([[weight, -weight]])
    modelio.save_model(path, (weights, np.array([0.5, 0.25]), LANGUAGES, moves, [0, 1], [-1, 0]))
    return path


def test_a_model_is_the_same_from_what_is_kept(tmp_path: Path) -> None:
    packed, kept = packed_model(tmp_path), tmp_path / "cache" / "kept.npy"
    first = unpacked.load(packed, kept)
    second = unpacked.load(packed, kept)
    assert isinstance(second.moves.base, np.ndarray)
    assert second.languages == first.languages == ("en", "de")
    for name in ("weights", "priors", "moves", "bases", "features"):
        assert np.array_equal(getattr(first, name), getattr(second, name))
    assert first.weights.tolist() == [[1.0, -1.0]]
    assert [path.name for path in kept.parent.iterdir()] == ["kept.npy"]


def test_what_is_kept_is_not_unpacked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed, kept = packed_model(tmp_path), tmp_path / "kept.npy"
    unpacked.load(packed, kept)
    monkeypatch.setattr(unpacked, "load_model", lambda _: pytest.fail("it was unpacked again"))
    assert unpacked.load(packed, kept).languages == ("en", "de")


def test_what_was_made_of_another_file_is_made_again(tmp_path: Path) -> None:
    kept = tmp_path / "kept.npy"
    unpacked.load(packed_model(tmp_path), kept)
    changed = packed_model(tmp_path, weight=3.0)
    for _ in range(2):
        assert unpacked.load(changed, kept).weights.tolist() == [[3.0, -3.0]]


@pytest.mark.parametrize("harm", ["emptied", "cut", "a bit turned", "another array", "a pickle"])
def test_what_is_kept_is_made_again_if_it_came_to_harm(tmp_path: Path, harm: str) -> None:
    packed, kept = packed_model(tmp_path), tmp_path / "kept.npy"
    good = unpacked.load(packed, kept)
    whole = kept.read_bytes()
    match harm:
        case "emptied":
            kept.write_bytes(b"")
        case "cut":
            kept.write_bytes(whole[:-40])
        case "a bit turned":
            at = whole.index(np.float16(-1.0).tobytes())
            kept.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        case "another array":
            np.save(kept, np.zeros(3))
        case "a pickle":
            np.save(kept, np.array([{}]), allow_pickle=True)
    again = unpacked.load(packed, kept)
    assert np.array_equal(again.weights, good.weights)
    assert kept.read_bytes() == whole


def test_a_model_is_had_where_nothing_can_be_kept(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    assert unpacked.load(packed_model(tmp_path), tmp_path / "file" / "kept.npy").languages == ("en", "de")


def test_nothing_is_kept_where_python_keeps_no_bytecode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    unpacked.load(packed_model(tmp_path), tmp_path / "kept.npy")
    assert not (tmp_path / "kept.npy").exists()
