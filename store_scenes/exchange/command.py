"""`endcap planogram import` and `endcap planogram export`. Loads without GL, skia or fonts."""

import contextlib
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from catalog_sync.model.failure import Failure
from store_scenes.feeds.counted import counted
from store_scenes.feeds.files import never_over, opened, own_output, read_named, whole_file

if TYPE_CHECKING:
    # For their types only: --help stays quick.
    from store_scenes.exchange.contract import Imported, ImportFinding, Progress
    from store_scenes.layout.documents import Planogram

REPORT_SCHEMA = 1
KEPT_BYTES_MAX = 256 * 1024 * 1024


def import_planogram(
    file: Annotated[Path, typer.Argument(help="The planogram to read.")],
    out: Annotated[Path, typer.Option(help="The store folder to make, or one to add it to.")],
    kind: Annotated[
        str, typer.Option("--as", help="psa, vazen or csv; told by the file if not given.")
    ] = "",
    locale: Annotated[str, typer.Option(help="Of a new store, such as ko-KR.")] = "en-US",
    currency: Annotated[
        str, typer.Option(help="ISO 4217 code of the prices; the store's, or USD in a new one.")
    ] = "",
    prices: Annotated[Path | None, typer.Option(help="CSV of gtin (or sku), price.")] = None,
    name: Annotated[str, typer.Option(help="The new store's name; the file's unless said.")] = "",
    report: Annotated[Path | None, typer.Option(help="Write every finding here, as JSON.")] = None,
) -> None:
    """Read a merchant's planogram into a store that one can walk."""
    from store_scenes.exchange.contract import PLANOGRAM_BYTES_MAX
    from store_scenes.exchange.registry import format_of
    from store_scenes.feeds.money_text import check_currency
    from store_scenes.feeds.plain_csv import completed
    from store_scenes.feeds.side_files import read_prices
    from store_scenes.layout.load import load_document

    never_over({"--report": report}, {"the planogram": file, "--prices": prices})
    added = (out / "store.toml").is_file()
    if not currency:
        currency = load_document(out).currency if added else "USD"
    check_currency(currency)
    costs = read_named(prices, lambda data: read_prices(data, currency)) if prices else {}
    with opened(file) as source:
        data = source.read(PLANOGRAM_BYTES_MAX + 1)
    try:
        told, format_ = format_of(data[:4096], file.name, kind)
        with _progress("read") as tell:
            imported = format_.read(data, _slug(file.stem), currency, tell)
    except Failure as failure:
        raise Failure(f"{file}: {failure}") from None
    products = tuple(completed(product, {}, costs) for product in imported.products)
    imported = msgspec.structs.replace(imported, products=products)
    title = name or file.stem.replace("_", " ").replace("-", " ").strip().capitalize()
    if added:
        from store_scenes.exchange.add_to_store import add_to_store

        imported = add_to_store(out, imported)
    else:
        _new_store(out, imported, title, locale, currency, file)
    counts = _counts(imported)
    if report:
        tree = {
            "format": told, "version": imported.version,
            "encoding": imported.encoding, "units": imported.units, **counts,
            "planograms": [
                {"key": key, "name": one.name, "width_mm": one.width_mm} | _of_one(one)
                for key, one in imported.planograms.items()
            ],
            "findings": imported.findings,
        }  # fmt: skip
        _write_report(report, tree)
    for line in _summary(format_.title, imported, counts, out, added=added):
        typer.echo(line)


