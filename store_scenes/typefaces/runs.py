"""Text in the house typeface, and in another installed one where that lacks a character."""

import functools
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from store_scenes.typefaces.bidi import display_order
from store_scenes.typefaces.find import TypefaceFile, Weight, find_typeface
from store_scenes.typefaces.glyphs import skia_face
from store_scenes.typefaces.native_words import native_words_dropped

SIBLINGS = ("NanumGothic",)
"""Asked first for letters with accents, which NanumBarunGothic lacks: they look alike."""


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A `skia.Typeface`, to be looked things up by; equal to itself only."""

    typeface: Any

    def has(self, character: str) -> bool:
        """Whether it has a glyph for one character."""
        return bool(self.typeface.unicharToGlyph(ord(character)))

    def has_all(self, text: str) -> bool:
        """Whether it has a glyph for every character but white space."""
        if text.isascii() and text.isprintable():
            return True
        return all(c.isspace() or self.has(c) for c in text)


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in display order and the face that has them all."""

    text: str
    face: Face


def printable(text: str, weight: Weight) -> str:
    """`text` in NFC as one line, in reading order, without what no installed font can draw.

    A letter with an accent that no font has loses the accent before it is given up.
    """
    return _printable(text, find_typeface(weight))


@functools.lru_cache(maxsize=16384)
def _printable(text: str, file: TypefaceFile) -> str:
    composed = unicodedata.normalize("NFC", text)
    if _house(file).has_all(composed):
        return " ".join(composed.split())
    kept: list[str] = []
    for character in composed:
        if character.isspace():
            kept.append(" ")
        elif unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn"):
            continue
        elif _face_for(character, file) is not None:
            kept.append(character)
        else:
            base = unicodedata.normalize("NFKD", character)[0]
            if _face_for(base, file) is not None:
                kept.append(base)
    return " ".join("".join(kept).split())


def covers(text: str, weight: Weight) -> bool:
    """Whether the typeface itself, without another's help, has all of `text`."""
    return _house(find_typeface(weight)).has_all(unicodedata.normalize("NFC", text))


def text_runs(text: str, weight: Weight) -> tuple[Run, ...]:
    """What `printable` returned, in the order and the typefaces to draw it in, left to right."""
    return _text_runs(text, find_typeface(weight))


@functools.lru_cache(maxsize=16384)
def _text_runs(text: str, file: TypefaceFile) -> tuple[Run, ...]:
    own = _house(file)
    shown = display_order(text)
    if own.has_all(shown):
        return (Run(shown, own),) if shown else ()
    whole = next((face for face in _others_in_use() if face.has_all(shown)), None)
    if whole is not None:
        return (Run(shown, whole),)
    runs: list[Run] = []
    for word in re.findall(r"\S+|\s+", shown):
        for character, face in _faces_of(word, file):
            if runs and runs[-1].face is face:
                runs[-1] = Run(runs[-1].text + character, face)
            else:
                runs.append(Run(character, face))
    return tuple(runs)


def _faces_of(word: str, file: TypefaceFile) -> list[tuple[str, Face]]:
    """Every character that can be drawn, and by what: if one face has all, all in that one."""
    own = _house(file)
    if own.has_all(word):
        return [(character, own) for character in word]
    faces = [(character, _face_for(character, file)) for character in word]
    for _character, face in faces:
        if face is not None and face.has_all(word):
            return [(character, face) for character in word]
    return [(character, face) for character, face in faces if face is not None]


@functools.cache
def _house(file: TypefaceFile) -> Face:
    return Face(skia_face(file))


@functools.lru_cache(maxsize=16384)
def _face_for(character: str, file: TypefaceFile) -> Face | None:
    own = _house(file)
    for face in (own, *_others_in_use()):
        if face.has(character):
            return face
    import skia

    style = skia.FontStyle.Bold() if own.typeface.isBold() else skia.FontStyle.Normal()
    found = _font_manager().matchFamilyStyleCharacter("", style, [], ord(character))
    if found is None or not found.unicharToGlyph(ord(character)):
        return None
    _others_in_use().append(Face(found))
    return _others_in_use()[-1]


@functools.cache
def _others_in_use() -> list[Face]:
    """Faces found so far, asked first: one word is not set in five fonts."""
    import skia

    manager = _font_manager()
    faces = [manager.matchFamilyStyle(name, skia.FontStyle.Bold()) for name in SIBLINGS]
    return [
        Face(face)
        for face, name in zip(faces, SIBLINGS, strict=True)
        if face is not None and face.getFamilyName() == name
    ]


@functools.cache
def _font_manager() -> Any:
    """The system's fonts; read at the first character that the house typeface lacks."""
    import skia

    # Skia's own fontconfig is older than the system's files and complains about them.
    with native_words_dropped():
        manager = skia.FontMgr()
        manager.matchFamilyStyle("", skia.FontStyle.Normal())  # reads them
    return manager
