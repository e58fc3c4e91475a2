"""From one row's words to one product: what all feed formats do alike, and say alike."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, get_args

import msgspec

from catalog_sync.model.facts import Facts
from catalog_sync.model.money import Money, MoneyError
from catalog_sync.model.product import PackageShape, Product, was_above
from store_scenes.feeds.codes import Code, made_sku, read_code
from store_scenes.feeds.estimates import estimate_dimensions, guess_package
from store_scenes.feeds.facts_text import FactsTold, read_facts
from store_scenes.feeds.feed import FINDINGS_MAX, FeedFinding, FeedResult, Opened
from store_scenes.feeds.money_text import read_money, stated_currency
from store_scenes.feeds.sizes import size_within, written_size
from store_scenes.feeds.table import CELL_CHARS_MAX, has_markup, plain_text, tidy

SKU_CHARS_MAX = 64
NAME_CHARS_MAX = 200
TEXT_CHARS_MAX = 120  # of a brand, a category, a size
STOCK_MAX = 10_000_000
STOCK_ASSUMED = 100
DIMENSION_MM_MAX = 5_000.0
WEIGHT_G_MAX = 10_000_000.0
SHOWN_CHARS_MAX = 60

SIDES = ("width", "height", "depth")

_WHOLE = re.compile(r"([0-9]{1,9}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,2})(?:\.0{1,2}|,0{1,2})?")
_COLOUR = re.compile(r"#[0-9a-f]{6}")
Sides = tuple[float, float, float]
"""Width, height and depth in millimetres."""

_PACKAGES: tuple[PackageShape, ...] = get_args(PackageShape)


class Draft(msgspec.Struct):
    """A row's words, put under our names by the format's reader; empty where it says nothing.

    `row` is the whole row, which an identity is made from for want of another. `fallback_sku` is
    one that the format itself offers. For guesses only: `wider` are categories around `category`,
    the next wider first; `packaging` words about the package; `own_words` what the name says of
    the goods, where that is not the name itself.
    """

    row: dict[str, str]
    sku: str = ""
    fallback_sku: str = ""
    code: str = ""
    names: dict[str, str] = {}
    brand: str = ""
    category: str = ""
    wider: tuple[str, ...] = ()
    own_words: str | None = None
    packaging: str = ""
    package: str = ""
    price: str = ""
    was_price: str = ""
    price_sample: str = ""
    stock: str = ""
    width_mm: str = ""
    height_mm: str = ""
    depth_mm: str = ""
    dimensions_estimated: str = ""
    size: str = ""
    weight_g: str = ""
    model: str = ""
    model_link: str = ""
    colour: str = ""
    facts: FactsTold | None = None


class ProductMaker:
    """Makes products of drafts, one feed's, and collects what is to be said about them.

    It keeps identities, not products, so that a long feed needs little memory. Where it
    `tells_prices`, a product without a price is worth a word.
    """

    def __init__(self, currency: str, *, tells_prices: bool = False) -> None:
        self.currency = currency
        self.stock_missing = 0
        self.rows = 0
        self.tells_prices = tells_prices
        self.links: dict[str, str] = {}
        self._skus: set[str] = set()
        self._gtins: dict[str, str] = {}
        self._findings: list[FeedFinding] = []
        self._counts: Counter[str] = Counter()
        self._skipped: Counter[str] = Counter()
        self._codes: Counter[str] = Counter()

    def say(self, rule: str, line: int, sentence: str, error: int = 0) -> None:
        """Keep a finding; beyond FINDINGS_MAX only its count.

        An `error` is one that costs a row its product, and each such row has exactly one.
        """
        self._counts[rule] += 1
        if error:
            self._skipped[rule] += 1
        if len(self._findings) < FINDINGS_MAX:
            severity: Any = "error" if error else "warning"
            self._findings.append(FeedFinding(rule, severity, line, sentence))

    def result(self, kind: str, opened: Opened, products: Iterable[Product] = ()) -> FeedResult:
        """All that was said, with the products that were made of it."""
        return FeedResult(
            products=tuple(products),
            findings=tuple(self._findings),
            counts=dict(self._counts),
            rows=self.rows,
            skipped=dict(self._skipped),
            currency=self.currency,
            kind=kind,
            encoding=opened.encoding,
            separator=opened.table.separator if opened.table else "",
            links=dict(self.links),
            codes=dict(self._codes),
        )

    def plain(self, line: int, cell: str) -> str:
        """`plain_text` of a cell, and a word where it had to mend one."""
        if not cell or not has_markup(cell):
            return tidy(cell)
        mended = plain_text(cell)
        if mended != tidy(cell):
            shown = tidy(cell)[:SHOWN_CHARS_MAX]
            self.say("markup", line, f"{shown!r} has HTML or broken letters in it; it was mended")
        return mended

    def assume_stock(self) -> None:
        """The feed has no stock column."""
        self.stock_missing = STOCK_ASSUMED
        self.say("stock-assumed", 0, f"no stock column: {STOCK_ASSUMED} of each are assumed")

    def add(self, line: int, draft: Draft) -> Product | None:
        """Make a product of the row, or say why there is none."""
        self.rows += 1
        if any(len(cell) > CELL_CHARS_MAX for cell in _kept(draft)):
            self.say("cell-too-long", line, "a cell is too long; is a quote never closed?", 1)
            return None
        if not draft.names:
            known = draft.sku or draft.code or "the row"
            self.say("name-missing", line, f"{known[:SKU_CHARS_MAX]} has no name", 1)
            return None
        identity = self._identity(line, draft)
        if identity is None:
            return None
        product = self._product(line, draft, *identity)
        self._skus.add(product.sku)
        if draft.model_link:
            self.links[product.sku] = draft.model_link
        return product

    # ------------------------------------------------------------ who it is

    def _identity(self, line: int, draft: Draft) -> tuple[str, str] | None:
        """SKU and GTIN (or empty); None when the row repeats a product."""
        code = read_code(draft.code)
        self._codes[code.state] += 1
        self._say_code(line, code)
        usable = "" if code.state == "damaged" else code.gtin or code.text
        sku = draft.sku or usable or draft.fallback_sku
        if len(sku) > SKU_CHARS_MAX:
            self.say("sku-too-long", line, f"{sku[:20]}… is longer than {SKU_CHARS_MAX}; one made")
            sku = ""
        if not sku:
            sku = self._made(line, draft, code)
        twin = self._gtins.get(code.key, "") if code.key else ""
        if sku in self._skus or (twin and not draft.sku):
            first = twin or sku
            self.say("sku-duplicate", line, f"{first} came before; this row is left out", 1)
            self._codes["repeated"] += 1
            return None
        if twin:
            sentence = f"{sku} has the barcode {code.gtin} of {twin}; {sku} is kept without one"
            self.say("gtin-repeated", line, sentence)
            self._codes["repeated"] += 1
            return sku, ""
        if code.key:
            self._gtins[code.key] = sku
        return sku, code.gtin

    def _made(self, line: int, draft: Draft, code: Code) -> str:
        """An identity of our own; rows that are equal to the last letter are still several."""
        base = made_sku(draft.row)
        sku, number = base, 1
        while sku in self._skus:
            number += 1
            sku = f"{base}-{number}"
        if code.state != "damaged":
            self.say("sku-made", line, f"the row has no sku and no code; it is called {sku}")
        return sku

    def _say_code(self, line: int, code: Code) -> None:
        if code.was_number:
            self.say(
                "code-was-number", line, f"{code.text} was kept as a number; it is {code.gtin}"
            )
            return
        match code.state:
            case "zeros-restored":
                self.say(
                    "gtin-zeros-restored", line, f"{code.text} lost its zeros; it is {code.gtin}"
                )
            case "damaged":
                self.say(
                    "code-damaged",
                    line,
                    f"{code.text} was a barcode that a spreadsheet rounded; "
                    "export the column as text",
                )
            case "bad":
                self.say(
                    "gtin-bad",
                    line,
                    f"{code.text!r} is no GTIN (wrong length or check digit)",
                )
            case _:
                pass

    # ------------------------------------------------------------ what it is

    def _product(self, line: int, draft: Draft, sku: str, gtin: str) -> Product:
        name = " ".join(draft.names.values()) if draft.own_words is None else draft.own_words
        size_text = written_size(draft.size) or size_within(name)
        weight_g = self._number(line, draft, "weight_g", WEIGHT_G_MAX)
        package = self._package(line, draft, name, size_text)
        stated = [self._number(line, draft, f"{side}_mm", DIMENSION_MM_MAX) for side in SIDES]
        estimated = _is_yes(draft.dimensions_estimated)
        sides = (stated[0], stated[1], stated[2])
        if min(stated) <= 0.0:
            usual = estimate_dimensions(
                package, size_text, weight_g, draft.category, name, draft.wider
            )
            sides, estimated = self._completed(line, sides, usual), True
        price = self._price(line, draft.price)
        return Product(
            sku=sku,
            names={language: text[:NAME_CHARS_MAX] for language, text in draft.names.items()},
            brand=draft.brand[:TEXT_CHARS_MAX],
            category=draft.category[:TEXT_CHARS_MAX],
            package=package,
            dimensions_mm=sides,
            price=price,
            stock=self._stock(line, draft.stock),
            gtin=gtin,
            size_text=size_text[:TEXT_CHARS_MAX],
            weight_g=weight_g,
            dimensions_estimated=estimated,
            model=draft.model,
            colour=self._colour(line, draft.colour.lower()),
            was_price=self._was_price(line, draft.was_price, price),
            price_is_sample=price is not None and _is_yes(draft.price_sample),
            facts=self._facts(line, draft.facts),
        )

    def _facts(self, line: int, told: FactsTold | None) -> Facts | None:
        if told is None:
            return None
        facts, faults = read_facts(told)
        for rule, sentence in faults:
            self.say(rule, line, sentence)
        return facts or None

    def _completed(self, line: int, stated: Sides, usual: Sides) -> Sides:
        """The sides that are stated, and the others of a usual package."""
        missing = [name for name, side in zip(SIDES, stated, strict=True) if side <= 0.0]
        if len(missing) == len(SIDES):
            return usual
        self.say("sides-estimated", line, f"no {' and no '.join(missing)}: estimated")
        width, height, depth = (one or other for one, other in zip(stated, usual, strict=True))
        return width, height, depth

    def _package(self, line: int, draft: Draft, name: str, size_text: str) -> PackageShape:
        stated = draft.package.lower()
        known = next((shape for shape in _PACKAGES if shape == stated), None)
        if stated and known is None:
            self.say("package-unknown", line, f"{stated!r} is no package of {', '.join(_PACKAGES)}")
        if known == "model" and not draft.model:
            self.say("model-missing", line, "package is model and no model is named")
            known = None
        if known is None and draft.model:
            return "model"
        return known or guess_package(draft.category, name, size_text, draft.packaging, draft.wider)

    def _number(self, line: int, draft: Draft, key: str, largest: float) -> float:
        text: str = getattr(draft, key)
        if not text:
            return 0.0
        plain = text.isascii() and text.replace(".", "", 1).isdecimal() and len(text) < 20
        value = float(text) if plain else -1.0
        if not 0.0 <= value <= largest:
            self.say("number-bad", line, f"{key} {text!r} is not a number from 0 to {largest:,.0f}")
            return 0.0
        return value

    def _price(self, line: int, text: str) -> Money | None:
        if not text:
            if self.tells_prices:
                self.say("price-missing", line, "the row has no price; the product stays unpriced")
            return None
        try:
            price = read_money(text, self.currency)
        except MoneyError as error:
            said = self._why_not(text, error)
            self.say("price-bad", line, f"{said}; the product stays unpriced")
            return None
        if price.amount_minor < 0:
            self.say("price-bad", line, f"the price {text} is negative; the product stays unpriced")
            return None
        return price

    def _why_not(self, text: str, error: MoneyError) -> str:
        """Why a text is no price here; of one in another currency, what to do about it."""
        told = stated_currency(text)
        if not told or told == self.currency:
            return str(error)
        return f"the price {text!r} is in {told}, not in {self.currency}: see --currency"

    def _was_price(self, line: int, text: str, price: Money | None) -> Money | None:
        if not text:
            return None
        try:
            was_price = was_above(price, read_money(text, self.currency))
        except MoneyError as error:
            said = self._why_not(text, error)
            self.say("was-price-bad", line, f"{said}; the product is no offer")
            return None
        if was_price is None:
            self.say("was-price-bad", line, f"{text} is not above the price; it is no offer")
        return was_price

    def _stock(self, line: int, text: str) -> int:
        """Whole units; `1.0` and `1,000` are one and a thousand, and `1.000` may be either."""
        if not text:
            return self.stock_missing
        found = _WHOLE.fullmatch(text)
        count = int("".join(found[1].split(","))) if found else STOCK_MAX + 1
        if count > STOCK_MAX:
            self.say("stock-bad", line, f"stock {text!r} is not a whole number; 0 is taken")
            return 0
        return count

    def _colour(self, line: int, text: str) -> str:
        if text and not _COLOUR.fullmatch(text):
            self.say("colour-bad", line, f"colour {text!r} is not written #rrggbb")
            return ""
        return text


def named(text: str, language: str = "") -> dict[str, str]:
    """A name under its language: the one told, else Korean where it has Hangul, else English."""
    if not text:
        return {}
    korean = any("가" <= character <= "힣" for character in text)
    return {language or ("ko" if korean else "en"): text}


def _is_yes(text: str) -> bool:
    return text.lower() in {"yes", "true", "1"}


def _kept(draft: Draft) -> list[str]:
    """The words that may end up in the product; a long description is nobody's fault."""
    return [
        *draft.names.values(),
        draft.sku, draft.code, draft.brand, draft.category, draft.size, draft.model, draft.package,
    ]  # fmt: skip
