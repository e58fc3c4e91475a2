r"""What a stereo frame costs, in Python and in all, against a plain renderer of the same scene.

The baseline is `baseline_render.py`; the two draw the same frames in turns in the same process,
each on its own context, so that the ratio means something on any machine. The store is always the
same one (`render_store.py`), seen along an aisle and from the entrance.

Elapsed is the wall time from asking for a frame to its last pixel. Total is the same on a graphics
card; where a CPU draws, it is the CPU time of all threads for that frame, which other programs on
the machine hardly change. Python is the CPU time of the thread that asks, on contexts whose calls
that draw, clear or copy pixels do nothing: all else of a frame stays, the choosing, the matrices,
moderngl itself and the writing of buffers.

`lens` is our renderer alone: the same frame with what a headset's lenses hide given, in turns with
the whole one. The lens here is round and hides about an eighth of the picture.

    endcap bench render [--json] [--rounds N] [--size WxH]... [--samples N] [--products N]
"""

import argparse
import ctypes
import gc
import json
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import glcontext
import moderngl
import numpy as np
import render_store
from baseline_render import PlainRenderer

from store_scenes.compile.scene import SceneDescription
from vr_client.frame_packet import EyeView, FramePacket
from vr_client.render.context import REQUIRED, GraphicsContext
from vr_client.render.raw_gl import RawGl
from vr_client.render.renderer import Renderer
from vr_client.space.pose import look_at, translation

SIZES = ((128, 144), (720, 800))
EYE_M = 1.6
HALF_IPD_M = 0.032
TANGENTS = (-0.9, 0.9, -1.0, 1.0)
PYTHON_FRAMES = 10
PYTHON_ROUNDS = 10  # for one of drawing: short turns, in each of which both have the same machine
ROUNDS_MIN = 2
ENOUGH_S = 20.0
SIDE_MAX, ROUNDS_MAX, PRODUCTS_MAX = 4096, 1000, 2000


# ---------------------------------------------------------------- where one stands


