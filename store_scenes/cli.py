"""The commands about a store folder: check, catalog import, cook. Loads without GL or fonts."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

from catalog_sync.model.product import Product
from store_scenes.exchange.command import export_planogram, import_planogram
from store_scenes.exchange.drawings.command import plan_drawings
from store_scenes.exchange.scene_glb.command import export_store
from store_scenes.feeds.command import import_catalog
from store_scenes.layout.command import check_command, write_schemas
from store_scenes.models.command import cook, fix_file, inspect_file
from store_scenes.planning.command import new_store


def _unsound_models(store: Path, products: Sequence[Product]) -> Mapping[str, str]:
    from store_scenes.models.cook import unsound_models  # numpy, and trimesh for what it reads

    return unsound_models(store, products) if any(product.model for product in products) else {}


def register(app: typer.Typer) -> None:
    """Mount this room's commands."""
    app.command("check")(check_command(_unsound_models))
    app.command("new")(new_store)
    app.command("schema")(write_schemas)
    app.command("cook")(cook)
    app.command("plan")(plan_drawings)
    app.command("export")(export_store)
    catalog = typer.Typer(help="Product feeds.", no_args_is_help=True)
    catalog.command("import")(import_catalog)
    app.add_typer(catalog, name="catalog")
    planogram = typer.Typer(help="Planograms of other programs.", no_args_is_help=True)
    planogram.command("import")(import_planogram)
    planogram.command("export")(export_planogram)
    app.add_typer(planogram, name="planogram")
    model = typer.Typer(help="3D models of products.", no_args_is_help=True)
    model.command("inspect")(inspect_file)
    model.command("fix")(fix_file)
    app.add_typer(model, name="model")
