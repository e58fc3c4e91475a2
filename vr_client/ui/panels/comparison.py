"""Two products side by side: what differs, and which is cheaper, in words and signs."""

from collections.abc import Iterator
from dataclasses import dataclass

from catalog_sync.model.facts import NUTRIENTS, Nutrient
from catalog_sync.model.money import format_money
from catalog_sync.model.product import Product
from catalog_sync.model.size_words import size_words
from catalog_sync.model.unit_price import unit_price, unit_price_text
from vr_client.ui import icons, theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.daily_intake import amount_text, basis
from vr_client.ui.panels.card import LOW_STOCK, discount_percent
from vr_client.ui.panels.food_label import allergen_words
from vr_client.ui.pieces import button, close_button, paper, picture, side_button
from vr_client.ui.strings import text

WIDTH = 560.0
MARGIN = 16.0
NAMES = 108.0
"""How wide the names of the rows are, between the two sides' left edges and the paper's."""

SIDE = (WIDTH - 2.0 * MARGIN - NAMES - 16.0) / 2.0
HEAD, PICTURE = 58.0, 86.0
TITLES = 60.0
ROW, LINE = 23.5, theme.TEXT_SMALL * 1.3
BUY = theme.BUTTON_HEIGHT + 24.0
SWAP = 92.0
ALLERGEN_LINES_MAX = 12
LOWER, HIGHER = "▼", "▲"


@dataclass(frozen=True, slots=True)
class ComparisonView:
    """Both products with their pictures (None: not drawn yet) and whether each is on its way."""

    products: tuple[Product, Product]
    pictures: tuple[int | None, int | None]
    pending: tuple[bool, bool]
    language: str
    locale: str


@dataclass(frozen=True, slots=True)
class Row:
    """`name` as it is read; what each side says, with its sign, and whether it is the better one.

    `strong` rows are what a shopper looks for first, `faint` ones say what those below are of.
    """

    name: str
    said: tuple[str, str]
    signs: tuple[str, str] = ("", "")
    strong: bool = False
    faint: bool = False


def rows(view: ComparisonView) -> Iterator[Row]:
    """What is compared, from the top. Nutrition stands there where either label has some."""
    language, (one, two) = view.language, view.products
    cheaper = text("compare.cheaper", language)
    prices = (_price(one, view), _price(two, view))
    yield Row(text("compare.price", language), prices, strong=True)
    units = [unit_price_text(product, view.locale, language) or "–" for product in view.products]
    yield Row(
        text("compare.unit_price", language), (units[0], units[1]), _cheaper(one, two, cheaper)
    )
    yield Row(
        text("compare.size", language),
        (size_words(one.size_text, language) or "–", size_words(two.size_text, language) or "–"),
    )
    yield Row(text("compare.stock", language), (_stock(one, language), _stock(two, language)))
    if not (one.told.nutrition or two.told.nutrition):
        return
    bases = (basis(one), basis(two))
    per = [text("compare.per", language, basis=base) for base in bases]
    yield Row(text("compare.nutrition", language), (per[0], per[1]), faint=True)
    for name in NUTRIENTS:
        if name == "salt_g" and language == "ko":
            amounts = (one.told.nutrition.sodium_mg, two.told.nutrition.sodium_mg)
            key, unit = "sodium", "mg"
        else:
            key, _, unit = name.rpartition("_")
            amounts = (_amount(one, name), _amount(two, name))
        if amounts == (None, None):
            continue
        said = (amount_text(amounts[0], unit), amount_text(amounts[1], unit))
        signs = _signs(*amounts) if bases[0] == bases[1] and said[0] != said[1] else ("", "")
        yield Row(text(f"nutrient.{key}", language), said, signs)


def _price(product: Product, view: ComparisonView) -> str:
    if product.price is None:
        return text("card.unpriced", view.language)
    return format_money(product.price, view.locale)


