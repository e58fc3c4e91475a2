"""Pictures of a recording that may be named again: the first that came are the first forgotten.

The recorder and the replay forget by the same rule, so neither has to tell the other.
"""

from typing import Generic, TypeVar

from vr_client.replay.limits import HELD_BYTES_MAX, HELD_BYTES_MIN

Held = TypeVar("Held")


class HeldPictures(Generic[Held]):
    """By digest, at most `HELD_BYTES_MAX` together."""

    def __init__(self) -> None:
        self._held: dict[bytes, tuple[int, Held]] = {}
        self._bytes = 0

    def __contains__(self, digest: bytes) -> bool:
        return digest in self._held

    def add(self, digest: bytes, size: int, what: Held) -> None:
        """Hold it, and forget what came first while there is too much."""
        if digest in self._held:
            return
        size = max(size, HELD_BYTES_MIN)
        self._held[digest] = (size, what)
        self._bytes += size
        while self._bytes > HELD_BYTES_MAX:
            first = next(iter(self._held))
            self._bytes -= self._held.pop(first)[0]

    def get(self, digest: bytes) -> Held | None:
        """What was held under this digest, None when it was never or is forgotten."""
        entry = self._held.get(digest)
        return entry[1] if entry is not None else None
