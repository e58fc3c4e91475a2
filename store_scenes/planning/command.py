"""`endcap new`: a walkable store folder from a catalogue. Loads without GL, skia or fonts."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.feeds.files import read_named, whole_file
from store_scenes.planning.plan import PlannedStore

REPORT_SCHEMA = 1
LISTED_MAX = 5
MODEL_BYTES_MAX = 64 * 1024 * 1024
STORE_NAME_CHARS_MAX = 80


def new_store(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The store folder to make.")],
    catalog: Annotated[Path, typer.Option(help="A product feed or an imported catalogue.")],
    prices: Annotated[Path | None, typer.Option(help="CSV of gtin (or sku), price.")] = None,
    sample_prices: Annotated[
        bool, typer.Option("--sample-prices", help="Make up prices, flagged as samples.")
    ] = False,
    dimensions: Annotated[
        Path | None, typer.Option(help="CSV of gtin (or sku), width, height, depth in mm.")
    ] = None,
    name: Annotated[str, typer.Option(help="The store's name; the folder's unless said.")] = "",
    locale: Annotated[
        str, typer.Option(help="Such as ko-KR; by the names' language unless said.")
    ] = "",
    currency: Annotated[str, typer.Option(help="ISO 4217 code; by the language unless said.")] = "",
    report: Annotated[
        Path | None, typer.Option(help="Write what was placed and what not here, as JSON.")
    ] = None,
) -> None:
    """Lay out a walkable store from a catalogue, grouped by category into aisles with signs."""
    from store_scenes.feeds.sample_prices import sample_prices as priced
    from store_scenes.planning.plan import PlanOptions, plan_store
    from store_scenes.planning.write import check_free, write_store

    check_free(folder)
    if prices and sample_prices:
        raise Failure("--prices and --sample-prices exclude each other; give one of them")
    if report and not report.absolute().parent.is_dir():
        raise Failure(f"{report.parent} is no folder; the report cannot be written there")
    products, locale, currency = _products(catalog, prices, dimensions, locale, currency)
    if sample_prices:
        products = priced(products, currency)
    products, models = _own_models(products, catalog.parent)
    language = locale.replace("_", "-").partition("-")[0]
    title = (
        " ".join((name or _as_a_name(folder.absolute().name)).split())[:STORE_NAME_CHARS_MAX]
        or "Endcap"
    )
    options = PlanOptions(
        names={language: title}, locale=locale, currency=currency, store_id=_slug(title)
    )
    try:
        planned = plan_store(products, options)
    except ValueError as error:
        raise Failure(f"{catalog}: {error}; nothing was written") from None
    comment = f"{title}: laid out by `endcap new` from {catalog.name}. Yours to change from here."
    write_store(folder, planned, products, comment=comment, models=models, proof=_proof)
    if report:
        tree = {
            "schema": REPORT_SCHEMA,
            "products": len(products),
            "placed": planned.placed,
            "unplaced": planned.unplaced,
            "facings": planned.facings,
            "departments": planned.departments,
            "unpriced": sum(product.price is None for product in products),
            "sample_prices": sum(product.price_is_sample for product in products),
            "dimensions_estimated": sum(product.dimensions_estimated for product in products),
        }
        with whole_file(report) as file:
            file.write(msgspec.json.format(msgspec.json.encode(tree)) + b"\n")
    for line in _summary(folder, planned, products):
        typer.echo(line)


def _products(
    catalog: Path, prices: Path | None, dimensions: Path | None, locale: str, currency: str
) -> tuple[tuple[Product, ...], str, str]:
    """The catalogue's products with their side files, and the locale and currency of the store."""
    from store_scenes.feeds.feed import FeedResult
    from store_scenes.feeds.money_text import check_currency
    from store_scenes.feeds.plain_csv import with_side_files
    from store_scenes.feeds.registry import read_feed
    from store_scenes.feeds.side_files import read_dimensions, read_prices
    from store_scenes.planning.locale import LOCALES, language_of

    if locale:
        _check_locale(locale)
    if currency:
        check_currency(currency)

    def read(code: str) -> FeedResult:
        return read_named(catalog, lambda data: read_feed(data, code))

    stated = currency or LOCALES.get(locale[:2], ("", ""))[1]
    result = read(stated or "USD")
    language = language_of(result.products)
    locale = locale or LOCALES[language][0]
    if not stated:
        stated = LOCALES[language][1]
        if stated != "USD":
            result = read(stated)
    sizes = read_named(dimensions, read_dimensions) if dimensions else {}
    costs = read_named(prices, lambda data: read_prices(data, stated)) if prices else {}
    result = with_side_files(result, sizes, costs)
    if not result.products:
        raise Failure(f"{catalog}: not one row could be read as a product; nothing was written")
    return result.products, locale, stated


