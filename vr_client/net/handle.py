"""The frame's end of the sync worker: start it, send intents, poll events; nothing here blocks."""

import contextlib
import multiprocessing
import os
import pickle
import queue
import secrets
import select
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from catalog_sync.model.product import PriceChange
from catalog_sync.transport.client import live_url
from catalog_sync.wire.limits import OUTBOX_OPS_MAX
from store_scenes.compile.scene import SceneDescription
from vr_client.net.art_desk import (
    PLACES,
    ArtDrawn,
    DeskEvent,
    RingMade,
    WantArt,
    map_ring,
    part_of,
)
from vr_client.net.letter import unseal, weight
from vr_client.net.shared import StoredScene, open_scene, remove_stored, shared_folders
from vr_client.net.worker import WorkerSettings, run_worker
from vr_client.state.events import (
    Disconnected,
    Intent,
    IntentDone,
    NetEvent,
    PlanRoute,
    PricesChanged,
    SceneReady,
)

EVENT_BYTES_MAX = 32 * 1024 * 1024  # one message: the small parts of the largest scene
FRAME_BYTES = 8 * 1024
FRAME_S = 1.0 / 90.0
FRAMES_MAX = 6
"""One poll stops after FRAME_BYTES for each frame of a headset since the last, which is a piece or
two of an aisle: to take in so many products at other prices is half a millisecond at most. A window
that draws a few frames a second reads more in each."""
CLOSE_WAIT_S = 3.0


class SyncWorker:
    """One sync worker process for one shop. Use from one thread; `close` it whatever happens."""

    def __init__(self, server_url: str, token_file: Path, cache_dir: Path) -> None:
        """Nothing is started yet.

        Raises:
            Failure: `server_url` is not the address of a server.
        """
        live_url(server_url)
        self._settings = WorkerSettings(
            server_url=server_url,
            token_file=token_file,
            cache_dir=cache_dir,
            scene_name=f"endcap-{os.getpid()}-{secrets.token_hex(6)}",
        )
        self._process: SpawnProcess | None = None
        self._events: Connection | None = None
        self._waits: Callable[[], bool] = bool
        self._outlet: _Outlet | None = None
        self._refused: list[NetEvent] = []
        self._over = False
        self._ring: NDArray[np.uint8] | None = None
        self._art: list[ArtDrawn] = []
        self._polled_s = 0.0
        self._free_places = list(range(PLACES))
        self._opened: SceneDescription | None = None  # the next one may share its arrays

    def start(self) -> None:
        """Start the process; the first events come after about half a second."""
        assert self._process is None
        context = multiprocessing.get_context("spawn")
        intents_out, intents_in = context.Pipe(duplex=False)
        events_out, events_in = context.Pipe(duplex=False)
        self._process = context.Process(
            target=run_worker,
            args=(intents_out, events_in, self._settings),
            name="endcap-sync",
            daemon=True,  # it does not outlive an interpreter that forgot to close it
        )
        self._process.start()
        # Only the child holds its ends now, so each side sees the other's death as end of file.
        intents_out.close()
        events_in.close()
        self._events = events_out
        self._waits = _watch(events_out)
        self._outlet = _Outlet(intents_in)

    def send(self, intent: Intent) -> None:
        """Hand over an intent; when too many wait already, the next poll says it was refused."""
        if self._outlet is None or not self._outlet.put(intent):
            self._refused.append(IntentDone(intent.id, ok=False, reason="outbox_full"))

    def ask(self, question: PlanRoute) -> None:
        """Hand a question over; one that finds no room is asked again when things change."""
        if self._outlet is not None:
            self._outlet.put(question)

    def want_art(self, key: bytes, sku: str) -> None:
        """Ask for a picture of a product (`WantArt`); it comes with `take_art` in its time.

        At most `vr_client.net.art_desk.PLACES` can be under way; more are answered with None.
        """
        if not self._free_places or self._outlet is None:
            self._art.append(ArtDrawn(key, -1, drawn=False))
            return
        want = WantArt(key, sku, self._free_places.pop())
        if not self._outlet.put(want):
            self._free_places.append(want.place)
            self._art.append(ArtDrawn(key, -1, drawn=False))

    def take_art(self, limit: int) -> list[tuple[bytes, NDArray[np.uint8] | None]]:
        """Pictures that came with `poll`, by key, at most `limit`; None: there is none."""
        if not self._art:
            return []
        taken, self._art = self._art[:limit], self._art[limit:]
        pictures: list[tuple[bytes, NDArray[np.uint8] | None]] = []
        for answer in taken:
            ring = self._ring if answer.drawn else None
            pixels = None if ring is None else part_of(ring[answer.place], answer.key).copy()
            pictures.append((answer.key, pixels))
            if answer.place >= 0:
                self._free_places.append(answer.place)
        return pictures

    def poll(self, limit: int = 64) -> list[NetEvent]:
        """What came since the last call, oldest first: at most `limit`, and little enough to read.

        A worker that died is told once, as a Disconnected without a next try.
        """
        told, self._refused = self._refused, []
        now_s = time.monotonic()
        frames = min(max(1.0, (now_s - self._polled_s) / FRAME_S), FRAMES_MAX)
        self._polled_s = now_s
        budget_bytes = int(FRAME_BYTES * frames)
        while len(told) < limit and budget_bytes > 0 and self._events is not None:
            try:
                if not self._waits():
                    break
                data = self._events.recv_bytes(EVENT_BYTES_MAX)
            except (EOFError, OSError):
                self._worker_ended(told)
                break
            budget_bytes -= weight(data)
            self._take(unseal(data), told)
        return list(_together(told))

    def close(self) -> None:
        """End the process and free what it shares; harmless when repeated or never started."""
        if self._events is not None:
            self._events.close()  # a worker that waits for us to read gets an error and ends
            self._events = None
        if self._outlet is not None:
            self._outlet.close()
            self._outlet = None
        if self._process is not None:
            self._process.join(CLOSE_WAIT_S)
            if self._process.is_alive():
                self._process.terminate()
                self._process.join(CLOSE_WAIT_S)
            if self._process.is_alive():
                self._process.kill()
                self._process.join()
            self._process.close()
            self._process = None
        remove_stored(self._settings.scene_name, shared_folders())

    # ------------------------------------------------------------ inside

    def _take(self, event: NetEvent | StoredScene | DeskEvent, told: list[NetEvent]) -> None:
        if isinstance(event, ArtDrawn):
            self._art.append(event)
            return
        if isinstance(event, RingMade):
            with contextlib.suppress(OSError, ValueError):  # without it art stays as seen from afar
                self._ring = map_ring(event.path)
            return
        if isinstance(event, StoredScene):
            try:
                scene = open_scene(event, self._opened)
            except (OSError, ValueError) as error:
                told.append(Disconnected(f"The store's shared memory is gone ({error}).", None))
                self._over = True
                return
            self._opened = scene
            told.append(SceneReady(scene))
            return
        told.append(event)
        self._over |= isinstance(event, Disconnected) and event.retry_s is None

    def _worker_ended(self, told: list[NetEvent]) -> None:
        assert self._events is not None
        assert self._process is not None
        self._events.close()
        self._events = None
        if not self._over:
            self._over = True
            self._process.join(0.1)  # it closed its pipe, so it is gone or about to be
            told.append(
                Disconnected(
                    "The connection to the shop ended by itself "
                    f"(exit code {self._process.exitcode}): start again.",
                    None,
                )
            )


