"""Keeps pictures of the view as PNG files, without holding up a frame."""

import io
import queue
import threading
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

SAME_SECOND_MAX = 100


class PictureKeeper:
    """Writes pictures into the folder the client was started in, each under a name of its own."""

    def __init__(self) -> None:
        self._told: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []

    def keep(self, pixels: NDArray[np.uint8]) -> None:
        """Write a picture (h, w, 3), soon: compressing one takes several frames."""
        folder, stem = Path.cwd(), time.strftime("endcap-%Y%m%d-%H%M%S")
        thread = threading.Thread(target=self._keep, args=(pixels, folder, stem))
        self._threads = [t for t in self._threads if t.is_alive()] + [thread]
        thread.start()

    def told(self) -> list[str]:
        """What became of them: notices `picture_kept=NAME` and `picture_lost=FOLDER`."""
        notices = []
        while not self._told.empty():
            notices.append(self._told.get())
        return notices

    def finish(self) -> None:
        """Wait for what is being written."""
        for thread in self._threads:
            thread.join()

    def _keep(self, pixels: NDArray[np.uint8], folder: Path, stem: str) -> None:
        try:
            data = io.BytesIO()
            Image.fromarray(pixels).save(data, format="PNG", compress_level=4)
            self._told.put(f"picture_kept={write_new(folder, stem, data.getvalue())}")
        except OSError:
            self._told.put(f"picture_lost={folder}")


def write_new(folder: Path, stem: str, data: bytes) -> str:
    """Write `stem`.png, or `stem`-2.png when that is there, and so on; the name it got.

    Raises:
        OSError: it cannot be written; then nothing is left.
    """
    for number in range(1, SAME_SECOND_MAX + 1):
        path = folder / (f"{stem}.png" if number == 1 else f"{stem}-{number}.png")
        try:
            with path.open("xb") as file:
                try:
                    file.write(data)
                    file.flush()
                except OSError:
                    path.unlink(missing_ok=True)
                    raise
        except FileExistsError:
            continue
        return path.name
    raise OSError(f"{SAME_SECOND_MAX} pictures in one second")
