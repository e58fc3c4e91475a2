"""The shops of the frame benchmark: their servers, who leads from one to the other, and prices.

Everything here runs in processes of its own, and off the core that the frame loop has to itself.
"""

import asyncio
import contextlib
import csv
import itertools
import json
import multiprocessing
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from decimal import Decimal
from multiprocessing.connection import Connection
from pathlib import Path

WAIT_S = 600.0
CONNECTIONS = 16
FRESH_PRICES = itertools.count(0, 100_003)  # what the next to change prices counts on from
ALL_CORES = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set[int]()


@contextlib.contextmanager
def elsewhere() -> Iterator[None]:
    """Whoever is started inside stays off the last core: that is the loop's own.

    Otherwise servers, relay and worker throw the loop's data out of that core's cache between two
    frames, and its figures are theirs. Where cores cannot be chosen, everything is everywhere.
    """
    if len(ALL_CORES) < 2:
        yield
        return
    os.sched_setaffinity(0, ALL_CORES - {max(ALL_CORES)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, {max(ALL_CORES)})


class Shop:
    """One `endcap serve` on a folder and a database of its own, until it is closed.

    Everything in it is so many cents dearer than in `store`.
    """

    def __init__(self, store: Path, folder: Path, cents: int) -> None:
        self.folder = folder
        shutil.copytree(store, folder, ignore=shutil.ignore_patterns(".endcap"))
        _make_dearer(folder / "catalog.csv", cents)
        script = Path(sys.executable).with_name("endcap")
        self._process = subprocess.Popen(
            [str(script), "serve", str(folder), "--port", "0"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        output = self._process.stdout
        assert output is not None
        found = next(
            (seen for line in output if (seen := re.search(r"http://\S+:(\d+)", line))), None
        )
        if found is None:
            raise SystemExit("the server did not start")
        self.port = int(found[1])
        threading.Thread(target=output.read, daemon=True).start()

    @property
    def token_file(self) -> Path:
        """Who may change its prices."""
        return self.folder / ".endcap" / "operator.token"

    def close(self) -> None:
        """End it as a power cut does."""
        self._process.kill()
        self._process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def _make_dearer(catalog: Path, cents: int) -> None:
    with catalog.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        for column in ("price", "was_price"):
            if row[column]:
                row[column] = str(Decimal(row[column]) + Decimal(cents) / 100)
    with catalog.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


class Relay:
    """One address that leads to one shop after the other: who was with the first is cut off.

    It runs in a process of its own, as a shop behind a proxy does.
    """

    def __init__(self, port: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=relay, args=(theirs,), daemon=True)
        self._process.start()
        self.port = int(self._pipe.recv())
        self.lead_to(port)

    def lead_to(self, port: int) -> None:
        """From now on to this one."""
        self._pipe.send(port)

    def close(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.join()


def relay(pipe: Connection) -> None:
    """A relay's process: says its port, then reads where to lead."""
    asyncio.run(_relay(pipe))


async def _relay(pipe: Connection) -> None:
    goal: list[int] = [0]
    open_now: set[asyncio.StreamWriter] = set()

    async def copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                writer.write(data)
                await writer.drain()
        writer.close()

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            theirs, ours = await asyncio.open_connection("127.0.0.1", goal[0])
        except OSError:
            writer.close()
            return
        both = {writer, ours}
        open_now.update(both)
        await asyncio.gather(copy(reader, ours), copy(theirs, writer))
        open_now.difference_update(both)

    server = await asyncio.start_server(meet, "127.0.0.1", 0)
    pipe.send(server.sockets[0].getsockname()[1])
    loop = asyncio.get_running_loop()
    while True:
        goal[0] = await loop.run_in_executor(None, pipe.recv)
        for writer in list(open_now):
            writer.transport.abort()


def reprice(
    port: int, token_file: Path, skus: list[str], rate: int, seconds: float, number: int
) -> None:
    """Change prices at the operator's address, `rate` a second for so long.

    Runs in a process of its own. From another `number` on they are other prices: one that is
    as before is no news to anybody.
    """
    lines: list[socket.socket] = []
    begun = since = time.monotonic()
    sent = 0
    while time.monotonic() < begun + seconds:
        if int((time.monotonic() - since) * rate) - sent < CONNECTIONS:
            time.sleep(0.002)
            continue
        try:
            token = token_file.read_text(encoding="ascii").strip()
            while len(lines) < CONNECTIONS:
                lines.append(socket.create_connection(("127.0.0.1", port), WAIT_S))
            for line in lines:
                number, sent = number + 1, sent + 1
                line.sendall(_price_request(token, skus[number * 7919 % len(skus)], number))
            for line in lines:
                _read_answer(line)
        except OSError:
            for line in lines:
                line.close()
            lines, since, sent = [], time.monotonic(), 0
            time.sleep(0.05)


def _read_answer(line: socket.socket) -> None:
    """Wait for a whole answer; ConnectionError when it is not a good one."""
    answer = b""
    while (end := answer.find(b"\r\n\r\n")) < 0 or len(answer) < end + 4 + _length(answer):
        part = line.recv(65536)
        if not part:
            raise ConnectionError
        answer += part
    if not answer.startswith(b"HTTP/1.1 200"):
        raise ConnectionError(answer)


def _length(answer: bytes) -> int:
    found = re.search(rb"content-length: (\d+)", answer, re.IGNORECASE)
    return int(found[1]) if found else 0


def _price_request(token: str, sku: str, number: int) -> bytes:
    body = json.dumps({"sku": sku, "amount": f"{1 + number % 997 / 100:.2f}"})
    head = (
        f"POST /api/shop/price HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return (head + body).encode()


@contextlib.contextmanager
def prices_change(shop: Shop, skus: list[str], rate: int, seconds: float) -> Iterator[None]:
    """At `shop`, for so long; it begins once they do."""
    child = multiprocessing.get_context("spawn").Process(
        target=reprice, args=(shop.port, shop.token_file, skus, rate, seconds, next(FRESH_PRICES)),
        daemon=True,
    )  # fmt: skip
    with elsewhere():
        child.start()
    yield
    child.join()
