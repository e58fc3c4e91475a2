"""The Product rows of a .psa file: products of the catalogue, and how they are handled."""

from collections.abc import Callable

from catalog_sync.model.money import Money, MoneyError, minor_digits
from catalog_sync.model.product import PackageShape, Product
from store_scenes.exchange.formats.psa.rows import Row
from store_scenes.feeds.codes import read_code
from store_scenes.feeds.estimates import guess_package
from store_scenes.feeds.money_text import read_money
from store_scenes.feeds.table import tidy
from store_scenes.layout.documents import Handling, Pack, PackStyle
from store_scenes.layout.orientation import ORIENTATIONS, turned

SIDE_MM_MAX = 5_000.0
SIDE_MM_ASSUMED = 100.0
STOCK_ASSUMED = 100
PACKS: tuple[tuple[PackStyle, int], ...] = (
    ("tray", 46), ("case", 54), ("display", 62), ("alternate", 70), ("loose", 78),
)  # fmt: skip
"""The first of each pack's cells: width, height, depth, wide, high, deep, units, most high."""

PACKAGES: dict[int, PackageShape] = {1: "jar", 2: "can", 8: "bottle"}

Say = Callable[[str, Row, str], None]


class ReadProducts:
    """Products by what positions call them, and by our SKU.

    `rows` has those that a Product row tells; `ids` the upc and id of every one.
    """

    def __init__(self, unit_mm: float, currency: str, movement_days: float) -> None:
        self.by_sku: dict[str, Product] = {}
        self.handling: dict[str, Handling] = {}
        self.rows: dict[str, Row] = {}
        self.ids: dict[str, tuple[str, str]] = {}
        self._by_ids: dict[tuple[str, str], Product] = {}
        self._unit_mm = unit_mm
        self._currency = currency
        self.movement_days = movement_days

    def of(self, upc: str, number: str) -> Product | None:
        """The product that a position names, by both of its identities or by one of them."""
        return (
            self._by_ids.get((upc, number))
            or (self._by_ids.get((upc, "")) if upc else None)
            or (self._by_ids.get(("", number)) if number else None)
        )

    def add(self, row: Row, say: Say) -> None:
        """A Product row; one that repeats another is left to the first."""
        upc, number = row.cell(1), row.cell(2)
        if not (upc or number):
            say("product-nameless", row, "a product without upc and id was kept as it is")
            return
        if (upc, number) in self._by_ids:
            say("product-repeated", row, f"{upc or number} came before; the first one holds")
            return
        gtin = self._gtin(row, upc, number, say)
        sku = self._sku(upc, number)
        product = Product(
            sku=sku,
            names={"ko" if _is_korean(row.cell(3)) else "en": tidy(row.cell(3))[:200] or sku},
            brand=tidy(row.cell(232) or row.cell(12))[:120],
            category=tidy(row.cell(13))[:120],
            package=PACKAGES.get(row.code(29))
            or guess_package(tidy(row.cell(13)), tidy(row.cell(3)), row.cell(10)),
            dimensions_mm=self._size(row, sku, say),
            price=self._price(row, sku, say),
            stock=STOCK_ASSUMED,
            gtin=gtin,
            size_text=self._size_text(row),
            dimensions_estimated=min(abs(row.number(cell)) for cell in (5, 6, 7)) <= 0.0,
            colour=_colour(row.code(8) if row.cell(8) else -1, row.number(8)),
        )
        self._keep(row, product, (upc, number))
        handling = self._handling(row, sku)
        if handling != Handling(sku):
            self.handling[sku] = handling

    def stand_in(self, row: Row, say: Say) -> Product | None:
        """A product for a position that names none of the file's: of the size that it takes."""
        upc, number = row.cell(1), row.cell(2)
        if not (upc or number):
            say("position-nameless", row, "a position without upc and id was kept as it is")
            return None
        sku = self._sku(upc, number)
        say("product-missing", row, f"no Product row has {upc or number}; one was made of its size")
        counts = [max(row.code(cell), 1) for cell in (14, 15, 16)]
        sides = [
            abs(row.number(cell)) * self._unit_mm / count
            for cell, count in zip((5, 7, 9), counts, strict=True)
        ]
        as_it_stands = tuple(
            min(side, SIDE_MM_MAX) if side > 0.1 else SIDE_MM_ASSUMED for side in sides
        )
        width, height, depth = as_it_stands
        code = row.code(29) if 0 <= row.code(29) < len(ORIENTATIONS) else 0
        order = turned((0.0, 1.0, 2.0), ORIENTATIONS[code])
        upright = [0.0, 0.0, 0.0]
        for place, size in zip(order, (width, height, depth), strict=True):
            upright[int(place)] = round(size, 4)
        product = Product(
            sku, {"en": sku}, "", "", "box", (upright[0], upright[1], upright[2]),
            stock=STOCK_ASSUMED, gtin=read_code(upc).gtin, dimensions_estimated=True,
        )  # fmt: skip
        self._keep(None, product, (upc, number))
        return product

    def _keep(self, row: Row | None, product: Product, ids: tuple[str, str]) -> None:
        self.by_sku[product.sku] = product
        self.ids[product.sku] = ids
        self._by_ids[ids] = product
        for one in ((ids[0], ""), ("", ids[1])):
            if any(one):
                self._by_ids.setdefault(one, product)
        if row is not None:
            self.rows[product.sku] = row

    def _sku(self, upc: str, number: str) -> str:
        """The upc where there is one, else the id; both where that names another already.

        Tidied as a catalogue tidies its cells, so that positions find it there.
        """
        upc, number = tidy(upc), tidy(number)
        sku = upc or number or "product"
        if sku in self.by_sku:
            sku = f"{upc}-{number}" if number else f"{upc}-2"
        base, count = sku[:60].strip(), 1
        sku = base
        while sku in self.by_sku:
            count += 1
            sku = f"{base}-{count}"
        return sku

    def _gtin(self, row: Row, upc: str, number: str, say: Say) -> str:
        """The barcode, from whichever of the two cells has one; zeros in front are kept."""
        codes = [read_code(upc), read_code(number)]
        good = next((code.gtin for code in codes if code.state == "good"), "")
        if not good and codes[0].state in {"bad", "damaged"}:
            say("gtin-bad", row, f"{upc!r} is no GTIN (wrong length or check digit)")
        return good

    def _size(self, row: Row, sku: str, say: Say) -> tuple[float, float, float]:
        stated = [abs(row.number(cell)) * self._unit_mm for cell in (5, 6, 7)]
        if min(stated) <= 0.0:
            say("size-missing", row, f"{sku} has a side without length; {SIDE_MM_ASSUMED:g} mm")
        if max(stated) > SIDE_MM_MAX:
            say("size-large", row, f"{sku} has a side of more than {SIDE_MM_MAX:g} mm; that much")
        sides = [round(min(side, SIDE_MM_MAX), 4) or SIDE_MM_ASSUMED for side in stated]
        return sides[0], sides[1], sides[2]

    def _size_text(self, row: Row) -> str:
        amount, unit = row.cell(10), row.cell(11)
        return tidy(f"{amount} {unit}")[:120] if amount and unit.upper() not in {"", "EA"} else ""

    def _price(self, row: Row, sku: str, say: Say) -> Money | None:
        """The price, to the minor unit; what is no amount is said and leaves the product unpriced.

        A fraction of what a currency has no fractions of is somebody else's currency.
        """
        text = row.cell(33)
        if not text.strip("0."):
            return None
        try:
            price = read_money(text, self._currency)
        except MoneyError as error:
            digits = minor_digits(self._currency)
            stated = row.number(33)
            if not (digits and 0.0 < stated < 1e9):
                say("price-bad", row, f"{sku} stays unpriced: {error}")
                return None
            price = Money(round(stated * 10**digits), self._currency)
            say("price-rounded", row, f"the price {text} of {sku} is rounded to {digits} decimals")
        if price.amount_minor <= 0:
            say("price-bad", row, f"{sku} stays unpriced: {text} is no price")
            return None
        return price

    def _handling(self, row: Row, sku: str) -> Handling:
        mm = self._unit_mm
        packs = []
        for style, first in PACKS:
            size = tuple(abs(row.number(first + n)) * mm for n in range(3))
            if min(size) > 0.0 and max(size) <= SIDE_MM_MAX:
                counts = [min(max(row.code(first + 3 + n), 0), 10_000) for n in range(4)]
                wide, high, deep = (max(count, 1) for count in counts[:3])
                rounded = (round(size[0], 4), round(size[1], 4), round(size[2], 4))
                packs.append(Pack(style, rounded, wide, high, deep, counts[3]))
        movement = max(row.number(36), 0.0)
        return Handling(
            sku,
            tuple(packs),
            nest_z_mm=round(min(max(row.number(18) * mm, 0.0), SIDE_MM_MAX), 4),
            peg_hole_x_mm=round(min(max(row.number(20) * mm, 0.0), SIDE_MM_MAX), 4),
            peg_hole_y_mm=round(min(max(row.number(21) * mm, 0.0), SIDE_MM_MAX), 4),
            hangs=row.code(19) > 0,
            units_a_day=round(min(movement, 1e6) / self.movement_days, 6),
        )


def _colour(code: int, value: float) -> str:
    """Windows' colour number (blue, green, red from the top byte down) as #rrggbb."""
    if code < 0 or not 0 <= value < 1 << 24:
        return ""
    number = int(value)
    return f"#{number & 255:02x}{number >> 8 & 255:02x}{number >> 16 & 255:02x}"


def _is_korean(text: str) -> bool:
    return any("가" <= character <= "힣" for character in text)