def export_planogram(
    store: Annotated[Path, typer.Argument(help="The store folder, with its store.toml.")],
    to: Annotated[str, typer.Option("--to", help="psa, vazen or csv.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The file to write.")],
    planogram: Annotated[
        list[str] | None, typer.Option(help="Only this one; may be said several times.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(help="Write what the format does not say here, as JSON.")
    ] = None,
) -> None:
    """Write a store's planograms for another program; what was imported comes out as it was."""
    from store_scenes.exchange.into_store import kept_path
    from store_scenes.exchange.kept import kept_currency
    from store_scenes.exchange.proof_read import lost_in
    from store_scenes.exchange.registry import FORMATS, format_of
    from store_scenes.layout.load import inside, load_store, read_bounded

    _, format_ = format_of(b"", "", to)
    layout = load_store(store)
    keys = tuple(planogram or layout.planograms)
    for key in keys:
        if key not in layout.planograms:
            known = ", ".join(list(layout.planograms)[:8])
            raise Failure(f"--planogram: {key!r} is none of the store's; it has {known}")
    if not keys:
        raise Failure(f"{store} has no planogram on any fixture, so there is nothing to write")
    kept = {}
    for source in {layout.planograms[key].source for key in keys} - {""}:
        path = kept_path(source)
        if inside(store, path, "store.toml").is_file():
            raw = read_bounded(store, path, KEPT_BYTES_MAX)
            if _format_of_kept(raw) == to:
                kept[source] = raw
    order: list[str] = []
    data = FORMATS[to].write(layout, keys, kept, order.append)
    source = next((layout.planograms[key].source for key in keys
                   if layout.planograms[key].source in kept), "")  # fmt: skip
    currency = (kept_currency(kept[source]) if source else "") or layout.store.currency
    back = FORMATS[to].read(data, source or "export", currency, None)
    findings = lost_in(layout, order, back, currency)
    with whole_file(out) as target:
        target.write(data)
    if report:
        counts = {"planograms": len(back.planograms)} | _counts(back)
        _write_report(report, {"format": to, **counts, "findings": findings})
    parts = [_of_one(one) for one in back.planograms.values()]
    positions = sum(part["positions"] for part in parts)
    typer.echo(
        f"{counted(len(parts), 'planogram')}, {counted(positions, 'position')} written to {out} "
        f"({format_.title})",
        err=own_output(out),
    )
    for line in [*_told(findings), *_left_behind(kept, source)]:
        typer.echo(line, err=True)


def _left_behind(kept: "Mapping[str, bytes]", source: str) -> list[str]:
    """A word where planograms of several files go into one: only the first file is kept in it."""
    others = sorted(kept.keys() - {source})
    if not others:
        return []
    named = ", ".join(others[:4])
    told = f"what Endcap does not know of {named} is not in this file"
    return [f"  warning kept-rows: {told}; export those planograms on their own (--planogram)"]


def _new_store(
    out: Path, imported: "Imported", title: str, locale: str, currency: str, file: Path
) -> None:
    from store_scenes.exchange.into_store import kept_path, room_for
    from store_scenes.layout.handling import write_handling
    from store_scenes.planning.plan import PlannedStore
    from store_scenes.planning.write import write_store

    store = room_for(imported.planograms, title, locale, currency, _slug(title))
    files = {}
    if imported.handling:
        files["handling.csv"] = write_handling(imported.handling.values())
        store = msgspec.structs.replace(store, handling="handling.csv")
    if imported.kept:
        source = next(iter(imported.planograms.values())).source
        files[kept_path(source)] = imported.kept
    comment = f"{title}: imported from {file.name}. Yours to change from here."
    planned = PlannedStore(store, imported.planograms, (), {})
    write_store(
        out,
        planned,
        imported.products,
        comment=comment,
        files=files,
        proof=lambda made: _opens(made, out),
    )


def _opens(made: Path, out: Path) -> None:
    """Open the finished folder as anyone will; faults in it are for `check` to say.

    Raises:
        Failure: it cannot be opened.
    """
    from store_scenes.layout.load import load_store

    try:
        load_store(made)
    except Failure as failure:
        why = str(failure).replace(f"{made}{os.sep}", "")
        raise Failure(f"{out} would be no store that opens: {why}; nothing was written") from None


def _write_report(path: Path, tree: "Mapping[str, object]") -> None:
    with whole_file(path) as target:
        raw = msgspec.json.encode({"schema": REPORT_SCHEMA} | dict(tree))
        target.write(msgspec.json.format(raw) + b"\n")


def _counts(imported: "Imported") -> dict[str, int]:
    parts = [_of_one(one) for one in imported.planograms.values()]
    totals = {key: sum(part[key] for part in parts) for key in ("fixtures", "positions", "facings")}
    return {"products": len(imported.products), **totals}


def _of_one(planogram: "Planogram") -> dict[str, int]:
    positions = [position for shelf in planogram.shelves for position in shelf.positions]
    return {
        "fixtures": len(planogram.shelves),
        "positions": len(positions),
        "facings": sum(p.facings_wide * p.facings_high for p in positions),
    }


def _summary(
    title: str, imported: "Imported", counts: dict[str, int], out: Path, *, added: bool
) -> list[str]:
    version = f" {imported.version}" if imported.version else ""
    told = {"planograms": len(imported.planograms)} | counts
    words = ("planogram", "fixture", "position", "facing", "product")
    lines = [
        f"read as {title}{version} ({imported.encoding}, {imported.units})",
        ", ".join(counted(told[f"{word}s"], word) for word in words) + f" into {out}",
        *_told(imported.findings),
    ]
    if added:
        keys = ", ".join(list(imported.planograms)[:6])
        lines.append(f"next: name them on a fixture in {out / 'store.toml'}: planograms = [{keys}]")
    lines.append(f"next: endcap check {out}")
    if not added:
        lines.append(f"      endcap demo --store {out}")
    return lines


def _told(findings: "tuple[ImportFinding, ...]") -> list[str]:
    """A line for each rule, with the first thing that it found."""
    lines = []
    found = Counter((one.severity, one.rule) for one in findings)
    for (severity, rule), count in found.items():
        first = next(one for one in findings if one.rule == rule)
        at = f"line {first.line}: " if first.line else ""
        lines.append(f"  {severity} {rule}: {count:,} ({at}{first.sentence})")
    return lines


def _format_of_kept(raw: bytes) -> str:
    """The format that an import was of; empty where the file does not say."""
    found = re.match(rb'\s*\{\s*"format"\s*:\s*"([a-z-]{1,20})"', raw)
    return found[1].decode() if found else ""


def _slug(text: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:60] or "import"


@contextlib.contextmanager
def _progress(what: str) -> "Iterator[Progress]":
    """A progress bar where somebody watches."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    with Bar(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
