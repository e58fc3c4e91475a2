"""Near art, drawn in the sync worker's process on request and handed over in shared memory.

The frame's end owns the places of the ring: it names a free one with each request and reuses it
when it has read the answer, so neither side ever waits.
"""

import asyncio
import contextlib
import mmap
import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.failure import Failure
from store_scenes.models.mesh import ART_SIZE, PICTURE_SIZE

PLACES = 12
FRONT = b"front:"
"""A key that begins so asks for the picture of a product on panels, which fills a part of a place.
"""

PICTURE_BYTES = ART_SIZE * ART_SIZE * 4


@dataclass(frozen=True, slots=True)
class WantArt:
    """Draw a picture of `sku` into a place of the ring.

    Its near art, if `key` still is its art's; with a FRONT key its picture on panels.
    """

    key: bytes
    sku: str
    place: int


@dataclass(frozen=True, slots=True)
class RingMade:
    """The ring's file; its name goes when it is mapped."""

    path: str


@dataclass(frozen=True, slots=True)
class ArtDrawn:
    """The answer to a `WantArt`; `drawn` False: there is no such picture, the place is free."""

    key: bytes
    place: int
    drawn: bool


DeskEvent = RingMade | ArtDrawn


def part_of(place: NDArray[np.uint8], key: bytes) -> NDArray[np.uint8]:
    """Where in a place of the ring a picture with this key lies."""
    return place[:PICTURE_SIZE, :PICTURE_SIZE] if key.startswith(FRONT) else place


def map_ring(path: str) -> NDArray[np.uint8]:
    """The frame's view of the ring (PLACES, ART_SIZE, ART_SIZE, 4); takes its name away.

    Raises:
        OSError: the file is gone.
    """
    at_close = getattr(os, "O_TEMPORARY", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, os.O_RDONLY | at_close)
    try:
        mapping = mmap.mmap(descriptor, PLACES * PICTURE_BYTES, access=mmap.ACCESS_READ)
    finally:
        os.close(descriptor)
    if not at_close:
        Path(path).unlink(missing_ok=True)
    return np.frombuffer(mapping, dtype=np.uint8).reshape(PLACES, ART_SIZE, ART_SIZE, 4)


class ArtDesk:
    """The worker's end: one request after another, each drawn in a thread."""

    def __init__(
        self,
        name: str,
        folders: list[Path],
        find: Callable[[str, bytes], Callable[[], NDArray[np.uint8]] | None],
        tell: Callable[[DeskEvent], Awaitable[None]],
    ) -> None:
        """`find(sku, key)` gives what draws that picture, None when there is no such one now."""
        self._name, self._folders = name, folders
        self._find, self._tell = find, tell
        self._asked: asyncio.PriorityQueue[tuple[bool, int, WantArt]] = asyncio.PriorityQueue()
        self._count = 0
        self._ring: NDArray[np.uint8] | None = None

    def ask(self, want: WantArt) -> None:
        """Take a request; places that the ring does not have are ignored.

        Somebody waits for what is on a panel: those come before all that is on shelves.
        """
        if 0 <= want.place < PLACES:
            self._count += 1
            self._asked.put_nowait((not want.key.startswith(FRONT), self._count, want))

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            _, _, want = await self._asked.get()
            if self._ring is None:
                path, self._ring = await asyncio.to_thread(self._make_ring)
                await self._tell(RingMade(path))
            draw = self._find(want.sku, want.key)
            drawn = draw is not None and await asyncio.to_thread(self._draw, draw, want)
            await self._tell(ArtDrawn(want.key, want.place, drawn))

    def _draw(self, draw: Callable[[], NDArray[np.uint8]], want: WantArt) -> bool:
        assert self._ring is not None
        try:
            part_of(self._ring[want.place], want.key)[:] = draw()
        except Failure:
            return False  # its far art is shown: the store was built, so the cause is new
        return True

    def _make_ring(self) -> tuple[str, NDArray[np.uint8]]:
        problems = []
        for folder in self._folders:
            path = folder / self._name
            try:
                flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
                descriptor = os.open(path, flags, 0o600)
                try:
                    # Written, not only made long: a full folder shows here and not as a SIGBUS.
                    for _ in range(PLACES):
                        os.write(descriptor, bytes(PICTURE_BYTES))
                    mapping = mmap.mmap(descriptor, PLACES * PICTURE_BYTES)
                finally:
                    os.close(descriptor)
            except (OSError, ValueError) as error:
                with contextlib.suppress(OSError):
                    path.unlink(missing_ok=True)
                problems.append(f"{folder}: {error}")
                continue
            ring = np.frombuffer(mapping, dtype=np.uint8)
            return str(path), ring.reshape(PLACES, ART_SIZE, ART_SIZE, 4)
        raise Failure(
            f"Pictures do not fit into shared memory ({'; '.join(problems)}): make room there."
        )
