"""`endcap new`: a walkable store folder from a catalogue. Loads without GL, skia or fonts."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from catalog_sync.model.failure import Failure
from catalog_sync.model.product import Product
from store_scenes.feeds.counted import counted
from store_scenes.feeds.files import never_over, opened, read_named, whole_file
from store_scenes.planning.plan import PlannedStore

if TYPE_CHECKING:
    from store_scenes.feeds.report import ImportReport

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
    currency: Annotated[
        str, typer.Option(help="ISO 4217 code; as the prices say, else by the language.")
    ] = "",
    encoding: Annotated[
        str, typer.Option(help="The feed's, such as euc-kr; found out unless said.")
    ] = "",
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
    never_over(
        {"--report": report},
        {"--catalog": catalog, "--prices": prices, "--dimensions": dimensions},
    )
    if report and not report.absolute().parent.is_dir():
        raise Failure(f"{report.parent} is no folder; the report cannot be written there")
    read = _read(catalog, prices, dimensions, locale, currency, encoding)
    products = read.products
    if sample_prices:
        products = priced(products, read.currency)
    products, models = _own_models(products, catalog.parent)
    language = read.locale.replace("_", "-").partition("-")[0]
    title = (
        " ".join((name or _as_a_name(folder.absolute().name)).split())[:STORE_NAME_CHARS_MAX]
        or "Endcap"
    )
    options = PlanOptions(
        names={language: title}, locale=read.locale, currency=read.currency, store_id=_slug(title)
    )
    try:
        planned = plan_store(products, options)
    except ValueError as error:
        raise Failure(f"{catalog}: {error}; nothing was written") from None
    comment = f"{title}: laid out by `endcap new` from {catalog.name}. Yours to change from here."
    write_store(folder, planned, products, comment=comment, models=models, proof=_proof)
    if report:
        _write_report(report, read.told, planned, products)
    for line in (*_said_of_reading(read), *_summary(folder, planned, products)):
        typer.echo(line)


def _write_report(
    path: Path, told: "ImportReport", planned: PlannedStore, products: tuple[Product, ...]
) -> None:
    tree = {
        "schema": REPORT_SCHEMA,
        "format": told.format,
        "encoding": told.encoding,
        "locale": planned.store.locale,
        "currency": planned.store.currency,
        "rows": told.rows,
        "skipped": told.skipped,
        "rules": told.rules,
        "products": len(products),
        "placed": planned.placed,
        "unplaced": planned.unplaced,
        "facings": planned.facings,
        "departments": planned.departments,
        "unpriced": sum(product.price is None for product in products),
        "sample_prices": sum(product.price_is_sample for product in products),
        "dimensions_estimated": sum(product.dimensions_estimated for product in products),
    }
    with whole_file(path) as file:
        file.write(msgspec.json.format(msgspec.json.encode(tree)) + b"\n")


@dataclass(frozen=True, slots=True)
class _Read:
    """What came of the feed: its products, what was said about its rows, and what they speak."""

    products: tuple[Product, ...]
    told: "ImportReport"
    locale: str
    currency: str


def _read(
    catalog: Path,
    prices: Path | None,
    dimensions: Path | None,
    locale: str,
    currency: str,
    encoding: str,
) -> _Read:
    """The catalogue's products with their side files, and the locale and currency of the store.

    A currency that nobody says is the one that the prices say, else that of the locale, else that
    of the names' language.
    """
    from store_scenes.feeds.currencies import PricesSeen
    from store_scenes.feeds.feed import FeedResult
    from store_scenes.feeds.money_text import check_currency
    from store_scenes.feeds.plain_csv import with_side_files
    from store_scenes.feeds.registry import open_feed, prices_seen
    from store_scenes.feeds.report import import_report
    from store_scenes.feeds.side_files import prices_in_file, read_dimensions, read_prices
    from store_scenes.planning.locale import LOCALES, language_of

    if locale:
        _check_locale(locale)
    if currency:
        check_currency(currency)

    def read(code: str, doubt: str) -> FeedResult:
        stream = open_feed(file, code, encoding=encoding)
        stream.say("currency-assumed", doubt)
        return stream.result(tuple(stream))

    told_prices = read_named(prices, prices_in_file) if prices else PricesSeen()
    with opened(catalog) as file:
        try:
            seen = PricesSeen() if currency else prices_seen(file, encoding=encoding)
            seen.currencies.update(told_prices.currencies)
            taken = currency or seen.only or LOCALES.get(locale[:2], ("", ""))[1]
            result = read(taken or "USD", seen.doubt(taken or "USD"))
            language = language_of(result.products)
            if not taken:
                taken = LOCALES[language][1]
                if taken != "USD":
                    result = read(taken, seen.doubt(taken))
        except Failure as failure:
            raise Failure(f"{catalog}: {failure}") from None
    sizes = read_named(dimensions, read_dimensions) if dimensions else {}
    costs = read_named(prices, lambda data: read_prices(data, taken)) if prices else {}
    result = with_side_files(result, sizes, costs)
    if not result.products:
        raise Failure(f"{catalog}: not one row could be read as a product; nothing was written")
    return _Read(result.products, import_report(result), locale or LOCALES[language][0], taken)


def _said_of_reading(read: _Read) -> list[str]:
    """What became of the feed's rows: the lost ones by rule, and what was taken for want of word.

    Of the rest, which is in the report, only how much there is.
    """
    from store_scenes.feeds.report import read_as, rule_lines

    told = read.told
    lost = ", ".join(f"{count:,} {rule}" for rule, count in sorted(told.skipped.items()))
    counts = f"{told.products:,} products of {told.rows:,} rows" + (
        f"; left out: {lost}" if lost else ""
    )
    shown = [
        rule for rule, one in told.rules.items() if one.severity == "error" or not one.lines[0]
    ]
    warnings = sum(one.count for rule, one in told.rules.items() if rule not in shown)
    lines = [read_as(told), counts, f"locale {read.locale}, prices in {read.currency}"]
    lines.extend(rule_lines(told, shown))
    if warnings:
        lines.append(f"  {warnings:,} warnings about the rows; --report has them")
    return lines


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
    goods = "product" if len(products) == 1 else "products"
    lines.append(
        f"{planned.placed} of {len(products)} {goods} placed in {folder}: "
        f"{counted(len(planned.store.aisles), 'aisle')}, {counted(planned.facings, 'facing')}, "
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
