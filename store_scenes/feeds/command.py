"""`endcap catalog import`: a product feed into a store's own catalogue."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import msgspec
import typer

from catalog_sync.model.failure import Failure
from store_scenes.feeds.files import never_over, opened, own_output, read_named, whole_file

if TYPE_CHECKING:
    from store_scenes.feeds.importing import Spool
    from store_scenes.feeds.registry import FeedStream
    from store_scenes.feeds.report import ImportReport

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
    currency: Annotated[
        str, typer.Option(help="ISO 4217 code of the prices; as they say themselves, else KRW.")
    ] = "",
    encoding: Annotated[
        str, typer.Option(help="Such as utf-8, euc-kr or shift_jis; found out unless said.")
    ] = "",
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
    from store_scenes.feeds.report import import_report, summary

    never_over(
        {"--out": out, "--report": report},
        {"the feed": feed, "--dimensions": dimensions, "--prices": prices},
    )
    said = _Said(kind, currency, encoding, _told_columns(column or []), dimensions, prices)
    console = Console(stderr=True)
    with (
        Progress(console=console, transient=True, disable=not console.is_terminal) as bar,
        opened(feed) as file,
        contextlib.closing(Spool()) as spool,
    ):
        task = bar.add_task("read", total=None)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        stream = _fill(spool, feed, file, said, tell)
        if not len(spool):
            raise Failure(f"{feed}: not one row could be read as a product; nothing was written")
        models, missed = dict[str, str](), dict[str, str]()
        if fetch_models and stream.links:
            bar.update(task, description="models", completed=0, total=len(stream.links))
            models, missed = fetch(stream.links, out.absolute().parent, tell)
        with whole_file(out) as target:
            tally = spool.write(target, with_models(models))
        told = import_report(stream.result(), tally)
    if report:
        _write_report(report, told)
    for line in (*summary(told, str(out)), *(_fetched(models, missed) if fetch_models else ())):
        typer.echo(line, err=own_output(out))


@dataclass(frozen=True, slots=True)
class _Said:
    """What a person said about a feed; empty where it is to be found out."""

    kind: str
    currency: str
    encoding: str
    columns: dict[str, str]
    dimensions: Path | None
    prices: Path | None


def _fill(
    spool: "Spool", feed: Path, file: BinaryIO, said: _Said, tell: Callable[[int, int], None]
) -> "FeedStream":
    """Read the feed and its side files; what is wrong with one of them names it."""
    from store_scenes.feeds.currencies import PricesSeen
    from store_scenes.feeds.importing import open_in_its_currency
    from store_scenes.feeds.money_text import check_currency
    from store_scenes.feeds.side_files import prices_in_file, read_dimensions, read_prices

    if said.currency:
        check_currency(said.currency)
    sizes = read_named(said.dimensions, read_dimensions) if said.dimensions else {}
    elsewhere = read_named(said.prices, prices_in_file) if said.prices else PricesSeen()
    with _naming(feed):
        stream = open_in_its_currency(
            file, said.currency, elsewhere, said.kind, tell, said.columns, said.encoding
        )
    taken = stream.currency
    costs = read_named(said.prices, lambda data: read_prices(data, taken)) if said.prices else {}
    with _naming(feed):
        spool.fill(stream, sizes, costs)
    return stream


@contextlib.contextmanager
def _naming(feed: Path) -> Iterator[None]:
    """Failures in it say which feed it was."""
    try:
        yield
    except Failure as failure:
        raise Failure(f"{feed}: {failure}") from None


def _write_report(path: Path, told: "ImportReport") -> None:
    with whole_file(path) as target:
        target.write(msgspec.json.format(msgspec.json.encode(told)) + b"\n")


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
