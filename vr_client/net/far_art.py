"""Far art kept on disk from one start to the next: drawing is what a first start waits for.

One small compressed file a picture, named by its art key, which covers all that the picture
depends on. What does not read is drawn anew.
"""

import contextlib
import os
import tempfile
from pathlib import Path

import numpy as np
import zstandard
from numpy.typing import NDArray

from store_scenes.models.mesh import FAR_SIZE

FOLDER_BYTES_MAX = 256 * 1024 * 1024
FILE_BYTES_MAX = FAR_SIZE * FAR_SIZE * 5
_SHAPE = (FAR_SIZE, FAR_SIZE, 4)
_LEVEL = 1


class FarArtFolder:
    """Pictures in `folder`, which may be deleted at any time. Failing to keep one is no failure."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._packer = zstandard.ZstdCompressor(level=_LEVEL)
        self._unpacker = zstandard.ZstdDecompressor()

    def get(self, key: bytes) -> NDArray[np.uint8] | None:
        """The picture of `key`; None when it is not here, or damaged."""
        path = self._path(key)
        try:
            with path.open("rb") as file:
                packed = file.read(FILE_BYTES_MAX + 1)
            raw = self._unpacker.decompress(packed, max_output_size=FAR_SIZE * FAR_SIZE * 4)
            return np.frombuffer(raw, dtype=np.uint8).reshape(_SHAPE)
        except (OSError, ValueError, zstandard.ZstdError):
            return None

    def put(self, key: bytes, picture: NDArray[np.uint8]) -> None:
        """Keep a picture."""
        path = self._path(key)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, temporary = tempfile.mkstemp(prefix=".part-", dir=path.parent)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(self._packer.compress(np.ascontiguousarray(picture).tobytes()))
                Path(temporary).replace(path)
            except OSError:
                Path(temporary).unlink(missing_ok=True)

    def prune(self) -> None:
        """Delete what was written first, beyond FOLDER_BYTES_MAX."""
        with contextlib.suppress(OSError):  # another client may prune at the same time
            files = [
                (status.st_mtime, status.st_size, path)
                for path in self._folder.glob("*/*.zst")
                if (status := path.stat())
            ]
            total = sum(size for _, size, _ in files)
            for _, size, path in sorted(files):
                if total <= FOLDER_BYTES_MAX:
                    break
                path.unlink(missing_ok=True)
                total -= size

    def _path(self, key: bytes) -> Path:
        name = key.hex()
        return self._folder / name[:2] / f"{name}.zst"
