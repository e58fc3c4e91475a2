"""The client's commands: `shop`, `render` and (for the demo) `trip`. Heavy imports stay inside."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from catalog_sync.model.failure import Failure
from vr_client.net.health import DEFAULT_SERVER, require_server
from vr_client.replay.command import replay

if TYPE_CHECKING:
    from store_scenes.compile.scene import SceneDescription
    from vr_client.frame_packet import EyeView
    from vr_client.render.still import Near
    from vr_client.replay.recorder import Recorder

PICTURE_SIDE_MAX = 8192
ANGLE_MAX = 360.0
FAR_M = 1_000.0
"""No store is so large that an eye in it is further from its middle."""

Server = Annotated[str, typer.Option(help="Address of the shop.")]
Record = Annotated[Path | None, typer.Option(help="Record the trip for `endcap replay`.")]


def register(app: typer.Typer) -> None:
    """Mount the client's commands."""
    from vr_client.doctor.command import doctor

    app.command("shop")(_shop)
    app.command("doctor")(doctor)
    app.command("render")(_render)
    app.command("replay")(replay)
    app.command("trip", hidden=True)(_trip)


def _shop(
    server: Server = DEFAULT_SERVER,
    headset: Annotated[str, typer.Option(help="auto, openvr, desktop or scripted.")] = "auto",
    seated: Annotated[
        bool, typer.Option("--seated", help="In a headset: sit, and see as high as who stands.")
    ] = False,
    record: Record = None,
    autostart: Annotated[
        str, typer.Option(help="on, off or status: whether the shop starts with SteamVR.")
    ] = "",
    tutorial: Annotated[
        bool, typer.Option(help="Show a new shopper around, after a word on health and safety.")
    ] = True,
) -> None:
    """Walk into the shop: in a headset, or in a window."""
    if autostart:
        _autostart(autostart, server, seated=seated)
        return
    require_server(server)
    from vr_client.headset.backend import HeadsetUnavailableError
    from vr_client.headset.registry import open_to_shop
    from vr_client.render.context import GraphicsContext, adopt_current, create_headless
    from vr_client.render.present import Presenter

    graphics: list[GraphicsContext] = []

    def make_presenter() -> Presenter:
        graphics.append(adopt_current())
        return Presenter(graphics[0])

    def settle() -> None:
        graphics[0].settle()

    skipped: list[HeadsetUnavailableError] = []
    backend = open_to_shop(
        headset, skipped, make_presenter=make_presenter, after_submit=settle, seated=seated
    )
    if skipped:
        typer.echo(f"endcap: {skipped[-1].what}, so the shop opens in a window.", err=True)
    if not graphics:  # only a window brings its own
        graphics.append(create_headless())
    _run_shop(backend, graphics[0], server, record, welcome=tutorial and headset != "scripted")


def _autostart(choice: str, server: str, *, seated: bool) -> None:
    if choice not in {"on", "off", "status"}:
        raise Failure(f"--autostart {choice} is none of its choices: write on, off or status.")
    from vr_client.headset.backends.openvr import NOT_HERE, autostart, what_is_missing

    where = ["--server", server] if server != DEFAULT_SERVER else []
    words = ["shop", *where, *(["--seated"] if seated else [])]
    if any(" " in word or '"' in word for word in words):
        raise Failure(f"--server {server}: an address has neither blanks nor quotation marks.")
    if choice == "status" and what_is_missing(headset=False).startswith(NOT_HERE):
        typer.echo(f"The shop does not start with SteamVR: {NOT_HERE}.")
        return
    starts = autostart(choice, " ".join(words))
    typer.echo(
        "The shop starts with SteamVR." if starts else "The shop does not start with SteamVR."
    )


def _run_shop(
    backend: Any, graphics: Any, server: str, record: Path | None = None, *, welcome: bool = False
) -> None:
    from dataclasses import replace

    from vr_client.assemble import build_app
    from vr_client.frame_loop import run
    from vr_client.interact.comfort import DEFAULT
    from vr_client.net.handle import SyncWorker
    from vr_client.net.places import default_cache_dir, default_token_file, settings_file
    from vr_client.preferences import Preferences
    from vr_client.sound.handle import Speaker

    worker = SyncWorker(server, default_token_file(server), default_cache_dir())
    recorder, speaker = _recorder(record), Speaker()
    try:
        worker.start()
        speaker.start()
        # In a window nobody gets sick from what moves at its edges.
        usual = replace(DEFAULT, vignette=backend.name != "desktop")
        preferences = Preferences(settings_file(), usual)
        run(
            build_app(
                backend, worker, graphics,
                preferences=preferences, recording=recorder, speaker=speaker, welcome=welcome,
            )
        )  # fmt: skip
    finally:
        if recorder is not None:
            recorder.close()
        speaker.close()
        worker.close()
        backend.close()