def _amount(product: Product, name: Nutrient) -> float | None:
    amount: float | None = getattr(product.told.nutrition, name)
    return amount


def _signs(one: float | None, two: float | None) -> tuple[str, str]:
    if one is None or two is None or one == two:
        return "", ""
    return (LOWER, HIGHER) if one < two else (HIGHER, LOWER)


def _cheaper(one: Product, two: Product, word: str) -> tuple[str, str]:
    """The word at the side that costs less for as much; nowhere where that cannot be told."""
    if one.price is None or two.price is None or one.price.currency != two.price.currency:
        return "", ""
    mine = unit_price(one.price, one.size_text, one.weight_g)
    theirs = unit_price(two.price, two.size_text, two.weight_g)
    if mine is None or theirs is None or (mine.unit, mine.quantity) != (
        theirs.unit, theirs.quantity,
    ):  # fmt: skip
        return "", ""
    less = theirs.money.amount_minor - mine.money.amount_minor
    return (word if less > 0 else "", word if less < 0 else "")


def _stock(product: Product, language: str) -> str:
    if product.stock <= 0:
        return text("card.sold_out", language)
    key = "card.low_stock" if product.stock <= LOW_STOCK else "card.stock"
    return text(key, language, count=product.stock)


def _allergens(view: ComparisonView) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """What each side says of allergens; None where both are no food as far as is known."""
    if not any(product.facts for product in view.products):
        return None
    return _declared_of(view.products[0], view.language), _declared_of(
        view.products[1], view.language
    )


def _declared_of(product: Product, language: str) -> tuple[str, ...]:
    facts = product.told
    if not facts:
        return (text("compare.unknown", language),)
    said = [allergen_words(facts.contains, language)] if facts.contains else []
    if facts.may_contain:
        named = allergen_words(facts.may_contain, language)
        said.append(text("card.may_contain", language, names=named))
    return tuple(said) or (text("compare.none", language),)


def _allergen_lines(canvas: Canvas, both: tuple[tuple[str, ...], tuple[str, ...]]) -> int:
    return max(
        sum(
            canvas.lines(words, theme.TEXT_SMALL, SIDE - 4.0, lines_max=ALLERGEN_LINES_MAX)
            for words in said
        )
        for said in both
    )


def height(canvas: Canvas, view: ComparisonView) -> float:
    """How high the panel is for what both labels say."""
    words = _allergens(view)
    declared = _allergen_lines(canvas, words) * LINE + 16.0 if words else 0.0
    return HEAD + PICTURE + TITLES + ROW * len(list(rows(view))) + declared + 8.0 + BUY


def draw(canvas: Canvas, view: ComparisonView) -> None:
    """Draw the panel; begun by the caller with WIDTH and `height`."""
    language, high = view.language, height(canvas, view)
    paper(canvas, WIDTH, high)
    canvas.text("compare.title", text("compare.title", language), theme.PADDING, 33.0,
                theme.TITLE, theme.INK, bold=True)  # fmt: skip
    close_button(canvas, "compare.close", WIDTH - 16.0, 15.0)
    for side in (0, 1):
        _product(canvas, view, side)
    top = HEAD + PICTURE + TITLES
    for number, row in enumerate(rows(view)):
        _row(canvas, row, top, shaded=number % 2 == 0)
        top += ROW
    words = _allergens(view)
    if words is not None:
        _declared(canvas, language, words, top + 6.0)
    for side in (0, 1):
        _choose(canvas, view, side, high)


def _left(side: int) -> float:
    return MARGIN + NAMES + side * (SIDE + 16.0)


