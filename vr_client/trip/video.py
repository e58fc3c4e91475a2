"""The film of the trip: H.264 in MP4 through PyAV, which is an extra (`pip install endcap[video]`).

The file appears under its name only when it is whole.
"""

from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

FPS = 15
SECONDS_MAX = 40
FRAMES_MAX = FPS * SECONDS_MAX


def can_film() -> bool:
    """Whether PyAV is installed."""
    return find_spec("av") is not None


class Film:
    """Takes pictures of one size, at most so many; later ones are left out."""

    def __init__(
        self,
        path: Path,
        size: tuple[int, int],
        *,
        fps: int = FPS,
        frames_max: int | None = None,
    ) -> None:
        """`size` is even both ways; `frames_max` is FRAMES_MAX unless told otherwise."""
        import av

        self._av: Any = av
        self._path = path
        self._part = path.with_name(path.name + ".part")
        self._container = av.open(str(self._part), "w", format="mp4")
        self._stream: Any = self._container.add_stream("libx264", rate=Fraction(fps))
        self._stream.width, self._stream.height = size
        self._stream.pix_fmt = "yuv420p"
        self._stream.options = {"crf": "20", "preset": "veryfast"}
        self.frame_count = 0
        self._frames_max = FRAMES_MAX if frames_max is None else frames_max

    def add(self, picture: NDArray[np.uint8]) -> None:
        """One frame, (h, w, 3) sRGB codes, top row first."""
        if self.frame_count >= self._frames_max:
            return
        self.frame_count += 1
        frame = self._av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
        for packet in self._stream.encode(frame):
            self._container.mux(packet)

    def finish(self) -> None:
        """Write the rest and give the file its name."""
        for packet in self._stream.encode():
            self._container.mux(packet)
        self._container.close()
        self._part.replace(self._path)

    def abandon(self) -> None:
        """Throw away what there is, after a trip that broke off."""
        self._container.close()
        self._part.unlink(missing_ok=True)
