"""What becomes of a replay's pictures: a folder, a folder held against it, a film."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import numpy as np

from catalog_sync.model.failure import Failure
from vr_client.replay.pictures import (
    FolderFacts,
    KeptPictures,
    Picture,
    PictureFolder,
    line_of,
    write_difference,
)
from vr_client.replay.player import Difference, Played
from vr_client.trip.video import Film, can_film

FILM_FPS: Final = 30
FILM_FRAMES_MAX: Final = FILM_FPS * 6 * 3600
PAUSE_S_MAX: Final = 2.0
"""A film does not wait longer than this where the shopper took the headset off."""


class Sink(Protocol):
    """Takes frame after frame."""

    def wants(self, played_time_s: float) -> bool:
        """Whether the frame at this time has to be drawn for it."""

    def take(self, played: Played, pictures: list[Picture]) -> Difference | None:
        """One frame; what is wrong with it, if that is for this sink to find."""

    def finish(self, facts: FolderFacts) -> Difference | None:
        """The replay came to its end."""

    def abandon(self) -> None:
        """It did not, or something else failed: leave nothing half written."""


class FolderSink:
    """`--out DIR`."""

    def __init__(self, folder: Path) -> None:
        self._folder = PictureFolder(folder)

    def wants(self, played_time_s: float) -> bool:
        """Every frame."""
        del played_time_s
        return True

    def take(self, played: Played, pictures: list[Picture]) -> Difference | None:
        """Write it."""
        self._folder.add(line_of(played, pictures), pictures)
        return None

    def finish(self, facts: FolderFacts) -> Difference | None:
        """Give the files their names."""
        self._folder.finish(facts)
        return None

    def abandon(self) -> None:
        """Take away what was begun."""
        self._folder.abandon()


@dataclass
class VerifySink:
    """`--verify DIR`: the first frame that differs ends the replay, with both pictures written."""

    kept: KeptPictures
    folder: Path

    def wants(self, played_time_s: float) -> bool:
        """Every frame."""
        del played_time_s
        return True

    def take(self, played: Played, pictures: list[Picture]) -> Difference | None:
        """Hold it against the one in the folder."""
        kept = self.kept.next_frame()
        if kept is None:
            return Difference(played.index, played.time_s, what="is one more than there were")
        then, before = kept
        now = line_of(played, pictures)
        if len(before) != len(pictures):
            what = f"has {len(pictures)} pictures where there were {len(before)}"
            return Difference(played.index, played.time_s, what=what)
        for eye, (old, new) in enumerate(zip(before, pictures, strict=True)):
            if old.shape != new.shape or (old != new).any():
                path = write_difference(self.folder, played.index, eye, old, new)
                off = int((old != new).any(axis=2).sum())
                what = (
                    f"looks different to eye {eye} in {off} of {old.shape[0] * old.shape[1]} "
                    f"pixels: see {path} and the pictures beside it"
                )
                return Difference(played.index, played.time_s, what=what)
        if then.state != now.state or then.frame != now.frame:
            return Difference(played.index, played.time_s, what="leaves another state")
        return None

    def finish(self, facts: FolderFacts) -> Difference | None:
        """All frames of the folder must have come."""
        del facts
        left = self.kept.next_frame()
        self.kept.close()
        if left is None:
            return None
        return Difference(left[0].frame, left[0].time_s, what="is missing now")

    def abandon(self) -> None:
        """Close the folder."""
        self.kept.close()


class FilmSink:
    """`--film FILE.mp4`: 30 pictures a second of the headset's time, through one eye."""

    def __init__(self, path: Path, size: tuple[int, int]) -> None:
        """Raises Failure when no film can be made here."""
        if not can_film():
            raise Failure("A film needs PyAV: pip install 'endcap[video]'.")
        self._path, self._size = path, size
        self._film: Film | None = None
        self._last: Picture | None = None
        self._next_s: float | None = None

    def wants(self, played_time_s: float) -> bool:
        """Only frames whose turn it is."""
        return self._next_s is None or played_time_s >= self._next_s - 1e-9

    def take(self, played: Played, pictures: list[Picture]) -> Difference | None:
        """Film it for as long as the frame before was seen."""
        if pictures:
            self._last = np.ascontiguousarray(pictures[0])
        if self._last is None:
            return None
        if self._film is None:
            self._film = self._begin()
        if self._next_s is None or played.time_s - self._next_s > PAUSE_S_MAX:
            self._next_s = played.time_s
        while self._next_s <= played.time_s + 1e-9:
            self._film.add(self._last)
            self._next_s += 1.0 / FILM_FPS
        return None

    def finish(self, facts: FolderFacts) -> Difference | None:
        """Give the film its name."""
        del facts
        if self._film is not None:
            self._film.finish()
            self._film = None
        return None

    def abandon(self) -> None:
        """Throw it away."""
        if self._film is not None:
            self._film.abandon()
            self._film = None

    def _begin(self) -> Film:
        try:
            return Film(self._path, self._size, fps=FILM_FPS, frames_max=FILM_FRAMES_MAX)
        except OSError as error:
            raise Failure(f"Cannot write {self._path}: {error.strerror or error}.") from error
