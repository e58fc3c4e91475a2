r"""What a cart op costs the server, and how long its acknowledgement takes, over real websockets.

The baseline is `baseline_sync.py`, the least server that keeps a cart durably; the two are measured
in turns in the same run, so that the ratio means something on any machine. Each is a process of its
own, asked for its CPU time (all threads) before and after. Every shopper does one op each
`--gap-ms`, so neither server is saturated unless N is large. A figure is the median over rounds.

    python benchmarks/sync.py [--json] [--shoppers N] [--ops N] [--gap-ms MS] [--rounds N]
"""

import argparse
import asyncio
import json
import multiprocessing
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import baseline_sync
from websockets.asyncio.client import ClientConnection, connect

from catalog_sync.wire.codec import decode_server, encode
from catalog_sync.wire.limits import LIVE_PATH, OPS_IN_FLIGHT_MAX, PROTOCOL_VERSION
from catalog_sync.wire.messages import Ack, AddItem, Hello, Layout, Op

SKU = "TEA"
STORE = """\
schema = 1
id = "bench"
names = { en = "Bench" }
locale = "en-US"
currency = "USD"
catalog = "catalog.csv"
floor = { width_mm = 4000, depth_mm = 4000 }
aisles = [{ id = "one", names = { en = "One" } }]

[[fixtures]]
id = "table"
type = "table"
aisle = "one"
x_mm = 0
z_mm = -1000
planograms = ["top"]
"""
PLANOGRAM = """\
name = "top"
width_mm = 1200
shelves = [{ height_mm = 750, positions = [{ sku = "TEA" }] }]
"""
CATALOG = """\
sku,name_en,brand,category,price,stock,package,width_mm,height_mm,depth_mm
TEA,Barley tea,Brand,tea,1.50,90000,box,80,120,60
"""
START_WAIT_S = 60.0
ROUND_WAIT_S = 300.0


# ---------------------------------------------------------------- the two servers


def shop_process(pipe: Connection, folder: Path) -> None:
    """The shop as `endcap serve` opens it, on a new database."""
    from server.serving import Opening, listen, serve
    from server.store_folder import StoreFolder

    (folder / "planograms").mkdir(parents=True)
    (folder / "store.toml").write_text(STORE, encoding="utf-8")
    (folder / "planograms" / "top.toml").write_text(PLANOGRAM, encoding="utf-8")
    (folder / "catalog.csv").write_text(CATALOG, encoding="utf-8")
    store = StoreFolder(folder)
    served = store.served(store.layout())
    listener = listen("127.0.0.1", 0)
    opening = Opening(store, served, folder / "shop.sqlite", "", listener)
    asyncio.run(serve(opening, lambda url: answer_cpu_time(pipe, url.replace("http", "ws", 1))))


def baseline_process(pipe: Connection, folder: Path) -> None:
    """The least server that keeps a cart."""
    baseline_sync.run(folder, lambda url: answer_cpu_time(pipe, url))


def answer_cpu_time(pipe: Connection, url: str) -> None:
    """Say the address, then this process's CPU seconds whenever asked."""

    def answer() -> None:
        pipe.send(url)
        while pipe.recv():
            pipe.send(time.process_time())

    threading.Thread(target=answer, daemon=True).start()


class Server:
    """One of the two as a child process."""

    def __init__(self, target: Callable[[Connection, Path], None], folder: Path) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=target, args=(theirs, folder), daemon=True)
        self._process.start()
        if not self._pipe.poll(START_WAIT_S):
            raise SystemExit(f"{target.__name__} did not start in {START_WAIT_S:.0f} s")
        self.url = self._pipe.recv() + LIVE_PATH

    def cpu_s(self) -> float:
        """CPU seconds so far, all threads."""
        self._pipe.send(True)
        return float(self._pipe.recv())

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.join()


# ---------------------------------------------------------------- the shoppers


@dataclass(frozen=True)
class Round:
    """One round at one server: CPU seconds of the server, and seconds from each op to its ack."""

    cpu_s: float
    waits_s: list[float]


async def play(server: Server, shoppers: int, ops: int, gap_s: float) -> Round:
    """All shoppers come, then each does `ops` ops, `gap_s` from one to the next."""
    connections = await asyncio.gather(*(arrive(server.url) for _ in range(shoppers)))
    try:
        before_s = server.cpu_s()
        start = time.perf_counter() + gap_s
        waits = await asyncio.gather(
            *(
                shop(connection, ops, start + gap_s * number / shoppers, gap_s)
                for number, connection in enumerate(connections)
            )
        )
        cpu_s = server.cpu_s() - before_s
    finally:
        await asyncio.gather(*(connection.close() for connection in connections))
    return Round(cpu_s, [wait for one in waits for wait in one])


