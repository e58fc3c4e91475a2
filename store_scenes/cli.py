"""The commands about a store folder: check, catalog import, cook. Loads without GL or fonts."""

from pathlib import Path
from typing import Annotated

import typer

from store_scenes.exchange.command import export_planogram, import_planogram
from store_scenes.exchange.drawings.command import plan_drawings
from store_scenes.exchange.scene_glb.command import export_store
from store_scenes.feeds.command import import_catalog
from store_scenes.layout.command import check_store, write_schemas
from store_scenes.models.command import fix_file, inspect_file
from store_scenes.planning.command import new_store

StoreFolder = Annotated[Path, typer.Argument(help="The store folder, with its store.toml.")]


def register(app: typer.Typer) -> None:
    """Mount this room's commands."""
    app.command("check")(check_store)
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


def cook(store: StoreFolder) -> None:
    """Turn the store's models into the cooked form that clients load."""
    from rich.console import Console
    from rich.progress import Progress

    from store_scenes.models.cook import cook_store

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("cook", total=None)
        manifest = cook_store(
            store,
            lambda stage, done, total: bar.update(
                task, description=stage, completed=done, total=total
            ),
        )
    typer.echo(f"{_count(len(manifest.models), 'model')} cooked in {store}")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
