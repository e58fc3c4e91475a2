r"""What a frame of the client costs in Python while the shop is talking, and while it is silent.

A store of 10,000 products and 50,000 facings from a real `endcap serve`, the client's own sync
worker in its process, and the whole frame loop: somebody walks the aisles, points and opens cards.
Eyes have 8×8 pixels, and the OpenGL calls that make pixels do nothing, as in `render.py`: software
OpenGL would work through the vertices inside them, which is a GPU's work.

Short blocks of frames take turns. Prices change at a server all the time: in a `silent` block at
one that the client is not connected to, so that the computer has as much to do; in a `deltas` block
at its own. In a `snapshot` block the other server takes its own one's place: it does not know the
shopper and tells all its products, each at another price, and prices move on top. A frame's figure
is the CPU time of the loop's own thread, which has a core to itself; a ratio is that of a block to
the silence right before it, the middle one of all rounds. Exits with 1 when sync makes the loop
more than 1.3 times as dear.

    python benchmarks/frame.py [--json] [--rounds N] [--seconds S] [--products N] [--rate N]
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parent))
from frame_shop import WAIT_S, Relay, Shop, elsewhere, prices_change
from render import open_context
from render_store import catalogue

from store_scenes.planning.plan import PlanOptions, plan_store
from store_scenes.planning.write import write_store
from vr_client.app import App
from vr_client.assemble import Setup, furnish
from vr_client.frame_loop import keep_what_stays, run_frame
from vr_client.headset.backend import HandState
from vr_client.headset.backends.scripted import ScriptedBackend, ScriptFrame
from vr_client.interact.rig import WALK_M_PER_S
from vr_client.interact.tour import STOPS_MAX, Ground, plan_tour
from vr_client.labels.draw import draw_label
from vr_client.memory import keep_memory
from vr_client.net.handle import SyncWorker
from vr_client.render.labels_pass import NEAR_LABELS
from vr_client.render.renderer import NEAR_ART, Renderer
from vr_client.space.pose import pose
from vr_client.state.events import NetEvent, PricesChanged, ProductsLoaded

FACINGS_A_PRODUCT = 5
FPS = 90.0
SIDE_PX = 8
BEFORE_S = 1.5
LOOK_ASIDE_DEG = 55.0
REST_S_MIN = 0.002
RATIO_MAX = 1.3
KINDS = ("silent", "deltas", "snapshot")
ROUND = ("silent", "deltas", "silent", "snapshot")  # each beside a silence of its own


# ---------------------------------------------------------------- the client


class Heard:
    """The sync worker, and how much it told."""

    def __init__(self, worker: SyncWorker) -> None:
        self._worker = worker
        self._told: list[NetEvent] = []
        self.prices = 0
        self.seen: set[str] = set()
        """Of which products anything was told since somebody cleared it."""

    def poll(self, limit: int = 64) -> list[NetEvent]:
        """What came."""
        self._told = self._worker.poll(limit)
        return self._told

    def count(self) -> None:
        """Count what came; between two frames, for it is no part of them."""
        for event in self._told:
            if isinstance(event, PricesChanged):
                self.prices += len(event.changes)
                self.seen.update(change.sku for change in event.changes)
            elif isinstance(event, ProductsLoaded):
                self.seen.update(product.sku for product in event.products)
        self._told = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._worker, name)


def shopper(index: int, heading_deg: float) -> ScriptFrame:
    """Somebody who walks on as `heading_deg` says, looks to both sides, points and opens cards.

    The stick moves them where they are going and not where they look.
    """
    time_s = index / FPS
    aside_deg = LOOK_ASIDE_DEG * np.sin(1.3 * time_s)
    yaw_deg = heading_deg + aside_deg
    head = pose((0.0, 1.6, 0.0), yaw_deg, -8.0 + 6.0 * np.sin(0.7 * time_s))
    ahead = float(np.cos(np.radians(aside_deg))), float(np.sin(np.radians(aside_deg)))
    body = pose((0.0, 0.0, 0.0), yaw_deg)
    hands = (
        HandState(
            body @ pose((-0.25, 1.2, -0.3), 40.0 * np.sin(0.9 * time_s)), move=(ahead[1], ahead[0])
        ),
        HandState(
            body @ pose((0.25, 1.2, -0.3), 30.0 * np.sin(0.5 * time_s), 4.0 + 6.0 * np.sin(time_s)),
            select=index % 130 == 0,
        ),
    )
    return ScriptFrame(head, hands, (SIDE_PX, SIDE_PX))


def tour_of(app: App) -> list[ScriptFrame]:
    """A walk from the entrance through every aisle from end to end, and through all again."""
    ways = app.feet.ways
    assert ways is not None
    rig = app.feet.rig
    ends = [end for aisle in ways.plan.aisles for end in (aisle.start, aisle.end)][:STOPS_MAX]
    tour = plan_tour(Ground(ways.footprints, ways.room), (rig.x, rig.z), ends)
    corners = np.array(tour.path)
    legs = np.diff(corners, axis=0)
    lengths = np.hypot(*legs.T)
    steps = np.arange(0.0, lengths.sum(), WALK_M_PER_S / FPS)
    leg = np.searchsorted(np.cumsum(lengths), steps, side="right")
    headings = np.degrees(np.arctan2(-legs[leg, 0], -legs[leg, 1])) - rig.yaw_deg
    return [shopper(index, heading) for index, heading in enumerate(headings.tolist())]


def client(headset: ScriptedBackend, heard: Heard) -> App:
    """As for a headset and a GPU; `build_app` would let each frame bring more for a CPU's sake."""
    renderer = Renderer(
        open_context(drawing=False, ordinary=False), samples=1, slots=(NEAR_ART, NEAR_LABELS)
    )
    setup = Setup("headset", 1, renderer.label_slots, renderer.art_slots, 1, at_entrance=True)
    return furnish(headset, heard, renderer, setup, draw_label)


