"""Finds the font files once, for labels, panels and drawings alike.

May import: catalog_sync.model.failure, the standard library, and skia inside functions.
Never: vendors a font, imports skia at module level, or draws.
"""

from store_scenes.typefaces.find import TypefaceFile, Weight, find_typeface
from store_scenes.typefaces.glyphs import drawable, missing_glyphs, skia_face, skia_typeface
from store_scenes.typefaces.runs import Face, Run, covers, printable, text_runs

__all__ = [
    "Face",
    "Run",
    "TypefaceFile",
    "Weight",
    "covers",
    "drawable",
    "find_typeface",
    "missing_glyphs",
    "printable",
    "skia_face",
    "skia_typeface",
    "text_runs",
]
