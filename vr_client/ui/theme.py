"""Colours (sRGB hex) and sizes of the panels. One unit is a millimetre seen from 1 m away.

Panels shrink as they come nearer, so angles stay: an em of 12 is 0.69 degrees at any distance.
"""

INK = "0f172a"
INK_SOFT = "475569"
INK_FAINT = "64748b"
PAPER = "ffffff"
GROUND = "f5f7f9"
GROUND_DEEP = "e8ecef"
RULE = "dfe4e9"
ACCENT = "0f766e"
ACCENT_HOVER = "0b5f58"
ACCENT_SOFT = "e3f2f0"
PRICE = "dc2626"
WARNING = "b45309"
WARNING_SOFT = "fef3c7"
DISABLED = "94a3b8"

TEXT_SMALL = 12.0
TEXT = 13.5
TEXT_LARGE = 16.0
TITLE = 20.0
PRICE_SIZE = 27.0
"""Ems, millimetres at 1 m."""

EM_DEGREES_MIN = 0.6
TARGET_MIN = 22.0
"""What a comfortable reader and a shaky hand need (DESIGN, comfort and reach)."""

BUTTON_HEIGHT = 46.0
STEPPER_HEIGHT = 32.0
RADIUS_CARD = 18.0
RADIUS_BUTTON = 11.0
PADDING = 20.0
SHADOW = 12.0
"""Room around a card, inside its texture, for its soft shadow."""
