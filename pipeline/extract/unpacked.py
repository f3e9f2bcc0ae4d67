"""py3langid's model, unpacked once an installation: kept where Python keeps bytecode, and mapped into memory.

To unpack it takes a second of CPU at each start. What is kept is to the packed file what bytecode is to its
source: it is used as long as it was made of that very file and is whole, whoever can change it can change
code that runs, and where it cannot be written all works without it.
"""

from __future__ import annotations

import sys
import zlib
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from shutil import copymode
from tempfile import NamedTemporaryFile
from typing import IO, Any, Self

import numpy as np
from py3langid.modelio import load_model

_LAYOUT = 1
"""Of the file, in its name: another layout is another file."""
_SUM_BYTES = 4
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Model:
    """Which features of texts tell which language, and the automaton that finds them."""

    weights: np.ndarray[Any, np.dtype[np.float16]]
    """Of each feature for each language, as the file has them: in 32 bits they would take 28 MB more."""
    priors: np.ndarray[Any, np.dtype[np.float32]]
    """Of each language."""
    languages: tuple[str, ...]
    moves: np.ndarray[Any, np.dtype[np.uint32]]
    """The next state, at the base of a state plus a letter."""
    bases: np.ndarray[Any, np.dtype[np.int64]]
    """Of each state."""
    features: np.ndarray[Any, np.dtype[np.int64]]
    """Of each state; negative where it has none."""

    @classmethod
    def of(cls, arrays: Any) -> Self:  # noqa: ANN401 - a record of arrays, whose shapes the model decides
        """Take a model from the fields of a record."""
        weights, priors, languages, moves, bases, features = (
            np.asarray(arrays[name])  # a view of its own: a map is slow to index
            for name in ("weights", "priors", "languages", "moves", "bases", "features")
        )
        return cls(weights, priors, tuple(languages.tolist()), moves, bases, features)


def kept_at(source: str) -> Path:
    """Return where what is unpacked for a module is kept: beside its bytecode."""
    return Path(cache_from_source(source)).with_suffix(f".{_LAYOUT}.npy")


def load(packed: Path, kept: Path) -> Model:
    """Return the model of the file `packed`, from `kept` if that was made of it, and make that if not.

    Raises:
        OSError, ValueError: there is no model in `packed`.
    """
    key = sha256(packed.read_bytes()).hexdigest()
    if (arrays := _mapped(kept, key)) is None:
        arrays = _unpack(packed, key)
        if not sys.dont_write_bytecode:
            _keep(arrays, packed, kept)
    return Model.of(arrays["model"])


def _mapped(kept: Path, key: str) -> Any:  # noqa: ANN401 - as above
    """Return what is kept if it is whole and made of the file with this digest; else None."""
    with suppress(OSError, ValueError, KeyError, IndexError, EOFError):
        if _is_whole(kept):
            arrays = np.load(kept, mmap_mode="r", allow_pickle=False)
            if str(arrays["key"]) == key:
                return arrays
    return None


def _is_whole(kept: Path) -> bool:
    """Tell whether a file ends in the sum of all before it; a map would keep in memory what is looked at."""
    with kept.open("rb") as file:
        total = _sum(file, kept.stat().st_size - _SUM_BYTES)
        return file.read() == total


def _sum(file: IO[bytes], size: int) -> bytes:
    """Return the sum of the next `size` bytes of a file."""
    total = 0
    while size > 0 and (chunk := file.read(min(size, _CHUNK))):
        total, size = zlib.crc32(chunk, total), size - len(chunk)
    return total.to_bytes(_SUM_BYTES)


def _unpack(packed: Path, key: str) -> Any:  # noqa: ANN401 - as above
    weights, priors, languages, moves, rows, features = load_model(packed)
    fields: dict[str, np.ndarray[Any, Any]] = {  # the widest first: all lie aligned
        "bases": np.asarray(rows).astype(np.int64) << 8,
        "features": np.asarray(features, dtype=np.int64),
        "moves": np.asarray(moves, dtype=np.uint32),
        "priors": np.asarray(priors, dtype=np.float32),
        "weights": np.asarray(weights, dtype=np.float16),
        "languages": np.asarray(languages),
    }
    model = np.dtype([(name, field.dtype, field.shape) for name, field in fields.items()])
    arrays: Any = np.zeros((), [("model", model), ("key", f"U{len(key)}")])
    for name, field in fields.items():
        arrays["model"][name] = field
    arrays["key"] = key
    return arrays


def _keep(arrays: Any, packed: Path, kept: Path) -> None:  # noqa: ANN401 - as above
    """Write the file in one step, for all who can read the packed one; leave it if it cannot be written."""
    with suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w+b", dir=kept.parent, prefix=kept.name, delete=False) as file:
            try:
                np.save(file, arrays, allow_pickle=False)
                size = file.tell()
                file.seek(0)
                file.write(_sum(file, size))
                file.close()
                copymode(packed, file.name)
                Path(file.name).replace(kept)
            except BaseException:
                Path(file.name).unlink()
                raise
