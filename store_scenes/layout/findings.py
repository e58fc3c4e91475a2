"""A finding on its way: what is wrong and where in the document, before its line is looked up."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from store_scenes.layout.documents import Finding, Severity
from store_scenes.layout.sources import Sources

TOLERANCE_MM = 0.01
"""Sums of decimal millimetres are not exact; nothing in a shop is."""


class Repair(msgspec.Struct, frozen=True):
    """What mends a finding safely: the value at `where` becomes the TOML text `value`, or goes."""

    where: str
    value: str | None


class Said(msgspec.Struct, frozen=True):
    """A finding whose line is not known yet.

    `where` is a path inside the TOML document, or `sku=…` for a row of the catalogue.
    """

    rule: str
    path: str
    where: str
    sentence: str
    fix: str
    repair: Repair | None = None


def located(said: Iterable[tuple[Said, Severity]], folder: Path, catalog: str) -> Iterator[Finding]:
    """Findings with their lines and columns; only the files that have some are read once more."""
    sources = Sources(folder, catalog)
    for one, severity in said:
        place = sources.place(one.path, one.where)
        repair = None
        if one.repair is not None:
            repair = sources.repair(one.path, one.repair.where, one.repair.value)
        yield Finding(
            one.rule, severity, place.path, place.line, one.sentence, one.fix, place.column, repair
        )
