"""What a product is known by: barcodes as spreadsheets leave them, and identities made for want."""

import hashlib
import re
from collections.abc import Mapping
from typing import Literal

import msgspec
from biip.checksums import gs1_standard_check_digit

CODE_CHARS_MAX = 64

# 13 digits as Excel shows them in a narrow column, and as Calc does with a decimal comma.
_EXPONENT = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d{1,3}")
_FLOAT = re.compile(r"(\d+)[.,](?:0{1,2})")  # a whole number that went through a float
_LONG_FLOAT = re.compile(r"\d+[.,]0{3,}")  # may be thousands
_FORMULA = re.compile(r'="?([^"]*)"?')
_ROUNDED = re.compile(r"[1-9]\d*?0{6,}")
_NOTHING = frozenset({
    "-", "--", ".", "?", "x", "n/a", "na", "#n/a", "n.a.", "none", "null", "nan", "nil", "no",
    "tbd", "unknown", "does not apply", "#value!", "#ref!", "없음", "해당없음",
})  # fmt: skip

CodeState = Literal["none", "good", "zeros-restored", "damaged", "bad"]


class Code(msgspec.Struct, frozen=True):
    """A barcode cell looked at. `gtin` is set for good and restored ones, `text` is the cell's.

    `damaged`: a spreadsheet rounded it, so many products may show the same text. `bad`: whole, but
    no GTIN (length or check digit); it may still tell products apart.
    """

    state: CodeState
    text: str
    gtin: str = ""

    @property
    def was_number(self) -> bool:
        """Whether it is sound though it was kept as a number with decimals."""
        return bool(self.gtin) and _FLOAT.fullmatch(self.text) is not None

    @property
    def key(self) -> str:
        """The GTIN as 14 digits, the same for all ways to write it; empty without one."""
        return self.gtin.zfill(14) if self.gtin else ""


def read_code(cell: str) -> Code:
    """What is left of a barcode.

    A number that lost its leading zeros gets them back where its check digit proves it: 9 to 11
    digits as GTIN-12, 6 or 7 as GTIN-8. A check digit lets one wrong number in ten pass, so
    shorter ones prove nothing. A number kept as a float (`4006381333931.0`) is whole where its
    check digit proves it, and damaged else.
    """
    text = cell.strip().lstrip("'").strip()
    formula = _FORMULA.fullmatch(text) if text.startswith("=") else None
    text = (formula[1] if formula else text).strip()[:CODE_CHARS_MAX]
    if not text or text.lower() in _NOTHING:
        return Code("none", "")
    if _EXPONENT.fullmatch(text) or _LONG_FLOAT.fullmatch(text):
        return Code("damaged", text)
    whole = _FLOAT.fullmatch(text)
    if whole:
        found = read_code(whole[1])
        return Code(found.state, text, found.gtin) if found.gtin else Code("damaged", text)
    digits = re.sub(r"[\s-]", "", text)
    if not digits.isascii() or not digits.isdecimal():
        return Code("bad", text)
    bare = digits.lstrip("0")
    if not bare:
        return Code("none", "")
    if len(bare) >= 11 and _ROUNDED.fullmatch(bare):
        return Code("damaged", text)
    length = len(digits)
    if length in {8, 12, 13, 14}:
        return Code("good", text, digits) if holds(digits) else Code("bad", text)
    padded = digits.zfill(12 if length > 8 else 8)
    if 6 <= length <= 11 and holds(padded):
        return Code("zeros-restored", text, padded)
    return Code("bad", text)


def holds(digits: str) -> bool:
    """Whether the last digit is the check digit of those before it."""
    return gs1_standard_check_digit(digits[:-1]) == int(digits[-1])


def made_sku(cells: Mapping[str, str]) -> str:
    """An identity of Endcap's own, `X-3f9a21c4`: the same for the same row in the next export."""
    content = "\x1f".join(f"{name}\x1e{cell}" for name, cell in sorted(cells.items()) if cell)
    return f"X-{hashlib.sha256(content.encode()).hexdigest()[:8]}"
