"""Lengths and weights with their units, as feeds write them: `20 cm`, `7.5 in`, `1,2 kg`."""

import re

TEXT_CHARS_MAX = 40

# Three-letter codes: UN/ECE Recommendation 20, which schema.org and GS1 use
# (https://unece.org/trade/uncefact/cl-recommendations).
_MILLIMETRES = {
    "mm": 1.0, "mmt": 1.0, "cm": 10.0, "cmt": 10.0, "m": 1000.0, "mtr": 1000.0,
    "in": 25.4, "inh": 25.4, "inch": 25.4, "inches": 25.4, '"': 25.4, "″": 25.4,
    "ft": 304.8, "fot": 304.8, "foot": 304.8, "feet": 304.8,
}  # fmt: skip
_GRAMS = {
    "g": 1.0, "grm": 1.0, "gram": 1.0, "grams": 1.0, "mg": 0.001, "kg": 1000.0, "kgm": 1000.0,
    "oz": 28.349523125, "onz": 28.349523125, "lb": 453.59237, "lbs": 453.59237, "lbr": 453.59237,
}  # fmt: skip
_QUANTITY = re.compile(r"(\d{1,9}(?:[.,]\d{1,6})?)\s*([^\s\d.,]{0,8})")


def millimetres(text: str, unit: str = "") -> str:
    """The length in millimetres as a plain number; empty where `text` is none.

    A number alone is in `unit`, and in millimetres where that says nothing.
    """
    return _converted(text, unit or "mm", _MILLIMETRES)


def grams(text: str, unit: str = "") -> str:
    """The weight in grams as a plain number; empty where `text` is none."""
    return _converted(text, unit or "g", _GRAMS)


def _converted(text: str, unit: str, factors: dict[str, float]) -> str:
    found = _QUANTITY.fullmatch(text.strip()[:TEXT_CHARS_MAX])
    factor = factors.get((found[2] or unit).strip().lower()) if found else None
    if found is None or factor is None:
        return ""
    return f"{float(found[1].replace(',', '.')) * factor:.3f}".rstrip("0").rstrip(".")
