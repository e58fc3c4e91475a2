"""Writes a recording while the client runs; the frame loop hands over and never waits.

What the loop hands over is kept by nobody else in a form that changes: device values are copied,
shop values are frozen, a scene's arrays are never written. So a thread can put them into words.
It holds the interpreter for a fraction of a millisecond a frame; packing, hashing and writing let
go of it.
"""

import contextlib
import queue
import secrets
import threading
import time
from importlib.metadata import version
from pathlib import Path
from typing import IO, Final

import msgspec

from catalog_sync.model.failure import Failure
from store_scenes.compile.scene import SceneDescription
from vr_client.app import App
from vr_client.assemble import Setup, Shop
from vr_client.headset.backend import HeadsetBackend, HeadsetEvents, KeyboardAndNeck, SessionState
from vr_client.outside import Outside
from vr_client.preferences import Preferences
from vr_client.replay.compact import pack_picture
from vr_client.replay.container import DamagedError, FullError, Writer
from vr_client.replay.digest import PICTURE_BYTES, StateDigests, bytes_of, digest
from vr_client.replay.held import HeldPictures
from vr_client.replay.limits import (
    BYTES_WAITING_MAX,
    FILE_BYTES_MAX,
    FRAMES_MAX,
    FRAMES_WAITING_MAX,
    SCENES_BYTES_MAX,
)
from vr_client.replay.listening import (
    Art,
    FrameNotes,
    ListeningHeadset,
    ListeningOutside,
    ListeningShop,
    ListeningWindow,
)
from vr_client.replay.scenes import bytes_of_arrays, find_fault, scene_record
from vr_client.replay.table import (
    ENCODER,
    NAMES,
    SCENE,
    ArtRecord,
    EndRecord,
    FrameRecord,
    Header,
    decode_event,
    decode_frame,
)
from vr_client.state.events import NetEvent, Noticed, SceneReady

FLUSH_S: Final = 0.5
"""What a crash may lose of a trip."""

LOOK_S: Final = 0.05
"""How often the thread looks whether something waits.

To be woken by each frame would have it ask for the interpreter while the next one begins.
"""

MANY_WAITING: Final = 60
"""From so many frames on the thread packs pictures quickly rather than well."""

CLOSE_WAIT_S: Final = 60.0


class Recorder:
    """One recording: `vr_client.assemble.build_app` takes it; `close` it whatever happens."""

    def __init__(self, path: Path) -> None:
        """The file is made, so that a wrong name is found before anybody walks.

        Raises:
            Failure: it cannot be made, or is there already.
        """
        self._path = path
        try:
            self._file: IO[bytes] = path.open("xb", buffering=0)
        except FileExistsError:
            raise Failure(
                f"{path} is there already: give the recording another name, or remove it."
            ) from None
        except OSError as error:
            raise Failure(
                f"Cannot record into {path}: {error.strerror or error}; choose another place."
            ) from error
        self.notes = FrameNotes(HeadsetEvents(SessionState.IDLE))
        self._app: App | None = None
        self._waiting: queue.SimpleQueue[FrameNotes | None] = queue.SimpleQueue()
        self._given_bytes = 0
        self._begun = False
        self._over = False
        self._pen: _Pen | None = None

    # ------------------------------------------------------------ what build_app asks for

    def headset(self, headset: HeadsetBackend) -> HeadsetBackend:
        """The same headset, listened to."""
        if isinstance(headset, KeyboardAndNeck):
            return ListeningWindow(headset, self)
        return ListeningHeadset(headset, self)

    def shop(self, shop: Shop) -> Shop:
        """The same shop, listened to."""
        return ListeningShop(shop, self)

    def outside(self) -> Outside:
        """The world outside, listened to."""
        return ListeningOutside(self)

    def begin(self, app: App, setup: Setup, preferences: Preferences | None, device: str) -> None:
        """All is put together: write the header and start the thread.

        Raises:
            Failure: the disk is full.
        """
        header = Header(
            endcap=version("endcap"),
            id=secrets.token_hex(16),
            begun_unix_s=time.time(),
            device=device,
            setup=setup,
            settings=preferences.settings if preferences is not None else None,
        )
        self._app = app
        try:
            writer = Writer(self._file, ENCODER.encode(header))
        except OSError as error:
            raise Failure(
                f"Cannot record into {self._path}: {error.strerror or error}; make room there."
            ) from error
        self._pen = _Pen(writer, self._waiting)

    # ------------------------------------------------------------ what the listeners tell

    def next_frame(self, seen: HeadsetEvents) -> None:
        """A frame begins, so the one before is over with all that came after it."""
        self._seal()
        self.notes = FrameNotes(seen)
        self._begun = True
        if self._pen is not None and not self._over and self._is_behind(self._pen):
            self._over = True
            self._pen.stopped = True
            assert self._app is not None
            self._app.apply(Noticed(f"recording_stopped={self._path.name}"))

    def take_news(self, news: list[NetEvent]) -> None:
        """What the shop told."""
        self.notes.news += news

    def take_art(self, art: list[Art]) -> None:
        """Pictures that came; one that lies in somebody else's memory is copied."""
        for key, picture in art:
            kept = picture if picture is None or picture.base is None else picture.copy()
            self.notes.art.append((key, kept))
            if kept is not None:
                self._given_bytes += kept.nbytes

    # ------------------------------------------------------------ the end

    @property
    def behind(self) -> int:
        """How many frames wait to be written."""
        return self._waiting.qsize()

    def close(self) -> None:
        """Write what waits and close the file; harmless when repeated."""
        if self._file.closed:
            return
        self._seal()
        if self._pen is not None:
            self._waiting.put(None)
            self._pen.join(CLOSE_WAIT_S)
        self._file.close()
        if self._pen is None:
            with contextlib.suppress(OSError):  # not even a header: there was nothing to record
                self._path.unlink(missing_ok=True)

    def _seal(self) -> None:
        if not self._begun or self._over or self._pen is None or self._app is None:
            return
        self._begun = False
        self.notes.state = self._app.state
        self._waiting.put(self.notes)

    def _is_behind(self, pen: "_Pen") -> bool:
        return (
            pen.stopped
            or self._waiting.qsize() > FRAMES_WAITING_MAX
            or self._given_bytes - pen.taken_bytes > BYTES_WAITING_MAX
        )


