"""PSA files made row by row, and a store made of what was read of one."""

import msgspec

from store_scenes.exchange.formats.psa.rows import Row
from store_scenes.exchange.formats.psa.write import write_psa
from store_scenes.layout.documents import (
    Floor,
    StoreDocument,
    StoreLayout,
)


def row(tag, cells):
    made = Row(tag, 0)
    for number, text in cells.items():
        made.put(number, str(text))
    return made.text()


def psa(*rows, metric=True, head=("; Version 2024.4.0", "; Codepage=1252"), newline="\r\n"):
    project = row("Project", {1: "P", 3: 0, 5: 7, 12: int(metric)})
    return newline.join(["PROSPACE SCHEMATIC FILE", *head, project, *rows, ""]).encode("cp1252")


TEA = row("Product", {1: "06291041500213", 2: 7, 3: "Tea, black", 5: 5, 6: 10, 7: 4, 8: 255,
                      12: "Acme", 13: "Tea", 18: 1, 19: 1, 20: 2.5, 21: 0.5, 29: 8, 33: "12.50",
                      36: 14, 46: 20, 47: 12, 48: 9, 49: 4, 50: 1, 51: 2})  # fmt: skip
MUG = row("Product", {1: "123", 2: "MUG", 3: "Mug", 5: 8, 6: 9, 7: "-0"})
BAY = row("Planogram", {1: "Bay, one", 2: 900, 3: 100, 4: 200, 5: 50})
LOW = row("Fixture", {1: 0, 2: "Low", 3: 1, 4: 0, 5: 100, 6: 10, 7: 2, 8: 0, 9: 40, 10: 5, 28: 1.5,
                      32: 3, 34: 0.3, 35: 6, 38: 2, 149: 30})  # fmt: skip
BOARD = row("Fixture", {1: 7, 2: "Board", 3: 2, 4: 20, 5: 60, 6: 80, 7: 90, 9: 20, 15: 2.5, 16: 2.5,
                        17: 1, 18: 1})  # fmt: skip
ON_LOW = row("Position", {1: "06291041500213", 2: 7, 3: 11, 4: 10, 5: 15.4, 6: 12, 7: 10, 8: 0,
                          9: 8, 13: 0, 14: 3, 15: 1, 16: 2, 21: 1, 24: 4, 29: 2})  # fmt: skip
ON_BOARD = row("Position", {1: "", 2: "MUG", 3: 12, 4: 25, 6: 100, 8: 5, 9: 10, 13: 1, 14: 1, 15: 2,
                            16: 1, 29: 23, 42: "PEG", 166: "x"})  # fmt: skip
DRAWING = "Drawing,5,,77,CHECK\\,VERIFY\\,SIGN"
SEGMENTS = (row("Segment", {4: 60}), row("Segment", {4: 40, 10: 60}))
SOLD = "Performance,06291041500213,7"
ROWS = (TEA, MUG, BAY, SOLD, *SEGMENTS, LOW, ON_LOW, DRAWING, BOARD, ON_BOARD)


def layout(imported, **changes):
    store = StoreDocument(1, "s", {"en": "S"}, "en-US", "USD", "c.csv", Floor(9000, 9000), (), ())
    found = StoreLayout("v", store, imported.planograms, imported.products, imported.handling)
    return msgspec.structs.replace(found, **changes)


def rewritten(imported, planogram):
    (key,) = imported.planograms
    changed = layout(imported, planograms={key: planogram})
    return write_psa(changed, (key,), {"x": imported.kept}).decode("cp1252").split("\r\n")