def _trip(
    out: Annotated[Path, typer.Option(help="Folder for the pictures.")],
    server: Server = DEFAULT_SERVER,
    buy: Annotated[str, typer.Option(help="SKU to buy; else one that is easy to reach.")] = "",
    film: Annotated[bool, typer.Option(help="Leave a film as well as the pictures.")] = True,
    record: Record = None,
) -> None:
    """A scripted trip without a display; waits for `go` after each station."""
    require_server(server)
    from vr_client.trip.run import run_trip

    recorder = _recorder(record)
    try:
        run_trip(server, out, buy, filmed=film, recording=recorder)
    finally:
        if recorder is not None:
            recorder.close()


def _recorder(path: Path | None) -> "Recorder | None":
    """What records into `path`, if anything is to be recorded."""
    from vr_client.replay.recorder import Recorder

    return Recorder(path) if path is not None else None


# ---------------------------------------------------------------- render


def _render(
    store: Annotated[Path, typer.Argument(help="A store folder.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The PNG to write.")],
    at: Annotated[str, typer.Option(help="Where the eye is: x,y,z in metres.")] = "",
    yaw: Annotated[
        float | None, typer.Option(help="Degrees to the left; 0 looks along -z.")
    ] = None,
    pitch: Annotated[float, typer.Option(help="Degrees upwards.")] = -5.0,
    size: Annotated[str, typer.Option(help="Pixels of one eye.")] = "1280x960",
    stereo: Annotated[bool, typer.Option("--stereo", help="Both eyes, side by side.")] = False,
) -> None:
    """One picture of a store, straight from its folder."""
    if output.suffix.lower() != ".png":
        raise Failure(f"{output}: the picture is written as PNG; name the file so.")
    width, height = _pair(size)
    place = _triple(at) if at else None
    for name, angle in (("--yaw", yaw), ("--pitch", pitch)):
        if angle is not None and not abs(angle) <= ANGLE_MAX:
            raise Failure(f"{name} {angle:g} is no angle: give degrees from -360 to 360.")
    import numpy as np
    from PIL import Image

    from store_scenes.feeds.files import whole_file
    from vr_client.render.still import render_still

    scene, near = _compile(store)
    x, z, entrance_yaw = scene.entrance
    eye = place if place is not None else (x, 1.6, z)
    views = _views(eye, entrance_yaw if yaw is None else yaw, pitch, (width, height), stereo=stereo)
    pictures = render_still(scene, views, near=near)
    with whole_file(output) as file:
        Image.fromarray(np.concatenate(pictures, axis=1)).save(file, format="PNG")
    typer.echo(str(output))


def _compile(store: Path) -> "tuple[SceneDescription, Near]":
    from rich.console import Console
    from rich.progress import Progress

    from store_scenes.compile.compiler import compile_scene
    from store_scenes.compile.looks import PackageLooks
    from store_scenes.layout.load import load_store
    from store_scenes.models.cook import cooked_products
    from vr_client.labels.draw import draw_label
    from vr_client.still_pictures import StillPictures

    layout = load_store(store)
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("compile")

        def progress(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total)

        served, load_model = cooked_products(store, layout.products, progress)
        scene = compile_scene(layout, served, load_model, progress)
    products = {product.sku: product for product in served}
    looks = PackageLooks(load_model)
    near = StillPictures(scene, products, layout.store.locale, looks.near, draw_label).near
    return scene, near


def _views(
    at: tuple[float, float, float],
    yaw: float,
    pitch: float,
    size: tuple[int, int],
    *,
    stereo: bool,
) -> "list[EyeView]":
    from vr_client.frame_packet import EyeView
    from vr_client.space.pose import pose, translation

    across = 0.65 * size[0] / size[1]
    head = pose(at, yaw, pitch)
    offsets = (-0.0315, 0.0315) if stereo else (0.0,)
    return [
        EyeView(head @ translation((x, 0.0, 0.0)), (-across, across, -0.65, 0.65), size)
        for x in offsets
    ]


def _pair(text: str) -> tuple[int, int]:
    parts = text.lower().split("x")
    if len(parts) != 2 or not all(part.isdecimal() for part in parts):
        raise Failure(f"--size {text} is not a size: write it as 1280x960.")
    width, height = int(parts[0]), int(parts[1])
    if not (0 < width <= PICTURE_SIDE_MAX and 0 < height <= PICTURE_SIDE_MAX):
        raise Failure(f"--size {text} is out of bounds: from 1 to {PICTURE_SIDE_MAX} a side.")
    return width, height


def _triple(text: str) -> tuple[float, float, float]:
    try:
        x, y, z = (float(part) for part in text.split(","))
    except ValueError:
        raise Failure(f"--at {text} is not a place: write it as x,y,z in metres.") from None
    if not all(abs(side) <= FAR_M for side in (x, y, z)):
        raise Failure(f"--at {text} is no place in a store: at most {FAR_M:g} m from its middle.")
    return x, y, z
