r"""What a recording costs the frame loop, and how large it gets.

Two clients of one made-up store take turns, block by block: one is recorded, the other is not.
Neither draws, so that nothing hides the cost. Each frame has two eyes and two hands that move;
every tenth brings prices, and near art comes as it does from the sync worker.

    python benchmarks/recording.py [--json] [--blocks N] [--frames N] [--products N]
    python benchmarks/recording.py --weigh FILE.rec [--json]

The second says what fills a recording, kind by kind, in bytes: as they came, packed by zstd as they
lie (level 3, as recordings of schema 1 were), and in the file.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import zstandard

sys.path.insert(0, str(Path(__file__).parent))
from render_store import catalogue, compiled

from catalog_sync.model.cart import Cart
from catalog_sync.model.product import PriceChange
from vr_client.app import App
from vr_client.assemble import Setup, furnish
from vr_client.frame_loop import run_frame
from vr_client.headset.backend import HandState
from vr_client.headset.backends.scripted import ScriptedBackend, ScriptFrame
from vr_client.replay.camera import Undrawn
from vr_client.replay.container import Reader
from vr_client.replay.digest import bytes_of
from vr_client.replay.player import no_label
from vr_client.replay.recorder import Recorder
from vr_client.replay.recording import Recording, survey
from vr_client.replay.table import SCENE, decode_frame, decode_scene
from vr_client.space.pose import pose
from vr_client.state.events import CartChanged, Connected, PricesChanged, ProductsLoaded, SceneReady

SETUP = Setup("headset", 1, 400, 256, 4, at_entrance=True)
REST_S = 0.004
"""Between frames, as a headset's compositor waits: there the recorder's thread has its turn."""

SETTLE_FRAMES = 400


class Shop:
    """Everything at once, then a price every tenth frame; near art in one ring."""

    def __init__(self, products: Any, scene: Any) -> None:
        self._products = products
        self._told: list[Any] = [Connected("Benchmark", "USD", "en_US")]
        self._told += [
            ProductsLoaded("a", products[first : first + 32])
            for first in range(0, len(products), 32)
        ]
        self._told += [CartChanged(Cart(1, "USD")), SceneReady(scene)]
        self._asked: list[bytes] = []
        self._ring = np.random.default_rng(3).integers(0, 8, (512, 512, 4), dtype=np.uint8)
        self._frame = 0

    def send(self, intent: Any) -> None:
        """Nobody presses anything."""

    def poll(self, limit: int = 64) -> list[Any]:
        """Everything, then prices."""
        del limit
        self._frame += 1
        if self._told:
            told, self._told = self._told[:2], self._told[2:]
            return told
        if self._frame % 10:
            return []
        product = self._products[self._frame % len(self._products)]
        return [PricesChanged((PriceChange(product.sku, product.price, self._frame),))]

    def ask(self, question: Any) -> None:
        """Nobody has a list."""

    def want_art(self, key: bytes, sku: str) -> None:
        """It comes with the next frame."""
        del sku
        self._asked.append(key)

    def take_art(self, limit: int) -> list[tuple[bytes, Any]]:
        """One a frame, each another picture."""
        taken, self._asked = self._asked[: min(1, limit)], self._asked[1:]
        for _ in taken:
            self._ring[:, :, 0] = self._frame % 256
        return [(key, self._ring.copy()) for key in taken]


class Numbered(Undrawn):
    """Draws nothing; each view has a number, as the scripted headset wants."""

    def draw(self, packet: Any) -> tuple[int, ...]:
        """No pictures."""
        return tuple(range(1, len(packet.views) + 1))


def script(index: int, time_s: float) -> ScriptFrame:
    """Somebody who walks and looks around."""
    head = pose((0.0, 1.6, 0.0), 30.0 * np.sin(time_s), -10.0)
    hands = tuple(HandState(pose((x, 1.2, -0.3), 10.0 * np.sin(time_s + x))) for x in (-0.2, 0.2))
    del index
    return ScriptFrame(head, hands, (1440, 1600))


def client(products: Any, scene: Any, recorder: Recorder | None) -> App:
    """A client, recorded or not."""
    headset = ScriptedBackend(script, step_s=1.0 / 90.0)
    headset.open()
    shop = Shop(products, scene)
    if recorder is None:
        return furnish(headset, shop, Numbered(), SETUP, no_label)
    app = furnish(
        recorder.headset(headset), recorder.shop(shop), Numbered(), SETUP, no_label,
        outside=recorder.outside(),
    )  # fmt: skip
    recorder.begin(app, SETUP, None, "none")
    return app


def block(app: App, frames: int) -> tuple[float, float, float]:
    """Of one block's frames: CPU ms of this thread, wall ms in the middle and of the slowest %."""
    cpu, wall = [], []
    for _ in range(frames):
        begun_cpu, begun = time.thread_time(), time.perf_counter()
        run_frame(app)
        wall.append(time.perf_counter() - begun)
        cpu.append(time.thread_time() - begun_cpu)
        time.sleep(REST_S)
    wall.sort()
    return (
        statistics.mean(cpu) * 1e3,
        statistics.median(wall) * 1e3,
        wall[int(0.99 * len(wall))] * 1e3,
    )