class Walk:
    """The same walk in every block. Made before: a real headset has its poses from elsewhere."""

    def __init__(self) -> None:
        self._moments = [ScriptFrame(pose((0.0, 1.6, 0.0)), (), (SIDE_PX, SIDE_PX))]
        self._next = 0

    def lead(self, moments: list[ScriptFrame]) -> None:
        """These from now on; before that nobody moves."""
        self._moments = moments
        self.begin()

    def begin(self) -> None:
        """From its first step again."""
        self._next = 0

    def __call__(self, index: int, time_s: float) -> ScriptFrame:
        """The next moment, whatever the headset counts; the last one lasts."""
        del index, time_s
        self._next += 1
        return self._moments[min(self._next, len(self._moments)) - 1]


@dataclass
class Block:
    """The frames of one block: CPU seconds of the loop's thread, and seconds passed."""

    cpu: list[float] = field(default_factory=list)
    wall: list[float] = field(default_factory=list)
    prices: int = 0
    products: int = 0
    seconds: float = 0.0


def frames(app: App, heard: Heard, seconds: float, until: int = 0) -> Block:
    """At the pace of a headset, for so long, and until so many products were told of."""
    block = Block()
    prices = heard.prices
    heard.seen.clear()
    begun = time.perf_counter()
    while (now := time.perf_counter()) < begun + seconds or len(heard.seen) < until:
        if now > begun + WAIT_S:
            raise SystemExit(f"only {len(heard.seen):,} products were told of")
        cpu = time.thread_time()
        if not run_frame(app):
            raise SystemExit("the client ended")
        app.keep_pictures()
        block.cpu.append(time.thread_time() - cpu)
        block.wall.append(time.perf_counter() - now)
        heard.count()
        time.sleep(max(REST_S_MIN, 1.0 / FPS - block.wall[-1]))
    block.prices, block.products = heard.prices - prices, len(heard.seen)
    block.seconds = time.perf_counter() - begun
    return block


def settle(app: App, heard: Heard) -> None:
    """Until the store is there and all labels are drawn."""
    end = time.monotonic() + WAIT_S
    while app.to_come != 0 or not app.state.connected:
        if time.monotonic() > end:
            raise SystemExit(f"the store was not there in {WAIT_S:.0f} s: {app.state.progress}")
        frames(app, heard, 0.5)


