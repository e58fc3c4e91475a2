# ruff: noqa: SLF001 - the baseline is this renderer with its savings taken out from inside
r"""Milliseconds of one stereo frame, against the same frame drawn without any of the savings.

The baseline draws every instance at full detail, nothing culled; it is timed in turn with the
renderer in the same run, so that the ratio means something on any machine.

    MALLOC_MMAP_THRESHOLD_=1000000000 MALLOC_TRIM_THRESHOLD_=8000000000 \
        python benchmarks/render.py [--json] [--store DIR] [--rounds N]
"""

import argparse
import json
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from store_scenes.compile.compiler import compile_scene
from store_scenes.compile.scene import SceneDescription
from store_scenes.demo import demo_store
from store_scenes.layout.load import load_store
from store_scenes.models.cook import cook_store
from store_scenes.models.cooked import cooked_file, load_cooked
from vr_client.frame_packet import EyeView, FramePacket
from vr_client.render.context import GraphicsContext, create_headless
from vr_client.render.renderer import Renderer
from vr_client.render.view_block import clip_from_world
from vr_client.space.pose import look_at, translation

Prepare = Callable[..., None]
SIZES = ((128, 144), (720, 800))


def scene_of(store: Path) -> SceneDescription:
    """Cooks and compiles a copy of the store."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "store"
        shutil.copytree(store, copy)
        cook_store(copy, lambda *_: None)
        layout = load_store(copy)
        return compile_scene(
            layout,
            layout.products,
            lambda name: load_cooked(cooked_file(copy, name)),
            lambda *_: None,
        )


def packet(scene: SceneDescription, size: tuple[int, int]) -> FramePacket:
    """Both eyes before the first labelled shelf, at arm's length and a step."""
    centre = scene.labels["centre"].astype(float)
    outward = np.cross(scene.labels["right"], scene.labels["up"]).astype(float)
    row = int(np.argmin(np.abs(centre[:, 1] - 1.0)))
    head = look_at(centre[row] + outward[row] * 1.7 + (0.0, 0.55, 0.0), centre[row])
    views = tuple(
        EyeView(head @ translation((side * 0.032, 0, 0)), (-0.9, 0.9, -1.0, 1.0), size)
        for side in (-1, 1)
    )
    return FramePacket(0, 0.0, views)


def without_savings(renderer: Renderer) -> Prepare:
    """Every run in every frame, at full detail, as a plain instanced renderer would."""
    commands = renderer._scene.commands
    everything = np.arange(commands.shape[1])

    def prepare(_views: object, _matrices: object, _highlight: int) -> None:
        renderer._opaque._count = len(everything)
        renderer._opaque._indirect.write(commands[0, everything].tobytes())

    return prepare


def frame_ms(renderer: Renderer, frame: FramePacket, graphics: GraphicsContext) -> float:
    """A whole frame, until the last pixel is there."""
    start = time.perf_counter()
    renderer.draw(frame)
    graphics.gl.finish()
    return 1000 * (time.perf_counter() - start)


def choosing_ms(renderer: Renderer, frame: FramePacket) -> float:
    """The part of a frame that is Python: what to draw, and saying so."""
    start = time.perf_counter()
    matrices = [clip_from_world(view, reversed_depth=True) for view in frame.views]
    renderer._prepare(frame, matrices)
    return 1000 * (time.perf_counter() - start)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--store", type=Path, default=None)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--samples", type=int, default=4)
    arguments = parser.parse_args()
    scene = scene_of(arguments.store or demo_store())
    graphics = create_headless()
    renderer = Renderer(graphics, samples=arguments.samples)
    renderer.load_scene(scene)
    ours, naive = renderer._opaque.prepare, without_savings(renderer)
    results = []
    for size in SIZES:
        frame = packet(scene, size)
        times: dict[str, list[float]] = {"ours": [], "naive": []}
        for name, prepare in [("ours", ours), ("naive", naive)] * (arguments.rounds + 1):
            renderer._opaque.prepare = prepare
            times[name].append(frame_ms(renderer, frame, graphics))
        renderer._opaque.prepare = ours
        python_ms = statistics.median(choosing_ms(renderer, frame) for _ in range(50))
        # The first round of each compiles and warms up.
        middle = {name: statistics.median(values[1:]) for name, values in times.items()}
        results.append(
            {
                "eye_width_px": size[0],
                "eye_height_px": size[1],
                "stereo_frame_ms": round(middle["ours"], 1),
                "baseline_frame_ms": round(middle["naive"], 1),
                "times_faster": round(middle["naive"] / middle["ours"], 2),
                "python_ms": round(python_ms, 3),
            }
        )
    report = {
        "device": graphics.device,
        "samples": arguments.samples,
        "instances": len(scene.instances),
        "sizes": results,
    }
    if arguments.json:
        print(json.dumps(report, indent=2))
        return
    print(f"{report['device']}, {report['instances']} instances, {report['samples']} samples")
    for one in results:
        print(
            f"{one['eye_width_px']}x{one['eye_height_px']} an eye: {one['stereo_frame_ms']} ms "
            f"a stereo frame, {one['times_faster']} times faster than without savings "
            f"({one['baseline_frame_ms']} ms); Python {one['python_ms']} ms"
        )


if __name__ == "__main__":
    main()