def _check_locale(locale: str) -> None:
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(locale.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        raise Failure(f"--locale: {locale!r} is no locale such as ko-KR or en-US") from None


def _own_models(
    products: Iterable[Product], beside: Path
) -> tuple[tuple[Product, ...], dict[str, Path]]:
    """Products with the models that lie beside the catalogue; without those that do not."""
    from store_scenes.layout.load import inside

    kept: list[Product] = []
    models: dict[str, Path] = {}
    for product in products:
        changed = product
        if product.model:
            found = False
            try:
                path = inside(beside, product.model, "the catalogue")
                found = (
                    path.suffix.lower() == ".glb"
                    and path.is_file()
                    and path.stat().st_size <= MODEL_BYTES_MAX
                )
            except (Failure, OSError):
                found = False
            if found:
                models[product.model] = path
            else:
                changed = msgspec.structs.replace(product, model="", package="box")
        elif product.package == "model":
            changed = msgspec.structs.replace(product, package="box")
        kept.append(changed)
    return tuple(kept), models


def _proof(folder: Path) -> None:
    """Read the finished folder as anyone will, and refuse to hand over one with faults."""
    from store_scenes.layout.check import check
    from store_scenes.layout.load import load_store

    errors = [one for one in check(load_store(folder), folder) if one.severity == "error"]
    errors = [one for one in errors if not one.rule.startswith("catalog-")]
    if errors:
        first = errors[0]
        raise Failure(
            f"the plan has {len(errors)} faults, the first in {first.path}: {first.sentence}; "
            "nothing was written; please report this catalogue"
        )


def _summary(folder: Path, planned: PlannedStore, products: tuple[Product, ...]) -> list[str]:
    floor = planned.store.floor
    unpriced = sum(product.price is None for product in products)
    sample = sum(product.price_is_sample for product in products)
    estimated = sum(product.dimensions_estimated for product in products)
    lines = []
    lines.append(
        f"{planned.placed} of {len(products)} products placed in {folder}: "
        f"{len(planned.store.aisles)} aisles, {planned.facings} facings, "
        f"{floor.width_mm / 1000:g} by {floor.depth_mm / 1000:g} m"
    )
    if unpriced:
        lines.append(f"  {unpriced} without a price: shown as such and never sold; see --prices")
    if sample:
        lines.append(f"  {sample} with a made-up price, flagged on its label")
    if estimated:
        lines.append(f"  {estimated} with estimated dimensions; see --dimensions")
    if planned.unplaced:
        lines.append(f"  {len(planned.unplaced)} not placed:")
        for reason, count in Counter(one.reason for one in planned.unplaced).most_common(
            LISTED_MAX
        ):
            first = next(one.sku for one in planned.unplaced if one.reason == reason)
            more = f" and {count - 1} more" if count > 1 else ""
            lines.append(f"    {first}{more}: {reason}")
    lines.append(f"next: endcap check {folder}")
    lines.append(f"      endcap demo --store {folder}")
    return lines


def _as_a_name(folder: str) -> str:
    """A folder's name as it may stand over a door."""
    words = re.sub(r"[-_.]+", " ", folder).strip()
    return words[:1].upper() + words[1:]


def _slug(title: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", title.lower()))[:60] or "store"
