"""`endcap export`: a store as one GLB file."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from catalog_sync.model.failure import Failure
from store_scenes.feeds.counted import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from catalog_sync.model.product import Product
    from store_scenes.compile.scene import SceneDescription
    from store_scenes.exchange.scene_glb.export import Exported
    from store_scenes.exchange.scene_glb.pictures import Art
    from store_scenes.models.mesh import ProductMesh


class InstancingChoice(StrEnum):
    """How equal things are repeated."""

    NODES = "nodes"
    GPU = "gpu"


class UnitsChoice(StrEnum):
    """Which units are written."""

    ALL = "all"
    FRONT = "front"


class DetailChoice(StrEnum):
    """How fine meshes are."""

    FULL = "full"
    MEDIUM = "medium"
    LIGHT = "light"


class ArtChoice(StrEnum):
    """Pixels along a side of a product's picture."""

    P128 = "128"
    P256 = "256"
    P512 = "512"


def export_store(
    store: Annotated[Path, typer.Argument(help="The store folder, with its store.toml.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The .glb file to write.")],
    instancing: Annotated[
        InstancingChoice,
        typer.Option(help="nodes: any viewer opens it; gpu: viewers of EXT_mesh_gpu_instancing."),
    ] = InstancingChoice.NODES,
    units: Annotated[
        UnitsChoice, typer.Option(help="front leaves out units behind others of their kind.")
    ] = UnitsChoice.ALL,
    detail: Annotated[DetailChoice, typer.Option(help="Of the meshes.")] = DetailChoice.FULL,
    art: Annotated[ArtChoice, typer.Option(help="Pixels of products' pictures.")] = ArtChoice.P256,
    lights: Annotated[bool, typer.Option(help="Write two lights along.")] = True,
    street: Annotated[
        bool, typer.Option("--street", help="Write what is seen through the shop front.")
    ] = False,
) -> None:
    """Write a store as one GLB file, for any 3D viewer: every unit, named, with its SKU."""
    from rich.console import Console
    from rich.progress import Progress

    from store_scenes.compile.compiler import compile_scene
    from store_scenes.exchange.scene_glb.export import ExportOptions, write_glb
    from store_scenes.feeds.files import whole_file
    from store_scenes.layout.load import load_store
    from store_scenes.models.cook import cooked_products

    if out.suffix.lower() != ".glb":
        raise Failure(f"{out}: a store is exported as .glb; name the file so")
    layout = load_store(store)
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("compile", total=None)

        def progress(stage: str, done: int, total: int) -> None:
            bar.update(task, description=stage, completed=done, total=total)

        products, load_model = cooked_products(store, layout.products, progress)
        scene = compile_scene(layout, products, load_model, progress, lit=False)
        picture = _pictures(products, scene, load_model, int(art.value))
        options = ExportOptions(
            instancing.value, units is UnitsChoice.FRONT, detail.value, lights, street
        )
        with whole_file(out) as file:
            told = write_glb(file, out.absolute().parent, scene, layout, picture, options, progress)
    typer.echo(summary(out, told))


def _pictures(
    products: "Sequence[Product]",
    scene: "SceneDescription",
    load_model: "Callable[[str], ProductMesh]",
    size: int,
) -> "Art":
    """The art of a scene's products at one size: as compiled where it is that small, else drawn."""
    import msgspec

    from store_scenes.models.art import draw_art
    from store_scenes.models.mesh import ART_SIZE, shrunk
    from store_scenes.models.packages import package_panels

    known = {product.sku: product for product in products}

    def picture(row: int) -> "NDArray[np.uint8]":
        if size == scene.art_far.shape[1]:
            far: NDArray[np.uint8] = scene.art_far[row]
            return far
        product = known[scene.skus[row]]
        if product.package == "model" and product.model:
            return shrunk(load_model(product.model).art, ART_SIZE // size)
        if product.package == "model":
            product = msgspec.structs.replace(product, package="box")
        return draw_art(product, package_panels(product), size=size)

    return picture


def summary(out: Path, told: "Exported") -> str:
    """What was written, in one line."""
    return (
        f"{out}: {told.bytes / 1e6:.1f} MB, {counted(told.instances, 'instance')} of "
        f"{counted(told.meshes, 'mesh', 'meshes')}, {counted(told.triangles, 'triangle')}, "
        f"{counted(told.materials, 'material')}, {counted(told.textures, 'picture')}, "
        f"{counted(told.draws, 'draw')}"
    )
