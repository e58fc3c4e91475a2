"""A shop where something is always going on: prices, edits of the shelves, a broken file, a cut."""

import subprocess
import time

from conftest import CATALOG, endcap, write_tiny_store

MORE_GOODS = """\
COFFEE,Coffee,Hill,tea,4500,30,can,70,110,70
JAM,Plum Jam,Field,pantry,3900,12,jar,70,90,70
MILK,Milk,Cow,milk,1800,60,carton,70,190,70
"""
BREATH_S = 0.7


def write_busy_store(folder):
    """The tiny store with enough in it to compare, and a label of a food."""
    write_tiny_store(folder)
    rows = (CATALOG + MORE_GOODS).splitlines()
    facts = {"MILK": "milk,260,4.1", "JAM": ",1040,0.1"}
    rows = [row + "," + facts.get(row.partition(",")[0], ",,") for row in rows[1:]]
    head = CATALOG.splitlines()[0] + ",allergens,energy_kj,fat_g"
    (folder / "catalog.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    bay = folder / "planograms" / "bay-1.toml"
    _swap(bay, '{ sku = "RICE" }', '{ sku = "RICE" }, { sku = "COFFEE" }, { sku = "JAM" }')
    return folder


class BusyShop:
    """`turn` does the next thing; each server is `start`ed on the port of the first."""

    def __init__(self, folder, start):
        self._folder, self._start = folder, start
        self._server = start("--watch", store=folder)
        self.url = self._server.url
        self.done = 0
        self._turns = (
            self._reprice, self._add_milk, self._reprice, self._break, self._reprice, self._mend,
            self._take_milk, self._reprice, self._away_and_back, self._reprice, self._move_run,
            self._reprice, self._come_back_anew, self._reprice,
        )  # fmt: skip

    def turn(self):
        """One thing happens, and a moment passes."""
        self._turns[self.done % len(self._turns)]()
        self.done += 1
        time.sleep(BREATH_S)

    def stop(self):
        self._server.stop()

    def _bay(self, number):
        return self._folder / "planograms" / f"bay-{number}.toml"

    def _reprice(self):
        amount = 1500 + 10 * (self.done % 50)
        words = [endcap(), "reprice", "TEA", str(amount), "--server", self.url]
        words += ["--store", str(self._folder)]
        subprocess.run(words, capture_output=True, timeout=60, check=True)

    def _add_milk(self):
        _swap(self._bay(2), '{ sku = "VASE" }', '{ sku = "MILK" }, { sku = "VASE" }')

    def _take_milk(self):
        _swap(self._bay(2), '{ sku = "MILK" }, ', "")

    def _break(self):
        _swap(self._bay(2), '"SOAP"', '"SOAPS"')

    def _mend(self):
        _swap(self._bay(2), '"SOAPS"', '"SOAP"')

    def _move_run(self):
        """To and fro."""
        path = self._folder / "store.toml"
        text = path.read_text(encoding="utf-8")
        there = "x_mm = 2500" in text
        _swap(path, *("x_mm = 2500", "x_mm = 2800")[:: 1 if there else -1])

    def _away_and_back(self, *, forgets=False):
        """The server is gone for a moment; whoever was inside finds it again."""
        port = self.url.rpartition(":")[2].rstrip("/")
        self._server.stop()
        if forgets:
            for path in (self._folder / ".endcap").glob("shop.sqlite*"):
                path.unlink()
        time.sleep(BREATH_S)
        self._server = self._start("--watch", "--port", port, store=self._folder)

    def _come_back_anew(self):
        """Its database is lost: every product is told anew, and the shopper brings their cart."""
        self._away_and_back(forgets=True)


def _swap(path, old, new):
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
