"""The sync worker process: talks to the shop, fetches models, compiles the store, tells the frame.

Started by `vr_client.net.handle` with two pipes. Intents come in; events go out as `letter` writes
them. It ends when its intents pipe closes, which also happens when the frame's process dies.
"""

import asyncio
import contextlib
import pickle
import signal
import threading
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import structlog

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import PriceChange
from catalog_sync.session.client import ClientSession
from catalog_sync.session.events import AisleArrived, LayoutArrived, SessionEvent
from catalog_sync.transport.client import ClientTransport, live_url
from vr_client.net.art_desk import ArtDesk, DeskEvent, WantArt
from vr_client.net.assets import AssetCache
from vr_client.net.build import StoreBuild
from vr_client.net.far_art import FarArtFolder
from vr_client.net.keepsake import Keepsake
from vr_client.net.letter import seal
from vr_client.net.news import News
from vr_client.net.route_desk import RouteDesk
from vr_client.net.shared import StoredScene, shared_folders
from vr_client.net.translate import net_events, op_of
from vr_client.state.events import (
    Disconnected,
    Intent,
    NetEvent,
    PlanRoute,
    PricesChanged,
    Progress,
)

INTENT_BYTES_MAX = 64 * 1024
CLIENT_NAME = "endcap-client/0.1"
PRICES_GATHERED_S = 0.02
PRICES_GATHERED_MAX = 32
"""About 2 kB."""


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """What the frame's process tells its worker. `scene_name` begins every shared file's name."""

    server_url: str
    token_file: Path
    cache_dir: Path
    scene_name: str


def run_worker(intents: Connection, events: Connection, settings: WorkerSettings) -> None:
    """The process's whole life; its last event says why it ended, unless it was told to."""
    # Ctrl-C goes to the whole terminal; the frame's process decides when this one ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        asyncio.run(_Worker(intents, events, settings).run())
    except Failure as failure:
        _last_word(events, str(failure))
    except Exception as error:
        structlog.get_logger().exception("sync worker failed")
        _last_word(events, f"The connection to the shop failed inside ({error!r}): start again.")


def _last_word(events: Connection, reason: str) -> None:
    with contextlib.suppress(OSError):  # nobody may listen any more
        events.send_bytes(seal(Disconnected(reason, None)))


class _Worker:
    def __init__(self, intents: Connection, events: Connection, settings: WorkerSettings) -> None:
        self._intents = intents
        self._events = events
        self._telling = asyncio.Lock()
        self._prices: dict[str, PriceChange] = {}
        self._pricing: asyncio.Task[None] | None = None
        self._failure: Failure | None = None
        self._news = News()
        self._keepsake = Keepsake(settings.token_file)
        token, ops = self._keepsake.load()
        self._session = ClientSession(client=CLIENT_NAME, token=token, outbox=ops)
        self._transport = ClientTransport(
            live_url(settings.server_url), self._session, self._deliver
        )
        self._build = StoreBuild(
            AssetCache(settings.cache_dir / "assets", settings.server_url),
            settings.scene_name,
            self._tell,
            FarArtFolder(settings.cache_dir / "far-art"),
        )
        # Scenes of this worker are numbered from 1.
        self._desk = ArtDesk(
            f"{settings.scene_name}-0", shared_folders(), self._build.picture, self._tell
        )

        self._routes = RouteDesk(lambda: self._build.told, self._tell)

    async def run(self) -> None:
        """Until the intents pipe closes, the session gives up or the store cannot be built."""
        loop = asyncio.get_running_loop()
        threading.Thread(target=self._read_intents, args=(loop,), daemon=True).start()
        await self._tell(Progress("connect", 0, 1))
        talking = asyncio.create_task(self._transport.run())
        building = asyncio.create_task(self._build.run())
        drawing = asyncio.create_task(self._desk.run())
        planning = asyncio.create_task(self._routes.run())
        tasks = {talking, building, drawing, planning}
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        self._transport.stop()
        for task in (building, drawing, planning):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        for task in done:
            task.result()  # raises what it failed with
        if self._failure is not None:
            raise self._failure

    # ------------------------------------------------------------ from the frame

    def _read_intents(self, loop: asyncio.AbstractEventLoop) -> None:
        """In a thread: pipes of all systems can be read so, asyncio reads none of Windows'."""
        try:
            while True:
                intent = pickle.loads(self._intents.recv_bytes(INTENT_BYTES_MAX))  # noqa: S301 - our own parent wrote it
                loop.call_soon_threadsafe(self._take_intent, intent)
        except (EOFError, OSError):
            pass  # closed, or the frame's process is gone
        with contextlib.suppress(RuntimeError):  # the loop may have ended first
            loop.call_soon_threadsafe(self._transport.stop)

    def _take_intent(self, intent: Intent | WantArt | PlanRoute) -> None:
        if isinstance(intent, PlanRoute):
            self._routes.ask(intent)
            return
        if isinstance(intent, WantArt):
            self._desk.ask(intent)
            return
        self._transport.submit(op_of(intent))
        # Kept before the transport's own task can send it: a killed client loses nothing.
        try:
            self._keepsake.keep(self._session.token, self._session.outbox)
        except Failure as failure:
            self._failure = failure
            self._transport.stop()

    # ------------------------------------------------------------ to the frame

    async def _deliver(self, events: list[SessionEvent]) -> None:
        # First of all, and without a pause: nothing is answered before it is kept.
        self._keepsake.keep(self._session.token, self._session.outbox)
        for event in events:
            for told in (new for whole in net_events(event) for new in self._news.of(whole)):
                if isinstance(told, PricesChanged):
                    await self._gather(told)
                else:
                    await self._tell(told)
            if isinstance(event, LayoutArrived):
                aisles = await self._build.take_layout(event.version, event.document, event.changed)
                self._transport.subscribe(aisles)
            elif isinstance(event, AisleArrived):
                await self._build.take_aisle(event.aisle, event.products)

    async def _gather(self, event: PricesChanged) -> None:
        """Tell of prices a little later, and of many at once: each message costs the frame.

        Of a price that changes again before that only the last is told.
        """
        self._prices.update((change.sku, change) for change in event.changes)
        if len(self._prices) >= PRICES_GATHERED_MAX:
            await self._tell_prices()  # who does not read holds up the shop, and no memory grows
        elif self._pricing is None or self._pricing.done():
            self._pricing = asyncio.create_task(self._tell_prices(PRICES_GATHERED_S))

    async def _tell_prices(self, after_s: float = 0.0) -> None:
        if after_s > 0.0:
            await asyncio.sleep(after_s)
        async with self._telling:
            await self._send_prices()

    async def _tell(self, event: NetEvent | StoredScene | DeskEvent) -> None:
        """Waits, without holding up the loop, while the frame does not read."""
        data = seal(event)
        async with self._telling:
            await self._send_prices()  # they came before it
            await self._send(data)

    async def _send_prices(self) -> None:
        while self._prices:  # those too that came while the others were sent
            event = PricesChanged(tuple(self._prices.values()))
            self._prices = {}
            await self._send(seal(event))

    async def _send(self, data: bytes) -> None:
        try:
            await asyncio.to_thread(self._events.send_bytes, data)
        except OSError:
            self._transport.stop()  # the frame's process is gone
        except RuntimeError:
            pass  # this process ends, and asyncio starts no thread any more: nobody listens