def _watch(connection: Connection) -> Callable[[], bool]:
    """Whether there is something to read, or the end: asked in every frame.

    Where the system knows `poll`, it is told once what to look at. `Connection.poll` tells it each
    time, and takes thirty times as long.
    """
    if not hasattr(select, "poll"):
        return connection.poll
    system = select.poll()
    system.register(connection.fileno(), select.POLLIN)
    return lambda: bool(system.poll(0))


def _together(told: list[NetEvent]) -> Iterator[NetEvent]:
    """Prices that came one after the other are one event, so that the state changes once."""
    waiting: list[PriceChange] = []
    for event in told:
        if isinstance(event, PricesChanged):
            waiting += event.changes
            continue
        if waiting:
            yield PricesChanged(tuple(waiting))
            waiting = []
        yield event
    if waiting:
        yield PricesChanged(tuple(waiting))


_Told = Intent | WantArt | PlanRoute


class _Outlet:
    """Writes intents from a thread of its own: a pipe that is full must not stop a frame."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: queue.Queue[_Told | None] = queue.Queue(OUTBOX_OPS_MAX + 1)
        self._thread = threading.Thread(target=self._run, name="endcap-intents", daemon=True)
        self._thread.start()

    def put(self, intent: _Told) -> bool:
        """False when too many wait."""
        if self._waiting.qsize() >= OUTBOX_OPS_MAX or not self._thread.is_alive():
            return False
        self._waiting.put_nowait(intent)
        return True

    def close(self) -> None:
        """Let the thread send what waits, then close; a full pipe is not waited for."""
        self._waiting.put_nowait(None)  # one place more than `put` uses
        self._thread.join(0.2)

    def _run(self) -> None:
        with self._connection:
            while (intent := self._waiting.get()) is not None:
                try:
                    self._connection.send_bytes(pickle.dumps(intent))
                except OSError:
                    return  # the worker is gone; what it kept on disk is sent by the next one
