"""Cooked models over HTTP into a folder on disk, each named by the hash of its bytes."""

import asyncio
import contextlib
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

import httpx
import msgspec

from catalog_sync.model.failure import Failure
from catalog_sync.transport.client import is_loopback
from catalog_sync.wire.limits import RECONNECT_WAIT_FIRST_S, RECONNECT_WAIT_MAX_S
from store_scenes.models.cooked import SUFFIX, cooked_name

ASSET_BYTES_MAX = 256 * 1024 * 1024
CACHE_BYTES_MAX = 4 * 1024**3
DOWNLOADS_AT_ONCE = 4
TRIES_DAMAGED_MAX = 3
READ_WAIT_S = 30.0
WHOLE_NAME = "whole.json"
WHOLE_BYTES_MAX = 32 * 1024 * 1024
USED_EVERY_S = 24 * 3600.0
"""How exactly it is known when an asset was used last, which only the pruner asks."""
_DIGEST = re.compile(r"[0-9a-f]{64}")

Stamp = tuple[int, int]
"""A file's size and when it was last written, ns."""


class DamagedError(Exception):
    """The bytes that came are not those that were asked for."""


class AssetCache:
    """Assets of the server at `server_url`, kept in `folder` between runs.

    A file is believed only when its SHA-256 is its name, so a torn or foreign one is fetched anew.
    One that was read back from the disk and found whole is not read again while nobody writes it:
    500 models of half a megabyte take 0.3 s to hash and 4 ms to look at.
    """

    def __init__(self, folder: Path, server_url: str) -> None:
        self._folder = folder
        self._whole: dict[str, Stamp] = {}  # by file name
        self._found = False  # whether there are more of them than are kept on disk
        self._server_url = server_url.rstrip("/")

    def path(self, digest: str) -> Path:
        """Where the asset lies once fetched.

        Raises:
            Failure: `digest` is not a SHA-256 in lower-case hexadecimal.
        """
        if not _DIGEST.fullmatch(digest):
            raise Failure(f"The shop names a model {digest[:80]!r}, which is not a SHA-256 digest.")
        return self._folder / cooked_name(digest)

    async def fetch_all(self, digests: Iterable[str], progress: Callable[[int, int], None]) -> None:
        """Have every asset on disk; waits and tries again while the server is away.

        Raises:
            Failure: the server does not have one, or sends other bytes than it should.
        """
        wanted = sorted(set(digests))
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Failure(
                f"Cannot make the cache folder {self._folder} ({error.strerror or error}): "
                "make its parent writable."
            ) from error
        gate = asyncio.Semaphore(DOWNLOADS_AT_ONCE)
        unsure = await asyncio.to_thread(self._unsure, wanted)
        done = len(wanted) - len(unsure)
        if done:
            progress(done, len(wanted))
        failure: BaseException | None = None

        async def fetch(digest: str) -> None:
            nonlocal done
            async with gate:
                await self._fetch(client, digest)
            done += 1
            progress(done, len(wanted))

        try:
            async with (
                httpx.AsyncClient(
                    timeout=READ_WAIT_S, trust_env=not is_loopback(self._server_url)
                ) as client,
                asyncio.TaskGroup() as group,
            ):
                for digest in unsure:
                    group.create_task(fetch(digest))
        except* Failure as failures:
            failure = failures.exceptions[0]  # one sentence is enough
        if failure is not None:
            raise failure
        await asyncio.to_thread(self._prune, {self.path(digest) for digest in wanted})
        if self._found:
            await asyncio.to_thread(self._keep_stamps)

    async def _fetch(self, client: httpx.AsyncClient, digest: str) -> None:
        path = self.path(digest)
        if await asyncio.to_thread(_is_whole, path, digest):
            with contextlib.suppress(OSError):
                os.utime(path)  # the pruner keeps what was used last
                self._whole[path.name] = _stamp(path)
                self._found = True
            return
        wait_s = RECONNECT_WAIT_FIRST_S
        damaged = 0
        while True:
            try:
                await self._download(client, digest, path)
            except DamagedError as error:
                damaged += 1
                if damaged >= TRIES_DAMAGED_MAX:
                    raise Failure(
                        f"The shop sends a damaged model {digest[:12]} ({error}): tell "
                        "its operator."
                    ) from error
            except httpx.TransportError:
                pass  # the server is away; the live connection says so to the shopper
            else:
                return
            await asyncio.sleep(wait_s)
            wait_s = min(RECONNECT_WAIT_MAX_S, wait_s * 2)

    async def _download(self, client: httpx.AsyncClient, digest: str, path: Path) -> None:
        async with client.stream("GET", f"{self._server_url}/assets/{digest}") as response:
            if response.status_code >= 500:
                raise httpx.RemoteProtocolError(f"HTTP {response.status_code}")
            if response.status_code != 200:
                raise Failure(
                    f"The shop does not have the model {digest[:12]} that its catalogue names "
                    f"(HTTP {response.status_code}): its operator must cook and publish again."
                )
            descriptor, temporary = tempfile.mkstemp(prefix=".part-", dir=self._folder)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    await _receive(response, file, digest)
                os.replace(temporary, path)  # noqa: PTH105 - a rename, not worth a thread
            except OSError as error:
                raise Failure(
                    f"Cannot keep a model in {self._folder} ({error.strerror or error}): "
                    "make room or make it writable."
                ) from error
            finally:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(temporary)  # noqa: PTH108 - as above

    def _unsure(self, wanted: Iterable[str]) -> list[str]:
        """Those of `wanted` that are not known to lie here whole."""
        try:
            with (self._folder / WHOLE_NAME).open("rb") as file:
                raw = file.read(WHOLE_BYTES_MAX)
            self._whole = msgspec.json.decode(raw, type=dict[str, Stamp])
        except (OSError, ValueError, RecursionError):
            self._whole = {}  # everything is hashed once more
        unsure, now_s = [], time.time()
        for digest in wanted:
            path = self.path(digest)
            try:
                stamp = _stamp(path)
            except OSError:
                stamp = None
            old = stamp is not None and now_s - stamp[1] / 1e9 > USED_EVERY_S
            if stamp is None or self._whole.get(path.name) != stamp or old:
                unsure.append(digest)
        return unsure

    def _keep_stamps(self) -> None:
        """For the next run; another client that does so at the same time costs a hash at most."""
        self._found = False
        there = {
            name: stamp for name, stamp in self._whole.items() if (self._folder / name).exists()
        }
        with contextlib.suppress(OSError):
            descriptor, temporary = tempfile.mkstemp(prefix=".part-", dir=self._folder)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(msgspec.json.encode(there))
                Path(temporary).replace(self._folder / WHOLE_NAME)
            finally:
                Path(temporary).unlink(missing_ok=True)

    def _prune(self, needed: set[Path]) -> None:
        """Delete the longest unused assets beyond `CACHE_BYTES_MAX`."""
        with contextlib.suppress(OSError):  # another client may prune at the same time
            for old in self._folder.glob("*.npz"):  # of versions before
                old.unlink(missing_ok=True)
            found = self._folder.glob(f"*{SUFFIX}")
            files = [(p.stat().st_mtime, p.stat().st_size, p) for p in found]
            total = sum(size for _, size, _ in files)
            for _, size, path in sorted(files):
                if total <= CACHE_BYTES_MAX:
                    break
                if path not in needed:
                    path.unlink(missing_ok=True)
                    total -= size


async def _receive(response: httpx.Response, file: BinaryIO, digest: str) -> None:
    found, size_bytes = hashlib.sha256(), 0
    async for chunk in response.aiter_bytes():
        size_bytes += len(chunk)
        if size_bytes > ASSET_BYTES_MAX:
            raise DamagedError(f"more than {ASSET_BYTES_MAX >> 20} MiB")
        found.update(chunk)
        file.write(chunk)
    if found.hexdigest() != digest:
        raise DamagedError(f"its bytes hash to {found.hexdigest()[:12]}")


def _stamp(path: Path) -> Stamp:
    status = path.stat()
    return status.st_size, status.st_mtime_ns


def _is_whole(path: Path, digest: str) -> bool:
    try:
        if path.stat().st_size > ASSET_BYTES_MAX:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest
    except OSError:
        return False
