"""The commands about a store folder: check, catalog import, cook. Loads without GL or fonts."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from store_scenes.exchange.command import export_planogram, import_planogram
from store_scenes.exchange.drawings.command import plan_drawings
from store_scenes.exchange.scene_glb.command import export_store
from store_scenes.feeds.command import import_catalog
from store_scenes.layout.documents import Finding
from store_scenes.planning.command import new_store

REPORT_SCHEMA = 1


class ReportFormat(StrEnum):
    """How `check` prints."""

    TEXT = "text"
    JSON = "json"


StoreFolder = Annotated[Path, typer.Argument(help="The store folder, with its store.toml.")]


def register(app: typer.Typer) -> None:
    """Mount this room's commands."""
    app.command("check")(check_store)
    app.command("new")(new_store)
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


def check_store(
    store: StoreFolder,
    report: Annotated[
        ReportFormat, typer.Option("--format", help="text for people, json for programs.")
    ] = ReportFormat.TEXT,
) -> None:
    """Check a store folder: every finding with its file, line and a fix. Exit 1 on errors."""
    from store_scenes.layout.check import check
    from store_scenes.layout.load import load_store

    findings = check(load_store(store), store)
    errors = sum(finding.severity == "error" for finding in findings)
    if report is ReportFormat.JSON:
        tree = {
            "schema": REPORT_SCHEMA,
            "errors": errors,
            "warnings": len(findings) - errors,
            "findings": findings,
        }
        typer.echo(msgspec.json.format(msgspec.json.encode(tree)).decode())
    else:
        for finding in findings:
            typer.echo(_line(finding))
        typer.echo(f"{_count(errors, 'error')}, {_count(len(findings) - errors, 'warning')}")
    if errors:
        raise typer.Exit(1)


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


def _line(finding: Finding) -> str:
    where = f"{finding.path}:{finding.line}" if finding.line else finding.path
    fix = f"; {finding.fix}" if finding.fix else ""
    return f"{where}: {finding.severity}: {finding.sentence}{fix} [{finding.rule}]"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
