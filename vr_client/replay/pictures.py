"""A folder with every picture of a replay, and another replay held against it.

`frames.json` names each frame's time, the digest of its state and of each picture, and
`pictures.zst` has the pictures themselves, one after the other as they are named: (h, w, 3) sRGB
codes less those of the same eye's picture before, so that standing still costs nothing.
"""

import contextlib
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import zstandard
from numpy.typing import NDArray
from PIL import Image

from catalog_sync.model.failure import Failure
from vr_client.replay.digest import PICTURE_BYTES, bytes_of, digest
from vr_client.replay.limits import (
    FRAMES_JSON_BYTES_MAX,
    SIDE_PX_MAX,
    VIEWS_MAX,
    WINDOW_BYTES_MAX,
)
from vr_client.replay.player import Played

FRAMES: Final = "frames.json"
PICTURES: Final = "pictures.zst"
SCHEMA: Final = 1
LEVEL: Final = 3

Picture = NDArray[np.uint8]


class FrameLine(msgspec.Struct, frozen=True):
    """One frame: hexadecimal digests of the state after it and of each picture that was drawn."""

    frame: int
    time_s: float
    state: str
    pictures: tuple[str, ...] = ()


class FolderFacts(msgspec.Struct, frozen=True):
    """What a folder was drawn from, how, and on what."""

    schema: int
    endcap: str
    recording: str
    device: str
    camera: str
    size: tuple[int, int]
    frames: tuple[FrameLine, ...]


def line_of(played: Played, pictures: list[Picture]) -> FrameLine:
    """What `frames.json` says of a frame."""
    state = digest(b"".join(key.encode() + value for key, value in sorted(played.state.items())))
    names = tuple(digest(bytes_of(picture), PICTURE_BYTES).hex() for picture in pictures)
    return FrameLine(played.index, played.time_s, state.hex(), names)


class PictureFolder:
    """Writes a folder: until `finish` is through, it keeps what it had before."""

    def __init__(self, folder: Path) -> None:
        """Raises Failure when it cannot be written to."""
        self._folder = folder
        self._before: dict[int, Picture] = {}
        self._lines: list[FrameLine] = []
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = (folder / f"{PICTURES}.part").open("wb")
        except OSError as error:
            raise self._failure(error) from error
        self._stream = zstandard.ZstdCompressor(LEVEL, write_checksum=True).compressobj()

    def add(self, line: FrameLine, pictures: list[Picture]) -> None:
        """The next frame."""
        self._lines.append(line)
        try:
            for eye, picture in enumerate(pictures):
                before = self._before.get(eye)
                delta = picture if before is None else picture - before
                self._file.write(self._stream.compress(bytes_of(delta)))
                self._before[eye] = picture
        except OSError as error:
            raise self._failure(error) from error

    def finish(self, facts: FolderFacts) -> None:
        """Give both files their names; `facts.frames` is filled in."""
        whole = msgspec.structs.replace(facts, frames=tuple(self._lines))
        try:
            with self._file:
                self._file.write(self._stream.flush())
            part = self._folder / f"{FRAMES}.part"
            part.write_bytes(msgspec.json.format(msgspec.json.encode(whole), indent=1))
            (self._folder / f"{PICTURES}.part").replace(self._folder / PICTURES)
            part.replace(self._folder / FRAMES)
        except OSError as error:
            raise self._failure(error) from error

    def abandon(self) -> None:
        """Leave nothing half written."""
        with contextlib.suppress(OSError):
            self._file.close()
            for name in (FRAMES, PICTURES):
                (self._folder / f"{name}.part").unlink(missing_ok=True)

    def _failure(self, error: OSError) -> Failure:
        if isinstance(error, FileExistsError | NotADirectoryError):
            return Failure(f"{self._folder} is a file: --out takes a folder, give it another name.")
        return Failure(f"Cannot write into {self._folder}: {error.strerror or error}.")


class KeptPictures:
    """A folder that was written before, read along with a replay."""

    def __init__(self, folder: Path) -> None:
        """Raises Failure when it is none, or damaged."""
        self._folder = folder
        try:
            with (folder / FRAMES).open("rb") as file:
                raw = file.read(FRAMES_JSON_BYTES_MAX + 1)
            if len(raw) > FRAMES_JSON_BYTES_MAX:
                raise self._damaged("its frames.json is larger than any")
            self.facts = msgspec.json.decode(raw, type=FolderFacts)
            self._file = (folder / PICTURES).open("rb")
        except OSError as error:
            raise Failure(
                f"Cannot read {error.filename}: {error.strerror or error}; --verify takes a folder "
                "that `endcap replay --out` wrote."
            ) from error
        except (ValueError, RecursionError) as error:
            raise self._damaged(" ".join(str(error).split())[:160]) from error
        width, height = self.facts.size
        sides = 0 < width <= SIDE_PX_MAX and 0 < height <= SIDE_PX_MAX
        eyes = max((len(line.pictures) for line in self.facts.frames), default=0)
        if self.facts.schema != SCHEMA or not sides or eyes > VIEWS_MAX:
            self._file.close()
            raise self._damaged("its frames.json is of another kind")
        unpacker = zstandard.ZstdDecompressor(max_window_size=WINDOW_BYTES_MAX)
        self._stream = unpacker.stream_reader(self._file)
        self._before: dict[int, Picture] = {}
        self._next = 0

    def close(self) -> None:
        """Close the folder."""
        self._file.close()

    def next_frame(self) -> tuple[FrameLine, list[Picture]] | None:
        """What the folder has of the next frame; None at its end."""
        if self._next >= len(self.facts.frames):
            return None
        line = self.facts.frames[self._next]
        self._next += 1
        return line, [self._picture(eye) for eye in range(len(line.pictures))]

    def _picture(self, eye: int) -> Picture:
        width, height = self.facts.size
        wanted = width * height * 3
        data = bytearray()
        try:
            while len(data) < wanted and (piece := self._stream.read(wanted - len(data))):
                data += piece
        except (zstandard.ZstdError, OSError) as error:
            raise self._damaged(str(error)) from error
        if len(data) < wanted:
            raise self._damaged("pictures are missing")
        delta = np.frombuffer(data, np.uint8).reshape(height, width, 3)
        before = self._before.get(eye)
        picture: Picture = delta if before is None else delta + before
        self._before[eye] = picture
        return picture

    def _damaged(self, reason: str) -> Failure:
        return Failure(
            f"The pictures in {self._folder} are damaged ({reason}): write them again with --out."
        )


def write_difference(folder: Path, frame: int, eye: int, before: Picture, now: Picture) -> Path:
    """Both pictures and where they differ, as PNG; the name of the last.

    Raises:
        Failure: they cannot be written.
    """
    apart = np.abs(before.astype(np.int16) - now.astype(np.int16)).astype(np.uint8)
    most = max(1, int(apart.max()))
    seen = (apart.astype(np.uint32) * 255 // most).astype(np.uint8)  # one code more is seen as well
    path = folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, picture in (("before", before), ("now", now), ("difference", seen)):
            path = folder / f"frame-{frame:06d}-eye-{eye}-{name}.png"
            part = path.with_name(path.name + ".part")
            Image.fromarray(picture).save(part, format="PNG", compress_level=4)
            part.replace(path)
    except OSError as error:
        raise Failure(f"Cannot write into {folder}: {error.strerror or error}.") from error
    return path
