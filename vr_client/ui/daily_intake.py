"""How much of a day's intake is in 100 g: what the strip on a card and the comparison say. Pure.

Korean cards count as Korean labels do, by the daily values of the Enforcement Rule of the Act on
Labeling and Advertising of Foods, annex 5 (1일 영양성분 기준치, MFDS): sugars 100 g, protein 55 g,
sodium 2,000 mg; for energy labels say the share of 2,000 kcal. All other cards count as European
labels do, by Regulation (EU) 1169/2011, annex XIII, part B: energy 2,000 kcal, sugars 90 g,
protein 50 g, salt 6 g.
"""

from dataclasses import dataclass
from typing import Final

from catalog_sync.model.facts import Nutrition
from catalog_sync.model.product import Product
from catalog_sync.model.unit_price import size_of

_DAILY: Final[dict[str, dict[str, float]]] = {
    "ko": {"energy": 2000.0, "sugars": 100.0, "sodium": 2000.0, "protein": 55.0},
    "en": {"energy": 2000.0, "sugars": 90.0, "salt": 6.0, "protein": 50.0},
}
PERCENT_MAX: Final = 999


@dataclass(frozen=True, slots=True)
class Intake:
    """`name` is a key of the strings (`nutrient.<name>`); None where the label does not say."""

    name: str
    amount: float | None
    unit: str
    percent: int | None

    @property
    def text(self) -> str:
        """The amount as a label says it: `412 kcal`, `14.2 g`."""
        return amount_text(self.amount, self.unit)


def amount_text(amount: float | None, unit: str) -> str:
    """Whole kilocalories and milligrams, tenths of a gram below a hundred; a dash for None."""
    if amount is None:
        return "–"
    if unit != "g" or amount >= 100.0:
        return f"{amount:.0f} {unit}"
    small = 0.0 < amount < 0.1
    return f"{amount:.2f} {unit}" if small else f"{amount:.1f}".removesuffix(".0") + f" {unit}"


def four(nutrition: Nutrition, language: str) -> tuple[Intake, ...]:
    """Energy, sugars, sodium (or salt) and protein with their share of a day, of 100 g or ml."""
    daily = _DAILY["ko" if language == "ko" else "en"]
    amounts = {
        "energy": (nutrition.energy_kcal, "kcal"),
        "sugars": (nutrition.sugars_g, "g"),
        "sodium": (nutrition.sodium_mg, "mg"),
        "salt": (nutrition.salt_g, "g"),
        "protein": (nutrition.protein_g, "g"),
    }
    return tuple(
        Intake(name, *amounts[name], percent=_percent(amounts[name][0], day))
        for name, day in daily.items()
    )


def basis(product: Product) -> str:
    """What the amounts are of, `100 g` or `100 ml`: as the pack counts what it holds."""
    size = size_of(product.size_text)
    return "100 ml" if size is not None and size[1] == "ml" else "100 g"


def _percent(amount: float | None, day: float) -> int | None:
    return None if amount is None else min(PERCENT_MAX, int(amount * 100.0 / day + 0.5))
