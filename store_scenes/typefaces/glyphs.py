"""The chosen typeface in Skia, and which characters it cannot draw."""

import functools
import unicodedata
from typing import Any

from catalog_sync.model.failure import Failure
from store_scenes.typefaces.find import TypefaceFile, Weight, find_typeface


def skia_typeface(weight: Weight) -> Any:
    """The `skia.Typeface` of `find_typeface(weight)`, read once a file.

    Raises:
        Failure: no font, or Skia cannot read the one there is.
    """
    return skia_face(find_typeface(weight))


@functools.cache
def skia_face(file: TypefaceFile) -> Any:
    """The `skia.Typeface` of one file, read once.

    Raises:
        Failure: Skia cannot read it.
    """
    import skia

    # The default font manager would read all of fontconfig's files, and print what it dislikes;
    # the empty one exists in Skia's FreeType builds only.
    empty = getattr(skia.FontMgr, "New_Custom_Empty", None)
    read = empty().makeFromFile if empty else skia.Typeface.MakeFromFile
    typeface = read(str(file.path), file.index)
    if typeface is None:
        raise Failure(
            f"The font {file.path} (face {file.index}) cannot be loaded by Skia: "
            "reinstall it, or name another font file in ENDCAP_FONT."
        )
    return typeface


def missing_glyphs(text: str, weight: Weight) -> str:
    """The characters of `text`, in NFC, that the typeface would draw as an empty box; each once.

    White space is never drawn, so it is never missing.
    """
    typeface = skia_typeface(weight)
    characters = dict.fromkeys(
        character for character in unicodedata.normalize("NFC", text) if not character.isspace()
    )
    return "".join(c for c in characters if typeface.unicharToGlyph(ord(c)) == 0)


def drawable(text: str, weight: Weight = "regular") -> str:
    """`text` in NFC as one line, without the characters that this one typeface cannot draw.

    For renderers that know a single font file (Dear ImGui); Skia's text goes through `text_runs`.
    A letter with an accent that the font lacks loses the accent before it is given up.
    """
    return _drawable(text, find_typeface(weight))


@functools.lru_cache(maxsize=8192)
def _drawable(text: str, file: TypefaceFile) -> str:
    typeface = skia_face(file)
    kept: list[str] = []
    for character in unicodedata.normalize("NFC", text):
        if character.isspace():
            kept.append(" ")
        elif typeface.unicharToGlyph(ord(character)) != 0:
            kept.append(character)
        else:
            base = unicodedata.normalize("NFKD", character)[0]
            if typeface.unicharToGlyph(ord(base)) != 0:
                kept.append(base)
    return " ".join("".join(kept).split())