def _product(canvas: Canvas, view: ComparisonView, side: int) -> None:
    product, left = view.products[side], _left(side)
    tint = product.colour.removeprefix("#") or theme.GROUND_DEEP
    picture(canvas, (left, HEAD, left + 80.0, HEAD + PICTURE), view.pictures[side], tint, 11.0)
    percent = discount_percent(product)
    if percent:
        said = text("card.offer", view.language, percent=percent)
        canvas.text("compare.offer", said, left + 90.0, HEAD + 16.0, theme.TEXT_SMALL,
                    theme.PRICE, bold=True, width=SIDE - 92.0)  # fmt: skip
    if product.brand:
        canvas.paragraph("compare.brand", product.brand, left + 90.0, HEAD + 28.0, SIDE - 92.0,
                         theme.TEXT_SMALL, theme.INK_FAINT, lines_max=3)  # fmt: skip
    canvas.paragraph("compare.name", product.name(view.language), left, HEAD + PICTURE + 8.0,
                     SIDE - 6.0, theme.TEXT_LARGE, theme.INK, bold=True, lines_max=2)  # fmt: skip


def _row(canvas: Canvas, row: Row, top: float, *, shaded: bool) -> None:
    middle = top + ROW / 2.0
    if shaded:
        canvas.box((MARGIN - 4.0, top, WIDTH - MARGIN + 4.0, top + ROW), theme.GROUND, 6.0)
    canvas.text("compare.row", row.name, MARGIN + 4.0, middle, theme.TEXT_SMALL, theme.INK_SOFT,
                width=NAMES - 10.0)  # fmt: skip
    em = theme.TEXT_LARGE if row.strong else theme.TEXT_SMALL if row.faint else theme.TEXT
    for side in (0, 1):
        left, sign = _left(side), row.signs[side]
        room = canvas.width(sign, theme.TEXT_SMALL, bold=True) + 6.0 if sign else 0.0
        end = canvas.text("compare.value", row.said[side], left, middle, em,
                          theme.INK_FAINT if row.faint else theme.INK,
                          bold=row.strong or bool(sign), width=SIDE - room - 2.0)[2]  # fmt: skip
        if sign:
            ink = theme.INK_FAINT if sign in {LOWER, HIGHER} else theme.ACCENT
            canvas.text("compare.sign", sign, end + 6.0, middle, theme.TEXT_SMALL, ink,
                        bold=True)  # fmt: skip


def _declared(
    canvas: Canvas, language: str, both: tuple[tuple[str, ...], tuple[str, ...]], top: float
) -> None:
    icons.alert(canvas, MARGIN + 11.0, top + LINE / 2.0, 13.0, theme.WARNING)
    canvas.text("compare.row", text("compare.allergens", language), MARGIN + 22.0,
                top + LINE / 2.0, theme.TEXT_SMALL, theme.WARNING, bold=True,
                width=NAMES - 26.0)  # fmt: skip
    for side in (0, 1):
        below = top
        for number, words in enumerate(both[side]):
            below = canvas.paragraph(
                "compare.declared", words, _left(side), below, SIDE - 4.0, theme.TEXT_SMALL,
                theme.INK_SOFT if number else theme.INK, lines_max=ALLERGEN_LINES_MAX,
            )  # fmt: skip


def _choose(canvas: Canvas, view: ComparisonView, side: int, high: float) -> None:
    product, left, language = view.products[side], _left(side), view.language
    below = high - 15.0
    top, middle = below - theme.BUTTON_HEIGHT, below - theme.BUTTON_HEIGHT / 2.0
    swap = (left, middle - 19.0, left + SWAP, middle + 19.0)
    side_button(canvas, f"compare.swap.{side}", swap, text("compare.swap", language), icons.lens)
    key = "compare.add"
    if product.price is None:
        key = "card.unpriced"
    elif product.stock <= 0:
        key = "card.sold_out"
    can_add = key == "compare.add"
    rect = (left + SWAP + 8.0, top, left + SIDE, below)
    button(canvas, f"compare.add.{side}", rect, "compare.add",
           text(key, language), icon=icons.cart if can_add else None,
           enabled=can_add and not view.pending[side])  # fmt: skip
