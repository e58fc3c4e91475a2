r"""What checking and compiling a layout cost beside reading the same bytes with `tomllib`.

A clean store of 20,000 facings is made here, twice: one facing a position, and three. Measured in
turns, in one process, the median over rounds and of the ratios of each round:

    tomllib    tomllib.loads on store.toml and every planogram: the same bytes, no meaning
    check      what `endcap check` does: read, join, and all rules
    compile    the layout's documents to the arrays that a renderer takes, as after an edit: all
               furniture and goods anew; the products' pictures and meshes, those of parts that are
               made once for each set of measures, and the room's light are known from before, for
               they are cooked, made or baked on their own
    cold       the first compilation of all: every picture drawn and the light baked; once

    python benchmarks/layout.py [--json] [--facings N] [--rounds N]
"""

import argparse
import json
import statistics
import tempfile
import time
import tomllib
from pathlib import Path

from catalog_sync.model.money import Money
from catalog_sync.model.product import Product
from store_scenes.compile.compiler import compile_scene
from store_scenes.compile.memo import CompileMemo
from store_scenes.layout.check import check
from store_scenes.layout.documents import (
    Aisle,
    FixturePlacement,
    Floor,
    Planogram,
    Position,
    Shelf,
    StoreDocument,
    StoreLayout,
)
from store_scenes.layout.load import load_store
from store_scenes.planning.plan import PlannedStore
from store_scenes.planning.write import write_store

PRODUCTS = 2_000
BAY_MM, SHELVES, BAYS_A_RUN = 1250.0, 6, 16


def make_store(folder: Path, facings: int, wide: int) -> None:
    """Runs of two-sided gondolas, `wide` facings a position, without a finding."""
    goods = [
        Product(
            f"SKU-{n:04d}", {"en": f"Product number {n}"}, "Brand", "snacks", "box",
            (60.0 + n % 40, 120.0 + n % 60, 50.0 + n % 30), Money(100 + n, "USD"), 10,
        )
        for n in range(PRODUCTS)
    ]  # fmt: skip
    planograms: dict[str, Planogram] = {}
    placed = number = 0
    while placed < facings:
        shelves = []
        for tier in range(SHELVES):
            positions, used = [], 0.0
            while placed < facings:
                product = goods[number % PRODUCTS]
                across = (product.dimensions_mm[0] + 4.0) * wide
                if used + across > BAY_MM - 10.0:
                    break
                positions.append(Position(product.sku, wide))
                used, placed, number = used + across, placed + wide, number + 1
            shelves.append(Shelf(120.0 + tier * 330.0, tuple(positions)))
        planograms[f"bay-{len(planograms):03d}"] = Planogram(
            f"Bay {len(planograms)}", BAY_MM, tuple(shelves)
        )
    bays = tuple(planograms)
    runs = [bays[start : start + BAYS_A_RUN] for start in range(0, len(bays), BAYS_A_RUN)]
    depth = len(runs) * 3600.0 + 8000.0
    fixtures, aisles = [], []
    for row, run in enumerate(runs):
        half = (len(run) + 1) // 2
        aisles.append(Aisle(f"a{row}", {"en": f"Aisle {row}"}))
        fixtures.append(
            FixturePlacement(
                f"run-{row}", "gondola", f"a{row}", 0.0, depth / 2 - 5000.0 - row * 3600.0,
                run[:half], run[half:], height_mm=2200.0,
            )
        )  # fmt: skip
    floor = Floor(14000.0, depth, 3600.0, 0.0, depth / 2 - 1500.0)
    store = StoreDocument(
        1, "bench", {"en": "Bench"}, "en-US", "USD", "catalog.csv", floor, tuple(aisles),
        tuple(fixtures),
    )  # fmt: skip
    write_store(folder, PlannedStore(store, planograms, (), {}), goods)


class Store:
    """A store on disk, and what a compilation before left."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        files = [folder / "store.toml", *sorted((folder / "planograms").glob("*.toml"))]
        self.texts = [file.read_text(encoding="utf-8") for file in files]
        self.layout = load_store(folder)
        self.memo = CompileMemo()
        self.cold_s = self._compiled(self.memo, quick=False)

    def tomllib_s(self) -> float:
        """Seconds to read all files as TOML."""
        start = time.perf_counter()
        for text in self.texts:
            tomllib.loads(text)
        return time.perf_counter() - start

    def check_s(self) -> float:
        """Seconds of a check, from the files to the findings."""
        start = time.perf_counter()
        found = check(load_store(self.folder), self.folder)
        seconds = time.perf_counter() - start
        assert not found, found[0]
        return seconds

    def compile_s(self) -> float:
        """Seconds of a compilation that knows products and light, and nothing of the layout."""
        return self._compiled(self.memo.of_products(), quick=True)

    def _compiled(self, memo: CompileMemo, *, quick: bool) -> float:
        layout: StoreLayout = self.layout
        start = time.perf_counter()
        compile_scene(layout, layout.products, _no_model, _quiet, memo, quick=quick)
        return time.perf_counter() - start


def _no_model(name: str) -> object:
    raise AssertionError(f"{name}: this store has no models")


def _quiet(_stage: str, _done: int, _total: int) -> None:
    pass


def measure(facings: int, rounds: int) -> list[dict[str, float]]:
    """A report for each store: medians in seconds, and ratios to `tomllib`."""
    reports = []
    with tempfile.TemporaryDirectory() as temporary:
        for wide in (1, 3):
            folder = Path(temporary) / f"wide-{wide}"
            make_store(folder, facings, wide)
            store = Store(folder)
            store.check_s(), store.compile_s()
            times: dict[str, list[float]] = {"tomllib": [], "check": [], "compile": []}
            for _ in range(rounds):
                times["tomllib"].append(store.tomllib_s())
                times["check"].append(store.check_s())
                times["compile"].append(store.compile_s())
            positions = sum(
                len(shelf.positions)
                for bay in store.layout.planograms.values()
                for shelf in bay.shelves
            )
            report = {f"{key}_s": statistics.median(values) for key, values in times.items()}
            for key in ("check", "compile"):
                ratios = [a / b for a, b in zip(times[key], times["tomllib"], strict=True)]
                report[f"{key}_over_tomllib"] = statistics.median(ratios)
            reports.append(
                {"facings": facings, "positions": positions, "cold_s": store.cold_s,
                 "bytes": sum(len(text.encode()) for text in store.texts)} | report
            )  # fmt: skip
    return reports


def main() -> None:
    """Measure and say."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--facings", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=9)
    told = parser.parse_args()
    reports = measure(told.facings, told.rounds)
    if told.json:
        print(json.dumps({"benchmark": "layout", "schema": 1, "rounds": told.rounds,
                          "stores": reports}))  # fmt: skip
        return
    for report in reports:
        print(f"{report['facings']:,} facings in {report['positions']:,} positions, "
              f"{report['bytes']:,} bytes")  # fmt: skip
        print(f"  tomllib  {report['tomllib_s']:7.3f} s")
        for key in ("check", "compile"):
            print(f"  {key:<8} {report[f'{key}_s']:7.3f} s  "
                  f"{report[f'{key}_over_tomllib']:5.2f} times tomllib")  # fmt: skip
        print(f"  cold     {report['cold_s']:7.3f} s  the first compilation, all pictures drawn")


if __name__ == "__main__":
    main()
