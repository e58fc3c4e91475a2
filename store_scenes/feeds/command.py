"""`endcap catalog import`: a product feed into a store's own catalogue."""

import contextlib
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from catalog_sync.model.failure import Failure
from store_scenes.feeds.files import opened, read_named, whole_file

MISSED_TOLD_MAX = 10


def import_catalog(
    feed: Annotated[Path, typer.Argument(help="The feed to read.")],
    out: Annotated[Path, typer.Option(help="The catalogue to write, a store's catalog.csv.")],
    kind: Annotated[
        str,
        typer.Option(
            "--as", help="csv, shopify, google, google-xml, json-ld or off; told if not given."
        ),
    ] = "",
    currency: Annotated[str, typer.Option(help="ISO 4217 code of the prices.")] = "KRW",
    column: Annotated[
        list[str] | None,
        typer.Option(help="ours=theirs: where a plain table has a value, as in price=Ladenpreis."),
    ] = None,
    dimensions: Annotated[
        Path | None, typer.Option(help="CSV of gtin (or sku), width, height, depth in mm.")
    ] = None,
    prices: Annotated[Path | None, typer.Option(help="CSV of gtin (or sku), price.")] = None,
    fetch_models: Annotated[
        bool, typer.Option("--fetch-models", help="Fetch linked 3D models beside the catalogue.")
    ] = False,
    report: Annotated[Path | None, typer.Option(help="Write every finding here, as JSON.")] = None,
) -> None:
    """Read a product feed into a store's own catalogue."""
    from rich.console import Console
    from rich.progress import Progress

    from store_scenes.feeds.importing import Spool, with_models
    from store_scenes.feeds.links import fetch_models as fetch
    from store_scenes.feeds.money_text import check_currency
    from store_scenes.feeds.registry import open_feed
    from store_scenes.feeds.report import import_report, summary
    from store_scenes.feeds.side_files import read_dimensions, read_prices

    check_currency(currency)
    columns = _told_columns(column or [])
    sizes = read_named(dimensions, read_dimensions) if dimensions else {}
    costs = read_named(prices, lambda data: read_prices(data, currency)) if prices else {}
    console = Console(stderr=True)
    with (
        Progress(console=console, transient=True, disable=not console.is_terminal) as bar,
        opened(feed) as file,
        contextlib.closing(Spool()) as spool,
    ):
        task = bar.add_task("read", total=None)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        try:
            stream = open_feed(file, currency, kind, tell, columns)
            spool.fill(stream, sizes, costs)
        except Failure as failure:
            raise Failure(f"{feed}: {failure}") from None
        if not len(spool):
            raise Failure(f"{feed}: not one row could be read as a product; nothing was written")
        models: dict[str, str] = {}
        missed: dict[str, str] = {}
        if fetch_models and stream.links:
            bar.update(task, description="models", completed=0, total=len(stream.links))
            models, missed = fetch(stream.links, out.absolute().parent, tell)
        with whole_file(out) as target:
            tally = spool.write(target, with_models(models))
        told = import_report(stream.result(), tally)
    if report:
        with whole_file(report) as target:
            target.write(msgspec.json.format(msgspec.json.encode(told)) + b"\n")
    for line in (*summary(told, str(out)), *(_fetched(models, missed) if fetch_models else ())):
        typer.echo(line)


def _fetched(models: dict[str, str], missed: dict[str, str]) -> list[str]:
    counts = f"3D models: {len(models):,} here, {len(missed):,} not to be had"
    return [counts, *(f"  {sentence}" for sentence in list(missed.values())[:MISSED_TOLD_MAX])]


def _told_columns(told: list[str]) -> dict[str, str]:
    columns = {}
    for one in told:
        ours, sign, theirs = one.partition("=")
        if not sign or not ours.strip() or not theirs.strip():
            raise Failure(f"--column: {one!r} is not ours=theirs, as in price=Ladenpreis")
        columns[ours.strip().lower()] = theirs.strip()
    return columns