class _Pen:
    """The thread that writes. `stopped`: it writes no more, because of the disk or its own word."""

    def __init__(self, writer: Writer, waiting: "queue.SimpleQueue[FrameNotes | None]") -> None:
        self._writer = writer
        self._waiting = waiting
        self._digests = StateDigests()
        self._held = HeldPictures[bytes]()
        self._scenes_bytes = 0
        self._scene: SceneDescription | None = None
        self._frames = 0
        self.taken_bytes = 0
        self.stopped = False
        self._thread = threading.Thread(target=self._run, name="endcap-recorder", daemon=True)
        self._thread.start()

    def join(self, wait_s: float) -> None:
        """Wait until all is written."""
        self._thread.join(wait_s)

    def _run(self) -> None:
        flushed_s = time.monotonic()
        while True:
            now_s = time.monotonic()
            if now_s - flushed_s >= FLUSH_S and not self.stopped:
                flushed_s = now_s
                self._flush()
            try:
                notes = self._waiting.get_nowait()
            except queue.Empty:
                time.sleep(LOOK_S)
                continue
            if notes is None:
                break
            try:
                if not self.stopped:
                    self._write(notes)
            except Exception:
                self.stopped = True  # the shop goes on, and says that its recording does not
                self._flush()
            time.sleep(0)  # a frame that waits for the interpreter goes first
        if not self.stopped:
            with contextlib.suppress(FullError, OSError):
                self._writer.write(b"E", ENCODER.encode(EndRecord(self._frames)))
                self._writer.flush()

    def _flush(self) -> None:
        try:
            self._writer.flush()
        except (FullError, OSError):
            self.stopped = True

    def _write(self, notes: FrameNotes) -> None:
        if self._frames >= FRAMES_MAX or self._writer.file_bytes > FILE_BYTES_MAX:
            raise FullError("as many frames as a recording may have")
        news = tuple(self._put_event(event) for event in notes.news)
        art = self._put_art(notes.art)
        assert notes.state is not None
        record = FrameRecord(
            seen=notes.seen,
            info=notes.info,
            news=news,
            art=art,
            ids=tuple(notes.ids),
            unix_s=tuple(notes.unix_s),
            browsed=tuple(notes.browsed),
            told=tuple(notes.told),
            state=self._digests.changed(notes.state) if notes.ended else {},
            ended=notes.ended,
        )
        payload = ENCODER.encode(record)
        decode_frame(payload)  # a device may give what no reader takes: better to stop here
        self._writer.write(b"F", payload)
        self._frames += 1

    def _put_event(self, event: NetEvent) -> tuple[str, msgspec.Raw]:
        if isinstance(event, SceneReady):
            record, arrays = scene_record(event.scene, self._scene)
            self._scene = event.scene
            if fault := find_fault(event.scene):
                raise DamagedError(fault)
            self._scenes_bytes += bytes_of_arrays(record)
            if self._scenes_bytes > SCENES_BYTES_MAX:
                raise FullError(f"{self._scenes_bytes} bytes of stores")
            for array in arrays:
                self._writer.write(b"A", array)
            return SCENE, msgspec.Raw(ENCODER.encode(record))
        name, data = NAMES[type(event)], ENCODER.encode(event)
        decode_event(name, data)
        return name, msgspec.Raw(data)

    def _put_art(self, art: list[Art]) -> tuple[ArtRecord, ...]:
        """Of each picture the name that it has in the file: the digest of what lies there."""
        named = [
            (picture, digest(bytes_of(picture), PICTURE_BYTES))
            for _, picture in art
            if picture is not None
        ]
        self.taken_bytes += sum(picture.nbytes for picture, _ in named)
        # What is new pushes out what is old, which may be of this very frame.
        while missing := [entry for entry in named if entry[1] not in self._held]:
            picture, known = missing[0]
            packed = pack_picture(picture, quickly=self._waiting.qsize() > MANY_WAITING)
            self._writer.write(b"P", packed)
            self._held.add(known, len(packed), digest(packed, PICTURE_BYTES))
        names = iter([self._held.get(known) or b"" for _, known in named])
        return tuple(
            ArtRecord(key)
            if picture is None
            else ArtRecord(key, next(names), (picture.shape[0], picture.shape[1]))
            for key, picture in art
        )
