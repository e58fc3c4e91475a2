"""What a food's label says, on a card: four amounts with their share of a day, and allergens."""

from collections.abc import Sequence

from catalog_sync.model.facts import Allergen, Facts
from catalog_sync.model.product import Product
from vr_client.ui import icons, theme
from vr_client.ui.canvas import Canvas
from vr_client.ui.daily_intake import Intake, basis, four
from vr_client.ui.marks import Rect
from vr_client.ui.strings import text

AMOUNTS_HIGH = 90.0
LINE = theme.TEXT_SMALL * 1.3
LINES_MAX = 8
"""All allergens there are, in the wordier language: none of them may be cut off."""

_ICON_ROOM = 24.0


def allergen_words(codes: Sequence[Allergen], language: str) -> str:
    """Their names, as a label lists them."""
    return ", ".join(text(f"allergen.{code}", language) for code in codes)


def height(canvas: Canvas, facts: Facts, language: str, width: float) -> float:
    """How high the strip is that `draw` draws; 0 without anything for it."""
    lines = sum(count for *_, count in _declared(canvas, facts, language, width))
    amounts = AMOUNTS_HIGH if facts.nutrition else 0.0
    if not lines:
        return amounts
    return amounts + lines * LINE + (10.0 if amounts else 20.0)


def draw(canvas: Canvas, product: Product, language: str, rect: Rect) -> None:
    """Draw the strip over `rect`, which is as high as `height` says."""
    facts = product.told
    left, top, right, _ = rect
    canvas.box(rect, theme.GROUND, 12.0)
    below = top + 10.0
    if facts.nutrition:
        caption = text("card.per", language, basis=basis(product))
        canvas.text("card.per", caption, left + 14.0, top + 16.0, theme.TEXT_SMALL,
                    theme.INK_FAINT, width=right - left - 28.0)  # fmt: skip
        amounts = four(facts.nutrition, language)
        wide = (right - left - 20.0) / len(amounts)
        for number, intake in enumerate(amounts):
            _amount(canvas, intake, left + 14.0 + number * wide, top, wide - 12.0, language)
        below = top + AMOUNTS_HIGH
    for role, words, ink, lines in _declared(canvas, facts, language, right - left):
        icons.alert(canvas, left + 21.0, below + LINE / 2.0, 13.0, ink)
        canvas.paragraph(role, words, left + 14.0 + _ICON_ROOM - 4.0, below,
                         _words_wide(right - left), theme.TEXT_SMALL, ink,
                         bold=ink == theme.WARNING, lines_max=LINES_MAX)  # fmt: skip
        below += lines * LINE


def _amount(
    canvas: Canvas, intake: Intake, left: float, top: float, wide: float, language: str
) -> None:
    canvas.text("card.nutrient", text(f"nutrient.{intake.name}", language), left, top + 36.0,
                theme.TEXT_SMALL, theme.INK_SOFT, width=wide)  # fmt: skip
    canvas.text("card.amount", intake.text, left, top + 55.0, theme.TEXT_LARGE, theme.INK,
                bold=True, width=wide)  # fmt: skip
    if intake.percent is None:
        return
    bar, middle = wide - 38.0, top + 74.0
    canvas.box((left, middle - 2.5, left + bar, middle + 2.5), theme.GROUND_DEEP, 2.5)
    filled = bar * min(1.0, intake.percent / 100.0)
    if filled > 0.0:
        end = left + max(5.0, filled)  # a bar shorter than its ends are round is a dot
        canvas.box((left, middle - 2.5, end, middle + 2.5), theme.ACCENT, 2.5)
    canvas.text("card.percent", f"{intake.percent}%", left + bar + 7.0, middle, theme.TEXT_SMALL,
                theme.INK_SOFT)  # fmt: skip


def _declared(
    canvas: Canvas, facts: Facts, language: str, wide: float
) -> list[tuple[str, str, str, int]]:
    """Role, words, ink and lines of what has to be said."""
    told = [
        ("card.contains", facts.contains, theme.WARNING),
        ("card.may_contain", facts.may_contain, theme.INK_SOFT),
    ]
    found = []
    for role, codes, ink in told:
        if codes:
            words = text(role, language, names=allergen_words(codes, language))
            lines = canvas.lines(words, theme.TEXT_SMALL, _words_wide(wide),
                                 bold=ink == theme.WARNING, lines_max=LINES_MAX)  # fmt: skip
            found.append((role, words, ink, lines))
    return found


def _words_wide(wide: float) -> float:
    return wide - 28.0 - _ICON_ROOM + 4.0