class Weights:
    """Bytes by kind."""

    def __init__(self) -> None:
        self.lines: dict[str, dict[str, int]] = {}

    def add(self, kind: str, came: Any, in_file: int) -> None:
        """One record more."""
        packed = len(zstandard.ZstdCompressor(3).compress(came))
        line = self.lines.setdefault(kind, dict.fromkeys(("records", "came", "packed", "kept"), 0))
        for name, count in zip(line, (1, len(came), packed, in_file), strict=True):
            line[name] += count


def weigh(path: Path) -> dict[str, dict[str, int]]:
    """What fills a recording of this version, the largest first, and the sum."""
    arrays: list[int] = []
    named: list[list[tuple[str, int]]] = []
    pictures: list[int] = []
    frames = bytearray()
    with Reader(path) as file:
        for kind, payload in file.records():
            if kind == b"A":
                arrays.append(len(payload))
            elif kind == b"P":
                pictures.append(len(payload))
            else:
                frames += payload
                news = decode_frame(payload).news if kind == b"F" else ()
                scenes = [decode_scene(data) for name, data in news if name == SCENE]
                named += [[(name, arrays.pop(0)) for name in scene.shapes] for scene in scenes]
    weights, seen = Weights(), set[bytes]()
    with Recording(path) as recording:
        for frame in recording.frames():
            for event in frame.news:
                if isinstance(event, SceneReady):
                    for name, size in named.pop(0):
                        weights.add(f"store {name}", bytes_of(getattr(event.scene, name)), size)
            for picture in (bytes_of(one) for _, one in frame.art if one is not None):
                if (known := bytes(picture)) not in seen:
                    seen.add(known)
                    weights.add("near pictures", known, pictures.pop(0))
    rest = path.stat().st_size - sum(line["kept"] for line in weights.lines.values())
    weights.add("frames and news", bytes(frames), rest)
    lines = sorted(weights.lines.items(), key=lambda entry: -entry[1]["kept"])
    total = {key: sum(line[key] for _, line in lines) for key in lines[0][1]}
    return {**dict(lines), "in all": total}


def say(figures: dict[str, Any], *, as_json: bool) -> None:
    """Figures, for programs or for people."""
    if as_json:
        print(json.dumps(figures, indent=2))
        return
    for name, value in figures.items():
        if isinstance(value, dict):
            told = (
                f"{k} {v:,}" if isinstance(v, int) else f"{k} {v:.3f}" for k, v in value.items()
            )
            print(f"{name:18}", *told)
        else:
            print(f"{name:18} {value:,.0f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--blocks", type=int, default=8)
    parser.add_argument("--frames", type=int, default=300)
    parser.add_argument("--products", type=int, default=300)
    parser.add_argument("--weigh", type=Path, help="What fills this recording.")
    asked = parser.parse_args()
    if asked.weigh is not None:
        say(weigh(asked.weigh), as_json=asked.json)
        return
    products, scene = catalogue(asked.products), compiled(asked.products)
    with tempfile.TemporaryDirectory() as keep:
        path = Path(keep) / "a.rec"
        recorder = Recorder(path)
        apps = {
            "plain": client(products, scene, None),
            "recorded": client(products, scene, recorder),
        }
        for app in apps.values():
            block(app, SETTLE_FRAMES)
        while recorder.behind:
            time.sleep(REST_S)
        before = path.stat().st_size
        seen: dict[str, list[tuple[float, float, float]]] = {"plain": [], "recorded": []}
        for number in range(asked.blocks):
            order = ("plain", "recorded") if number % 2 == 0 else ("recorded", "plain")
            for name in order:
                seen[name].append(block(apps[name], asked.frames))
        recorder.close()
        size, found = path.stat().st_size, survey(path)
    figures: dict[str, Any] = {
        name: dict(
            zip(
                ("cpu_ms", "wall_median_ms", "wall_p99_ms"),
                (statistics.median(column) for column in zip(*blocks, strict=True)),
                strict=True,
            )
        )
        for name, blocks in seen.items()
    }
    figures["cost_ms"] = {
        key: figures["recorded"][key] - figures["plain"][key] for key in figures["plain"]
    }
    figures["ratio"] = {
        key: figures["recorded"][key] / figures["plain"][key] for key in figures["plain"]
    }
    figures["bytes_a_frame"] = (size - before) / (asked.blocks * asked.frames)
    figures["frames_kept"] = found.frames
    figures["begin_bytes"] = before
    say(figures, as_json=asked.json)


if __name__ == "__main__":
    main()
