"""A finding on its way: what is wrong and where in the document, before its line is looked up."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

import msgspec

from store_scenes.layout.documents import Finding
from store_scenes.layout.load import read_text
from store_scenes.layout.locate import line_of

TOLERANCE_MM = 0.01
"""Sums of decimal millimetres are not exact; nothing in a shop is."""


class Said(msgspec.Struct, frozen=True):
    """A finding whose line is not known yet: `where` is a path inside the TOML document."""

    rule: str
    severity: Literal["error", "warning"]
    path: str
    where: str
    sentence: str
    fix: str


def error(rule: str, path: str, where: str, sentence: str, fix: str) -> Said:
    """What keeps a store from being sound."""
    return Said(rule, "error", path, where, sentence, fix)


def located(said: Iterable[Said], folder: Path) -> Iterator[Finding]:
    """Findings with their lines; each file that has some is read once more."""
    texts: dict[str, str] = {}
    for one in said:
        line = 0
        if one.where:
            if one.path not in texts:
                texts[one.path] = read_text(folder, one.path)
            line = line_of(texts[one.path], one.where)
        yield Finding(one.rule, one.severity, one.path, line, one.sentence, one.fix)
