"""A compiled scene in memory that two processes map: one file, written once, never changed.

The file lies in /dev/shm where there is one with room (a container's may hold 64 MiB), else in the
temporary folder, whose pages the system shares just as well. Plain writes find a full folder as an
error; stores through a mapping would find it as a SIGBUS. The reader takes the file's name away as
soon as it has mapped it, so nothing stays behind, whoever is killed when.
"""

import contextlib
import mmap
import os
import re
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.failure import Failure
from store_scenes.compile.scene import ARRAYS, AisleLine, SceneDescription

ALIGNMENT_BYTES = 64
SCENE_BYTES_MAX = 4 * 1024**3
NAME = re.compile(r"endcap-(\d+)-[0-9a-f]+-\d+")


@dataclass(frozen=True, slots=True)
class ArrayPlace:
    """Where one array lies in the file."""

    name: str
    dtype: np.dtype[np.generic]
    shape: tuple[int, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class StoredScene:
    """A scene's small parts and where its arrays lie; this is what goes through the pipe.

    Arrays that are not in the file are those of the scene before.
    """

    path: str
    size_bytes: int
    places: tuple[ArrayPlace, ...]
    version: str
    skus: tuple[str, ...]
    aisles: tuple[AisleLine, ...]
    room: tuple[tuple[float, float, float], tuple[float, float, float]]
    entrance: tuple[float, float, float]


def shared_folders() -> list[Path]:
    """Where a shared file may lie, best first."""
    memory = Path("/dev/shm")  # noqa: S108 - names in it are unguessable and opened exclusively
    first = [memory] if sys.platform == "linux" and os.access(memory, os.W_OK) else []
    return [*first, Path(tempfile.gettempdir())]


def store_scene(
    scene: SceneDescription,
    name: str,
    folders: Iterable[Path],
    before: SceneDescription | None = None,
) -> StoredScene:
    """Write the arrays of `scene` to a file `name` in the first folder that has room.

    `before` is the scene that the reader opens before this one: arrays that are the very same
    object in both are not written again.

    Raises:
        Failure: no folder has room, or the scene is larger than any store.
    """
    known = before.arrays() if before is not None else {}
    arrays = {
        key: np.ascontiguousarray(array)
        for key, array in scene.arrays().items()
        if known.get(key) is not array
    }
    places, size_bytes = _places(arrays)
    if size_bytes > SCENE_BYTES_MAX:
        raise Failure(
            f"The compiled store takes {size_bytes >> 20} MiB, more than the "
            f"{SCENE_BYTES_MAX >> 20} MiB allowed: split it into smaller stores."
        )
    problems = []
    for folder in folders:
        path = folder / name
        try:
            _write(path, places, arrays, size_bytes)
        except OSError as error:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
            problems.append(f"{folder}: {error.strerror or error}")
            continue
        return StoredScene(
            path=str(path),
            size_bytes=size_bytes,
            places=places,
            version=scene.version,
            skus=scene.skus,
            aisles=scene.aisles,
            room=scene.room,
            entrance=scene.entrance,
        )
    raise Failure(
        f"The compiled store ({size_bytes >> 20} MiB) does not fit into shared memory "
        f"({'; '.join(problems)}): make room there."
    )


def open_scene(stored: StoredScene, before: SceneDescription | None = None) -> SceneDescription:
    """Map a stored scene, read-only and without a copy, and take its name away.

    `before` is the scene opened last, whose arrays it may share. The memory is given back when the
    last of the arrays is.

    Raises:
        OSError: the file is gone.
        ValueError: it shares arrays with a scene that was not opened.
    """
    # On Windows an open file keeps its name; there the system takes both away at the last close.
    at_close = getattr(os, "O_TEMPORARY", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(stored.path, os.O_RDONLY | at_close)
    try:
        mapping = mmap.mmap(descriptor, stored.size_bytes, access=mmap.ACCESS_READ)
    finally:
        os.close(descriptor)
    if not at_close:
        Path(stored.path).unlink(missing_ok=True)
    block = np.frombuffer(mapping, dtype=np.uint8)
    arrays = {place.name: _view(block, place) for place in stored.places}
    names = [name for name in ARRAYS if name not in arrays]
    if names and before is None:
        raise ValueError(f"the scene before is missing, whose {', '.join(names)} it shares")
    if before is not None:
        shared = before.arrays()
        arrays |= {name: shared[name] for name in names}
    return SceneDescription(
        version=stored.version,
        skus=stored.skus,
        aisles=stored.aisles,
        room=stored.room,
        entrance=stored.entrance,
        **arrays,  # type: ignore[arg-type]  # each has the dtype that store_scene found
    )


def remove_stored(prefix: str, folders: Iterable[Path]) -> None:
    """Take away the names of what a worker wrote and nobody mapped."""
    for folder in folders:
        for path in folder.glob(f"{prefix}-*"):
            with contextlib.suppress(OSError):  # Windows: still mapped, goes at the last close
                path.unlink(missing_ok=True)


def remove_orphans(folders: Iterable[Path]) -> None:
    """Take away what programs left that were killed before they could; POSIX only."""
    if os.name != "posix":  # signal 0 asks there, and kills on Windows
        return
    for folder in folders:
        for path in folder.glob("endcap-*-*-*"):
            match = NAME.fullmatch(path.name)
            if match and not _is_alive(int(match.group(1))):
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _places(
    arrays: dict[str, NDArray[np.generic]],
) -> tuple[tuple[ArrayPlace, ...], int]:
    places: list[ArrayPlace] = []
    end = 0
    for name, array in arrays.items():
        start = -(-end // ALIGNMENT_BYTES) * ALIGNMENT_BYTES
        places.append(ArrayPlace(name, array.dtype, array.shape, start))
        end = start + array.nbytes
    return tuple(places), max(end, 1)  # an empty file cannot be mapped


def _write(
    path: Path,
    places: tuple[ArrayPlace, ...],
    arrays: dict[str, NDArray[np.generic]],
    size_bytes: int,
) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        for place in places:
            file.write(bytes(place.offset - file.tell()))
            file.write(arrays[place.name].reshape(-1).view(np.uint8).data)
        file.write(bytes(size_bytes - file.tell()))


def _view(block: NDArray[np.uint8], place: ArrayPlace) -> NDArray[np.generic]:
    count = int(np.prod(place.shape, dtype=np.int64))
    end = place.offset + count * place.dtype.itemsize
    return block[place.offset : end].view(place.dtype).reshape(place.shape)