def places(scene: SceneDescription) -> dict[str, np.ndarray]:
    """World from head, (4, 4) each: at an aisle's mouth looking along it, and in the entrance."""
    aisle = scene.aisles[len(scene.aisles) // 2]
    start, end = np.array(aisle.start), np.array(aisle.end)
    eye = start + (end - start) * 0.1
    x, z, yaw_deg = scene.entrance
    ahead = np.radians(yaw_deg)
    return {
        "aisle": look_at((eye[0], EYE_M, eye[1]), (end[0], EYE_M - 0.4, end[1])),
        "entrance": look_at(
            (x, EYE_M, z), (x - 5.0 * np.sin(ahead), EYE_M - 0.4, z - 5.0 * np.cos(ahead))
        ),
    }


def stereo(head: np.ndarray, size: tuple[int, int]) -> tuple[EyeView, ...]:
    """Both eyes of a head."""
    return tuple(
        EyeView(head @ translation((side * HALF_IPD_M, 0.0, 0.0)), TANGENTS, size)
        for side in (-1.0, 1.0)
    )


def lens_hides(pieces: int = 32) -> np.ndarray:
    """(n, 3, 2) as a headset gives it: what lies outside a circle that the picture's sides cut."""
    angles = np.linspace(0.0, 2.0 * np.pi, pieces + 1)
    ring = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    inner, outer = 0.5 + 0.54 * ring, 0.5 + 0.8 * ring
    triangles = [inner[:-1], outer[:-1], outer[1:], inner[:-1], outer[1:], inner[1:]]
    return np.stack(triangles, axis=1).reshape(-1, 3, 2).astype(np.float32)


# ---------------------------------------------------------------- contexts that draw nothing


class _NothingDrawn:
    """A native context whose calls that make pixels do nothing."""

    def __init__(self, native: Any) -> None:
        self._native = native
        library = ctypes.CDLL("msvcrt" if platform.system() == "Windows" else None)
        # Takes whatever it is given and touches nothing.
        self._nothing = ctypes.cast(library.abs, ctypes.c_void_p).value

    def load(self, name: str) -> int | None:
        """The address of a function."""
        draws = name.startswith(("glDrawA", "glDrawE", "glMultiDraw"))
        if draws or name in {"glClear", "glBlitFramebuffer", "glGenerateMipmap"}:
            return self._nothing
        return int(self._native.load(name))

    load_opengl_function = load  # what moderngl calls it

    def __getattr__(self, name: str) -> Any:
        return getattr(self._native, name)

    def __enter__(self) -> Any:
        return self._native.__enter__()

    def __exit__(self, *error: object) -> Any:
        return self._native.__exit__(*error)


def open_context(*, drawing: bool, ordinary: bool) -> GraphicsContext:
    """A context without a window, which draws or does not; `ordinary` leaves OpenGL's own depth."""
    linux = platform.system() == "Linux"
    backend = glcontext.get_backend_by_name("egl") if linux else glcontext.default_backend()
    native = backend(mode="standalone", glversion=REQUIRED)
    if not drawing:
        native = _NothingDrawn(native)
    gl = moderngl.create_context(require=REQUIRED, standalone=True, context=native)
    raw = RawGl(native.load)
    return GraphicsContext(
        gl=gl,
        raw=raw,
        reversed_depth=not ordinary and raw.clip_depth_zero_to_one(),
        device=str(gl.info["GL_RENDERER"]),
        owned=True,
    )


# ---------------------------------------------------------------- the two renderers


@dataclass(frozen=True)
class Contestant:
    """A renderer that has the scene, and its context."""

    graphics: GraphicsContext
    draw: Callable[[tuple[EyeView, ...]], object]


Figures = tuple[float, ...]
Measure = Callable[[Contestant, tuple[EyeView, ...]], Figures]
Turns = tuple[Figures, Figures]
"""Ours and the baseline's of one round."""


def ours(scene: SceneDescription, samples: int, *, drawing: bool) -> Contestant:
    """The client's renderer: a frame of the store alone, without panels, hands or news."""
    graphics = open_context(drawing=drawing, ordinary=False)
    renderer = Renderer(graphics, samples=samples)
    renderer.load_scene(scene)
    return Contestant(graphics, lambda views: renderer.draw(FramePacket(0, 0.0, views)))


def plain(scene: SceneDescription, samples: int, *, drawing: bool) -> Contestant:
    """The baseline."""
    graphics = open_context(drawing=drawing, ordinary=True)
    return Contestant(graphics, PlainRenderer(graphics.gl, scene, samples).draw)


def behind_a_lens(whole: Contestant) -> Contestant:
    """The same renderer, told what a lens hides."""
    hidden = lens_hides()

    def draw(views: tuple[EyeView, ...]) -> object:
        return whole.draw(tuple(replace(view, hidden_area=hidden) for view in views))

    return Contestant(whole.graphics, draw)


def total_and_elapsed_ms(one: Contestant, views: tuple[EyeView, ...]) -> Figures:
    """A whole frame, until the last pixel is there."""
    one.graphics.make_current()
    one.graphics.gl.finish()
    start, start_cpu = time.perf_counter(), time.process_time()
    one.draw(views)
    one.graphics.gl.finish()
    elapsed = 1000.0 * (time.perf_counter() - start)
    cpu = 1000.0 * (time.process_time() - start_cpu)
    return (cpu if one.graphics.software else elapsed, elapsed)


def python_ms(one: Contestant, views: tuple[EyeView, ...]) -> Figures:
    """A frame on a context that draws nothing: CPU time of this thread alone."""
    one.graphics.make_current()
    start = time.thread_time()
    for _ in range(PYTHON_FRAMES):
        one.draw(views)
    return (1000.0 * (time.thread_time() - start) / PYTHON_FRAMES,)


def in_turns(
    both: tuple[Contestant, Contestant],
    frames: dict[str, tuple[EyeView, ...]],
    measure: Measure,
    rounds: int,
) -> dict[str, list[Turns]]:
    """Each round's figures by frame; who goes first changes.

    Ends after `ENOUGH_S` with fewer rounds, but not with less than ROUNDS_MIN of those asked for.
    """
    for one in both:
        measure(one, next(iter(frames.values())))  # makes targets, compiles shaders
    times: dict[str, list[Turns]] = {name: [] for name in frames}
    begun = time.perf_counter()
    for number in range(rounds):
        if number >= ROUNDS_MIN and time.perf_counter() - begun > ENOUGH_S:
            break
        order = both if number % 2 else both[::-1]
        for name, views in frames.items():
            taken = {id(one): measure(one, views) for one in order}
            times[name].append((taken[id(both[0])], taken[id(both[1])]))
    return times


# ---------------------------------------------------------------- the report


def compared(
    times: list[Turns], figure: int, names: tuple[str, str] = ("ours", "baseline")
) -> dict[str, float]:
    """Medians, and the median of each round's own ratio: what slows a machine slows both turns."""
    pairs = [(mine[figure], theirs[figure]) for mine, theirs in times]
    return {
        names[0]: round(statistics.median(mine for mine, _ in pairs), 3),
        names[1]: round(statistics.median(theirs for _, theirs in pairs), 3),
        "ratio": round(statistics.median(mine / theirs for mine, theirs in pairs), 3),
    }


MEASURES: dict[tuple[str, ...], Measure] = {
    ("python_ms",): python_ms,
    ("total_ms", "elapsed_ms"): total_and_elapsed_ms,
}


def measured(
    scene: SceneDescription, sizes: list[tuple[int, int]], samples: int, rounds: int
) -> tuple[str, list[dict[str, Any]]]:
    """The device, and a row for each size and place."""
    heads = places(scene)
    rows: dict[tuple[tuple[int, int], str], dict[str, Any]] = {
        (size, name): {"place": name, "eye_width_px": size[0], "eye_height_px": size[1]}
        for size in sizes
        for name in heads
    }
    device = ""
    for kinds, measure in MEASURES.items():
        drawing = measure is total_and_elapsed_ms
        both = (ours(scene, samples, drawing=drawing), plain(scene, samples, drawing=drawing))
        device = both[0].graphics.device
        gc.collect()
        gc.freeze()  # what was made for the scene is not looked through again in some frame
        for size in sizes:
            frames = {name: stereo(head, size) for name, head in heads.items()}
            turns = rounds if drawing else rounds * PYTHON_ROUNDS
            for name, times in in_turns(both, frames, measure, turns).items():
                rows[size, name]["rounds"] = len(times)  # of the drawing in the end
                for figure, kind in enumerate(kinds):
                    rows[size, name][kind] = compared(times, figure)
            if drawing:
                lens = (behind_a_lens(both[0]), both[0])
                for name, times in in_turns(lens, frames, measure, turns).items():
                    rows[size, name]["lens_ms"] = compared(times, 0, ("hidden", "whole"))
        for one in both:
            one.graphics.make_current()
            one.graphics.release()
    return device, list(rows.values())


def main() -> None:
    """Measures and prints."""
    arguments = asked()
    scene = render_store.compiled(arguments.products)
    sizes = arguments.size or list(SIZES)
    device, rows = measured(scene, sizes, arguments.samples, arguments.rounds)
    drawn = scene.meshes["index_count"][scene.draws["mesh"]].astype(np.int64)
    report = {
        "benchmark": "render",
        "schema": 1,
        "device": device,
        "samples": arguments.samples,
        "rounds": arguments.rounds,
        "products": len(scene.skus),
        "units": int((scene.product_of >= 0).sum()),
        "triangles": int((drawn * scene.draws["instance_count"]).sum()) // 3,
        "frames": rows,
    }
    if arguments.json:
        print(json.dumps(report, indent=2))
        return
    print(
        f"{device}, {report['samples']} samples; {report['products']} products, "
        f"{report['units']} units, {report['triangles']} triangles at full detail"
    )
    for row in rows:
        print(f"{row['eye_width_px']}x{row['eye_height_px']} an eye, {row['place']}:")
        for kind in ("python_ms", "total_ms", "elapsed_ms"):
            value = row[kind]
            print(
                f"  {kind.removesuffix('_ms')}: {value['ours']} ms a stereo frame, "
                f"{value['ratio']} times the baseline ({value['baseline']} ms)"
            )
        lens = row["lens_ms"]
        print(f"  lens: {lens['hidden']} ms, {lens['ratio']} times {lens['whole']} ms without")


def asked() -> argparse.Namespace:
    """The options, within their bounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rounds", type=int, default=9, help="at most; fewer where all is slow")
    parser.add_argument("--size", type=pixels, action="append", help="of an eye, such as 720x800")
    parser.add_argument("--samples", type=int, default=4)
    parser.add_argument("--products", type=int, default=render_store.PRODUCTS)
    arguments = parser.parse_args()
    bounds = {"rounds": (1, ROUNDS_MAX), "samples": (1, 16), "products": (1, PRODUCTS_MAX)}
    for name, (low, high) in bounds.items():
        if not low <= getattr(arguments, name) <= high:
            parser.error(f"--{name} is {low} to {high}")
    return arguments


def pixels(text: str) -> tuple[int, int]:
    """Of `WxH`."""
    width, _, height = text.partition("x")
    if not (width.isdecimal() and height.isdecimal()):
        raise argparse.ArgumentTypeError(f"{text!r} is no size such as 720x800")
    size = (int(width), int(height))
    if not all(1 <= side <= SIDE_MAX for side in size):
        raise argparse.ArgumentTypeError(f"{text!r}: each side is 1 to {SIDE_MAX} pixels")
    return size


if __name__ == "__main__":
    main()
