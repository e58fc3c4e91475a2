"""Follows a served store folder: what is saved there shows to the shoppers inside."""

import asyncio
import secrets
from pathlib import Path

import structlog
from watchfiles import Change, awatch

from catalog_sync.model.failure import Failure
from server.storage.contract import Storage
from server.storage.writer import StorageError
from server.store_folder import Served, StoreFolder
from server.sync.hub import Hub
from server.sync.layout_live import layout_message, live_catalogue
from server.sync.live_catalogue import LiveCatalogue
from store_scenes.layout.documents import StoreLayout

QUIET_MS = 50  # several files are saved at once, and one in several steps
GATHERED_MS_MAX = 400
OWN_SUFFIXES = frozenset({".toml", ".csv", ".glb", ".gltf", ".bin", ".png", ".jpg", ".jpeg"})

log = structlog.get_logger()


class Watcher:
    """Reads the folder again after each change: sound, it goes live; broken, the last one stays."""

    def __init__(self, folder: StoreFolder, served: Served, storage: Storage, hub: Hub) -> None:
        self._folder = folder
        self._root = folder.path.resolve()
        self._served = served
        self._assets = served.assets  # the very dictionary that the web application serves from
        self._storage = storage
        self._hub = hub

    async def run(self) -> None:
        """Until cancelled. Nothing that a folder does ends the shop."""
        watching = awatch(
            self._root, watch_filter=self._is_ours, step=QUIET_MS, debounce=GATHERED_MS_MAX
        )
        moved = asyncio.ensure_future(anext(watching))
        await asyncio.sleep(0)  # from here on nothing is missed
        try:
            while True:
                await self.reread()
                await moved
                moved = asyncio.ensure_future(anext(watching))
        except (OSError, RuntimeError, StopAsyncIteration) as error:
            log.warning("the store folder is no longer followed", error=str(error))
        finally:
            moved.cancel()
            await asyncio.gather(moved, return_exceptions=True)

    def _is_ours(self, _change: Change, path: str) -> bool:
        """Not the database, nor what editors leave lying about while they save."""
        file = Path(path)
        inside = file.relative_to(self._root) if file.is_relative_to(self._root) else file
        hidden = any(part.startswith(".") for part in inside.parts)
        return not hidden and file.suffix.lower() in OWN_SUFFIXES

    async def reread(self) -> None:
        """Look at the folder as it is now."""
        try:
            served = await asyncio.to_thread(self._read)
            await self._go_live(served)
        except Failure as failure:
            sentence = self._folder.sentence(failure)
            if sentence != self._hub.layout_problem:
                log.warning("the edited store stays out", problem=sentence)
            self._hub.tell_layout_problem(sentence)
        except StorageError as error:
            log.warning("storage did not answer", error=str(error))

    def _read(self) -> Served:
        return self._folder.served(self._folder.layout())

    async def _go_live(self, served: Served) -> None:
        before, layout = self._served, served.layout
        same = layout.version == before.layout.version and served.products == before.products
        if same:
            self._hub.tell_layout_problem("")
            return
        _only_what_may_change(before.layout, layout)
        layout_message(layout)  # too large? Before anything else is changed
        if served.products != before.products:
            await self._storage.take_catalogue(
                served.products, layout.store.currency, secrets.token_hex(8)
            )

        async def remade() -> LiveCatalogue:
            return await live_catalogue(self._storage, layout)

        changed = await self._hub.relay(
            remade, lambda epoch, aisles: layout_message(layout, epoch, aisles)
        )
        self._served = served
        self._assets.update(served.assets)
        log.info("the edited store is live", version=layout.version[:16], aisles=list(changed))


def _only_what_may_change(before: StoreLayout, after: StoreLayout) -> None:
    """Refuse what those inside were told once and for all.

    Raises:
        Failure: says to start the server again.
    """
    for name in ("currency", "locale"):
        if getattr(before.store, name) != getattr(after.store, name):
            raise Failure(f"store.toml: another {name} needs the server to be started again")