async def arrive(url: str) -> ClientConnection:
    """A new shopper who was told everything."""
    connection = await connect(url, compression=None, proxy=None, ping_interval=None)
    await connection.send(encode(Hello("", PROTOCOL_VERSION, "bench")))
    await hear(connection, Layout)
    return connection


async def shop(connection: ClientConnection, ops: int, start: float, gap_s: float) -> list[float]:
    """Puts one in and takes it out again; seconds from each op to its acknowledgement."""
    waits = []
    for number in range(ops):
        await asyncio.sleep(max(0.0, start + number * gap_s - time.perf_counter()))
        op = Op(f"op-{number:04}", AddItem(SKU, -1 if number % 2 else 1))
        before = time.perf_counter()
        await connection.send(encode(op))
        ack = await hear(connection, Ack)
        waits.append(time.perf_counter() - before)
        assert isinstance(ack, Ack) and ack.ok, ack  # noqa: PT018 - one sentence
    return waits


async def hear(connection: ClientConnection, kind: type) -> object:
    """The next message of this kind."""
    while True:
        message = decode_server(await connection.recv(decode=False))
        if isinstance(message, kind):
            return message


# ---------------------------------------------------------------- the report


def summary(rounds: list[Round]) -> dict[str, float]:
    """Medians over the rounds."""
    ops = len(rounds[0].waits_s)
    p95 = [statistics.quantiles(one.waits_s, n=20)[-1] for one in rounds]
    return {
        "cpu_us_per_op": round(1e6 * statistics.median(one.cpu_s for one in rounds) / ops, 1),
        "ack_median_ms": round(
            1e3 * statistics.median(statistics.median(one.waits_s) for one in rounds), 3
        ),
        "ack_p95_ms": round(1e3 * statistics.median(p95), 3),
    }


def measured(arguments: argparse.Namespace) -> dict[str, dict[str, float]]:
    """Both servers and their ratio, in turns; the first round of each only warms up."""
    with tempfile.TemporaryDirectory() as folder:
        servers: list[Server] = []
        try:
            servers.append(Server(shop_process, Path(folder) / "shop"))
            servers.append(Server(baseline_process, Path(folder) / "baseline"))
            rounds: list[list[Round]] = [[], []]
            for _ in range(arguments.rounds + 1):
                for server, results in zip(servers, rounds, strict=True):
                    work = play(server, arguments.shoppers, arguments.ops, arguments.gap_ms / 1000)
                    results.append(asyncio.run(asyncio.wait_for(work, ROUND_WAIT_S)))
        finally:
            for server in servers:
                server.stop()
    ours, bare = (summary(results[1:]) for results in rounds)
    return {
        "shop": ours,
        "baseline": bare,
        "ratio": {name: round(ours[name] / bare[name], 2) for name in ours},
    }


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--shoppers", type=int, default=40)
    parser.add_argument("--ops", type=int, default=50, help=f"2 to {OPS_IN_FLIGHT_MAX - 2}")
    parser.add_argument("--gap-ms", type=float, default=100.0)
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    if not 2 <= arguments.ops <= OPS_IN_FLIGHT_MAX - 2:  # more at once is slowed down on purpose
        parser.error(f"--ops is 2 to {OPS_IN_FLIGHT_MAX - 2}")
    if arguments.shoppers < 1 or arguments.rounds < 1 or arguments.gap_ms < 0:
        parser.error("--shoppers and --rounds are at least 1, --gap-ms at least 0")
    report = measured(arguments)
    if arguments.json:
        asked = ("shoppers", "ops", "gap_ms", "rounds")
        said = {name: getattr(arguments, name) for name in asked}
        print(json.dumps({"benchmark": "sync", "schema": 1} | said | report, indent=2))
        return
    print(
        f"{arguments.shoppers} shoppers, an op each {arguments.gap_ms:g} ms, "
        f"{arguments.rounds} rounds of {arguments.ops} ops"
    )
    for name, unit in (("cpu_us_per_op", "us"), ("ack_median_ms", "ms"), ("ack_p95_ms", "ms")):
        shop_value, bare_value, ratio = (report[k][name] for k in ("shop", "baseline", "ratio"))
        print(f"{name}: {shop_value} {unit}, {ratio} times the baseline ({bare_value} {unit})")


if __name__ == "__main__":
    main()
