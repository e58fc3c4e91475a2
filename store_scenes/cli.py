"""The commands about a store folder: check, catalog import, cook. Loads without GL or fonts."""

import os
import tempfile
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import msgspec
import typer

from catalog_sync.model.failure import Failure
from store_scenes.layout.documents import Finding
from store_scenes.planning.command import new_store

if TYPE_CHECKING:
    from store_scenes.feeds.feed import FeedResult  # for its type only: --help stays quick

REPORT_SCHEMA = 1

Read = TypeVar("Read")


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
    catalog = typer.Typer(help="Product feeds.", no_args_is_help=True)
    catalog.command("import")(import_catalog)
    app.add_typer(catalog, name="catalog")


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


def import_catalog(
    feed: Annotated[Path, typer.Argument(help="The feed to read.")],
    out: Annotated[Path, typer.Option(help="The catalogue to write, a store's catalog.csv.")],
    kind: Annotated[
        str, typer.Option("--as", help="csv, shopify or off; told by the header if not given.")
    ] = "",
    currency: Annotated[str, typer.Option(help="ISO 4217 code of the prices.")] = "KRW",
    dimensions: Annotated[
        Path | None, typer.Option(help="CSV of gtin (or sku), width, height, depth in mm.")
    ] = None,
    prices: Annotated[Path | None, typer.Option(help="CSV of gtin (or sku), price.")] = None,
    report: Annotated[Path | None, typer.Option(help="Write every finding here, as JSON.")] = None,
) -> None:
    """Read a product feed into a store's own catalogue."""
    from store_scenes.feeds.plain_csv import write_plain_csv
    from store_scenes.feeds.report import import_report, summary

    result = read_catalog(feed, currency, kind, dimensions, prices)
    told = import_report(result)
    write_whole(out, write_plain_csv(result.products))
    if report:
        write_whole(report, msgspec.json.format(msgspec.json.encode(told)) + b"\n")
    for line in summary(told, str(out)):
        typer.echo(line)


def read_catalog(
    feed: Path,
    currency: str,
    kind: str = "",
    dimensions: Path | None = None,
    prices: Path | None = None,
) -> "FeedResult":
    """A feed and its side files, with a progress bar where somebody watches.

    Raises:
        Failure: a file cannot be read, is none of its kind, or has no product in it.
    """
    from rich.console import Console
    from rich.progress import Progress

    from catalog_sync.model.money import Money, MoneyError
    from store_scenes.feeds.plain_csv import with_side_files
    from store_scenes.feeds.registry import read_feed
    from store_scenes.feeds.side_files import read_dimensions, read_prices

    try:
        Money(0, currency)
    except MoneyError as error:
        raise Failure(f"--currency: {error}") from None
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("read", total=None)
        result = _named(
            feed,
            lambda data: read_feed(
                data,
                currency,
                kind,
                lambda done, total: bar.update(task, completed=done, total=total),
            ),
        )
    sizes = _named(dimensions, read_dimensions) if dimensions else {}
    costs = _named(prices, lambda data: read_prices(data, currency)) if prices else {}
    result = with_side_files(result, sizes, costs)
    if not result.products:
        raise Failure(f"{feed}: not one row could be read as a product; nothing was written")
    return result


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


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all.

    Raises:
        Failure: the folder is missing or cannot be written.
    """
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
            name = file.name
            try:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                Path(name).unlink(missing_ok=True)
                raise
        # mkstemp makes the file private; a catalogue is as readable as its neighbours.
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        why = error.strerror or str(error)
        raise Failure(f"{path} cannot be written: {why}") from None


def _named(path: Path, read: Callable[[bytes], Read]) -> Read:
    """What `read` makes of a file; its failures say which file it was."""
    from store_scenes.feeds.table import FEED_BYTES_MAX

    try:
        with path.open("rb") as file:
            data = file.read(FEED_BYTES_MAX + 1)
    except OSError as error:
        raise Failure(f"{path} cannot be read: {error.strerror or error}") from None
    try:
        return read(data)
    except Failure as failure:
        raise Failure(f"{path}: {failure}") from None


def _line(finding: Finding) -> str:
    where = f"{finding.path}:{finding.line}" if finding.line else finding.path
    fix = f"; {finding.fix}" if finding.fix else ""
    return f"{where}: {finding.severity}: {finding.sentence}{fix} [{finding.rule}]"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