def measure(keep: Path, asked: argparse.Namespace) -> dict[str, Any]:
    """All rounds on one store."""
    products = catalogue(asked.products)
    options = PlanOptions(
        names={"en": "Benchmark"}, locale="en-US", currency="USD",
        target_facings=FACINGS_A_PRODUCT * asked.products,
    )  # fmt: skip
    planned = plan_store(products, options)
    folder = keep / "store"
    shutil.rmtree(folder, ignore_errors=True)
    write_store(folder, planned, products, comment="For a benchmark.")
    skus = [product.sku for product in products]
    with elsewhere():
        shops = [Shop(folder, keep / f"shop-{number}", number) for number in (0, 1)]
        relay = Relay(shops[0].port)
    worker = SyncWorker(f"http://127.0.0.1:{relay.port}", keep / "shopper.token", keep / "cache")
    blocks: dict[str, list[Block]] = {name: [] for name in KINDS}
    keep_memory()
    try:
        with elsewhere():
            worker.start()
        walk = Walk()
        headset = ScriptedBackend(walk, step_s=1.0 / FPS)
        headset.open()
        heard = Heard(worker)
        app = client(headset, heard)
        settle(app, heard)
        keep_what_stays()
        home = app.feet.rig
        walk.lead(tour_of(app))
        frames(app, heard, asked.seconds)  # everything on the way is there from now on
        for number in range(asked.rounds):
            for name in ROUND:
                ours, other = shops
                busy = ours if name == "deltas" else other
                with prices_change(busy, skus, asked.rate, BEFORE_S + asked.seconds + 1.0):
                    frames(app, heard, BEFORE_S)  # until prices come, and none of them waits
                    if name == "snapshot":
                        relay.lead_to(other.port)
                    most = len(skus) if name == "snapshot" else 0
                    app.feet.rig = home
                    walk.begin()
                    blocks[name].append(frames(app, heard, asked.seconds, most))
                settle(app, heard)
            ours.close()
            with elsewhere():
                shops = [other, Shop(folder, keep / f"shop-{number + 2}", number + 2)]
            settle(app, heard)
    finally:
        worker.close()
        relay.close()
        for shop in shops:
            shop.close()
    return {
        "products": len(products),
        "facings": planned.facings,
        **{name: _figures(of_kind) for name, of_kind in blocks.items()},
        "to_silent": {
            name: _ratios(blocks[name], blocks["silent"][number::2])
            for number, name in enumerate(KINDS[1:])
        },
    }


def _ratios(blocks: list[Block], silent: list[Block]) -> dict[str, float]:
    """Of each block to the silence right before it; the middle one of all rounds.

    A computer that is one of many on its host is half as fast in one minute as in the next.
    """
    ratios = {
        name: [of(a) / of(b) for a, b in zip(blocks, silent, strict=True)]
        for name, of in OF.items()
    }
    return {name: float(np.median(found)) for name, found in ratios.items()}


OF: dict[str, Callable[[Block], float]] = {
    "median": lambda block: float(np.median(block.cpu)) * 1e3,
    "mean": lambda block: float(np.mean(block.cpu)) * 1e3,
    "p99": lambda block: float(np.quantile(block.cpu, 0.99)) * 1e3,
}


def _figures(blocks: list[Block]) -> dict[str, float]:
    cpu = np.concatenate([block.cpu for block in blocks]) * 1e3
    wall = np.concatenate([block.wall for block in blocks]) * 1e3
    seconds = sum(block.seconds for block in blocks)
    return {
        "frames": len(cpu),
        "cpu_median_ms": float(np.median(cpu)),
        "cpu_mean_ms": float(cpu.mean()),
        "cpu_p99_ms": float(np.quantile(cpu, 0.99)),
        "calmest_median_ms": min(OF["median"](block) for block in blocks),
        "calmest_p99_ms": min(OF["p99"](block) for block in blocks),
        "wall_median_ms": float(np.median(wall)),
        "wall_p99_ms": float(np.quantile(wall, 0.99)),
        "prices_a_second": sum(block.prices for block in blocks) / seconds,
        "products": sum(block.products for block in blocks) / len(blocks),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--products", type=int, default=10_000)
    parser.add_argument("--rate", type=int, default=500, help="prices a second")
    parser.add_argument("--keep", type=Path, help="folder to leave the store and its cache in")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as fresh:
        figures = measure(asked.keep or Path(fresh), asked)
    worst = max(figures["to_silent"][name][of] for name in KINDS[1:] for of in ("median", "mean"))
    if asked.json:
        print(json.dumps(figures, indent=2))
    else:
        print(f"{figures['products']:,} products, {figures['facings']:,} facings")
        for name in KINDS:
            told = figures[name] | {
                f"{of}_to_silent": ratio for of, ratio in figures["to_silent"].get(name, {}).items()
            }
            print(f"{name:9}", *(f"{key} {value:,.2f}" for key, value in told.items()))
    raise SystemExit(1 if worst > RATIO_MAX else 0)


if __name__ == "__main__":
    main()
