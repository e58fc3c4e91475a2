"""The little picture beside an order line: the product's package as a few SVG shapes.

Only presentation attributes, no inline style: the pages' content security policy forbids it.
"""

import re
import unicodedata
import zlib
from typing import Final

from catalog_sync.model.product import PackageShape
from server.web.markup import Markup, fill

_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}", re.ASCII)

_PALETTE: Final = ("#c9a66b", "#6ea8d8", "#e07a5a", "#84b66f", "#b08ac9", "#d88aa0", "#5fa8a0")

_BODIES: Final[dict[PackageShape, str]] = {
    "box": '<rect x="17" y="12" width="22" height="32" rx="2"/>',
    "model": '<rect x="17" y="12" width="22" height="32" rx="2"/>',
    "can": '<rect x="17" y="12" width="22" height="32" rx="6"/>',
    "bottle": (
        '<path d="M25 8h6v7c4 3 6 6 6 11v19a2 2 0 0 1-2 2H21a2 2 0 0 1-2-2V26c0-5 2-8 6-11z"/>'
    ),
    "jar": '<path d="M20 11h16v5c3 1 4 3 4 6v20a4 4 0 0 1-4 4H20a4 4 0 0 1-4-4V22c0-3 1-5 4-6z"/>',
    "carton": '<path d="M23 9h10l6 9v26a2 2 0 0 1-2 2H19a2 2 0 0 1-2-2V18z"/>',
    "bag": '<path d="M18 10l3 2 3-2 4 2 4-2 3 2 3-2 2 12-2 24H18l-2-24z"/>',
    "pouch": '<path d="M18 10h20v3l2 9-1 22a2 2 0 0 1-2 2H19a2 2 0 0 1-2-2l-1-22 2-9z"/>',
    "tray": '<path d="M13 20h30l-3 22a2 2 0 0 1-2 2H18a2 2 0 0 1-2-2z"/>',
    "tube": '<path d="M18 9h20v3l-4 27v1h1v6H21v-6h1v-1l-4-27z"/>',
    "tub": '<path d="M14 14h28v5h-1l-3 24a3 3 0 0 1-3 3H21a3 3 0 0 1-3-3l-3-24h-1z"/>',
    "produce": (
        '<path d="M27 15c0-4 2-7 6-8l1 2c-3 1-4 3-4 6 8-2 13 3 13 12 0 10-7 19-15 19s-15-9-15-19'
        'c0-9 6-14 14-12z"/>'
    ),
    "multipack": (
        '<path d="M13 16a5 5 0 0 1 10 0 5 5 0 0 1 10 0 5 5 0 0 1 10 0v27a3 3 0 0 1-3 3H16'
        'a3 3 0 0 1-3-3z"/>'
    ),
}

_PICTURE: Final = """<svg class="thumb" viewBox="0 0 56 56" aria-hidden="true" focusable="false">
<rect width="56" height="56" rx="10" fill="$ground"/>
<g transform="translate(-7 -7) scale(1.25)"><g fill="#ffffff" fill-opacity=".96">$body</g>
<rect x="17" y="25" width="22" height="13" fill="$band"/>
<text x="28" y="34.7" text-anchor="middle" fill="#ffffff" font-size="8.5">$letters</text></g>
</svg>"""


def thumbnail(sku: str, name: str, package: PackageShape, colour: str) -> Markup:
    """A 56-unit square picture; without a usable `colour` one is chosen by the SKU."""
    ground = colour if _COLOUR.fullmatch(colour) else _PALETTE[zlib.crc32(sku.encode()) % 7]
    return fill(
        _PICTURE,
        ground=ground,
        band=_darker(ground),
        body=Markup(_BODIES[package]),
        letters=_letters(name),
    )


def _letters(name: str) -> str:
    """The last word's first two letters, or four where letters are narrow."""
    words = ["".join(c for c in word if c.isalpha()) for word in name.split()]
    word = next((w for w in reversed(words) if len(w) >= 2), "")
    wide = any(unicodedata.east_asian_width(c) in "WF" for c in word[:2])
    return word[:2] if wide else word[:4]


def _darker(colour: str) -> str:
    channels = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(channel * 0.5):02x}" for channel in channels)
