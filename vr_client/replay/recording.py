"""A recording read back: its header, and frame after frame what reached it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.failure import Failure
from store_scenes.compile.scene import SceneDescription
from vr_client.headset.backend import FrameInfo, HeadsetEvents
from vr_client.replay.compact import unpack_picture
from vr_client.replay.container import DamagedError, Reader
from vr_client.replay.digest import FIELD_BYTES, FIELDS, PICTURE_BYTES, digest
from vr_client.replay.held import HeldPictures
from vr_client.replay.limits import (
    ARRAY_BYTES_MAX,
    ARRAYS_MAX,
    FRAMES_MAX,
    PACKED_SINCE,
    PICTURE_BYTES_MAX,
    SCENES_BYTES_MAX,
)
from vr_client.replay.scenes import bytes_of_arrays, scene_of
from vr_client.replay.table import (
    SCENE,
    ArtRecord,
    FrameRecord,
    Header,
    SceneRecord,
    decode_end,
    decode_event,
    decode_frame,
    decode_header,
    decode_scene,
)
from vr_client.state.events import NetEvent, SceneReady

Progress = Callable[[int, int], None]
"""(bytes read, bytes in all)."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What reached one frame. `state`: the digest of every field of the client's state after it.

    `ended` False: it never came to its end, so nothing is known of after.
    """

    index: int
    seen: HeadsetEvents
    info: FrameInfo | None
    news: tuple[NetEvent, ...]
    art: tuple[tuple[bytes, NDArray[np.uint8] | None], ...]
    ids: tuple[str, ...]
    unix_s: tuple[float, ...]
    browsed: tuple[bool, ...]
    told: tuple[str, ...]
    state: dict[str, bytes]
    ended: bool


@dataclass(frozen=True, slots=True)
class Survey:
    """A recording as a whole. `whole` False: its end is missing, as after a crash.

    `size` is that of the first view there is, `seconds` are the headset's time.
    """

    header: Header
    frames: int
    seconds: float
    whole: bool
    size: tuple[int, int]


def survey(path: Path, progress: Progress | None = None) -> Survey:
    """Read all of it once, and check all that can be checked without a client.

    Raises:
        Failure: it cannot be read, is no recording or damaged, or has not one whole frame.
    """
    with Recording(path) as recording:
        count, size = 0, (0, 0)
        times: list[float] = []
        for frame in recording.frames(progress):
            count += 1
            if frame.info is not None:
                times = [*times[:1], frame.info.predicted_time_s]
                size = size if size != (0, 0) else frame.info.views[0].size
        if not count:
            raise Failure(f"{path} is cut short before its first frame: record it again.")
        seconds = times[-1] - times[0] if times else 0.0
        return Survey(recording.header, count, seconds, recording.whole, size)


class Recording:
    """One file; `frames` can be read once."""

    def __init__(self, path: Path) -> None:
        """Read the header.

        Raises:
            Failure: it cannot be read, or is no recording.
        """
        self._path = path
        self._reader = Reader(path)
        self.whole = False
        try:
            self.header = decode_header(self._reader.header)
        except DamagedError as error:
            self._reader.close()
            raise self._damaged(error) from error
        self._held = HeldPictures[bytearray]()
        self._arrays: list[bytearray] = []
        self._scene: SceneDescription | None = None
        self._scenes_bytes = 0
        self._packed = self._reader.schema >= PACKED_SINCE
        self._state: dict[str, bytes] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._reader.close()

    def frames(self, progress: Progress | None = None) -> Iterator[Frame]:
        """Every whole frame, in order; `whole` says afterwards whether that was all.

        Raises:
            Failure: the file is damaged.
        """
        try:
            yield from self._frames(progress)
        except DamagedError as error:
            raise self._damaged(error) from error

    def _frames(self, progress: Progress | None) -> Iterator[Frame]:
        index = 0
        for kind, payload in self._reader.records():
            if self.whole:
                raise DamagedError("something follows its end")
            if kind == b"P":
                self._held.add(digest(payload, PICTURE_BYTES), len(payload), payload)
            elif kind == b"A":
                self._arrays.append(payload)
                size = sum(len(array) for array in self._arrays)
                if len(self._arrays) > ARRAYS_MAX or size > ARRAY_BYTES_MAX:
                    raise DamagedError("it has more arrays than a store")
            elif kind == b"E":
                if decode_end(payload).frames != index:
                    raise DamagedError("frames are missing in it")
                self.whole = True
            else:
                if index >= FRAMES_MAX:
                    raise DamagedError("it has more frames than any recording")
                yield self._frame(index, decode_frame(payload))
                index += 1
            if progress is not None:
                progress(self._reader.done_bytes, self._reader.file_bytes)

    def _frame(self, index: int, record: FrameRecord) -> Frame:
        for name, value in record.state.items():
            if len(value) != FIELD_BYTES or len(name) > 64:
                raise DamagedError("a state in it cannot be one")
        self._state = {**self._state, **record.state} if record.state else self._state
        if len(self._state) > 4 * len(FIELDS):
            raise DamagedError("a state in it has fields without number")
        frame = Frame(
            index=index,
            seen=record.seen,
            info=record.info,
            news=tuple(self._event(name, data) for name, data in record.news),
            art=tuple((art.key, self._picture(art)) for art in record.art),
            ids=record.ids,
            unix_s=record.unix_s,
            browsed=record.browsed,
            told=record.told,
            state=self._state,
            ended=record.ended,
        )
        if self._arrays:
            raise DamagedError("arrays in it belong to no store")
        return frame

    def _event(self, name: str, data: bytes) -> NetEvent:
        if name != SCENE:
            return decode_event(name, data)
        record: SceneRecord = decode_scene(data)
        self._scenes_bytes += bytes_of_arrays(record)
        if self._scenes_bytes > SCENES_BYTES_MAX:
            raise DamagedError("its stores unpack to more than any recording's")
        count = len(record.shapes)
        arrays, self._arrays = self._arrays[:count], self._arrays[count:]
        self._scene = scene_of(record, arrays, self._scene, packed=self._packed)
        return SceneReady(self._scene)

    def _picture(self, art: ArtRecord) -> NDArray[np.uint8] | None:
        if not art.digest:
            return None
        data = self._held.get(art.digest)
        height, width = art.size
        if data is None:
            raise DamagedError("a picture in it is missing")
        size = height * width * 4
        wrong = size > PICTURE_BYTES_MAX if self._packed else size != len(data)
        if height < 1 or width < 1 or wrong:
            raise DamagedError("a picture in it has another size than it says")
        if self._packed:
            return unpack_picture(data, art.size)
        return np.frombuffer(data, dtype=np.uint8).reshape(height, width, 4)

    def _damaged(self, error: DamagedError) -> Failure:
        return Failure(f"{self._path} is damaged ({error}): record it again.")
