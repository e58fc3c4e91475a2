"""Bays with their files' names, and what the aisles they stand in are called."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from store_scenes.layout.documents import Aisle
from store_scenes.planning.bays import Bay
from store_scenes.planning.departments import Department
from store_scenes.planning.furniture import Furniture
from store_scenes.planning.sections import Section

AISLE_DEPARTMENTS_MAX = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """One bay with its furniture, and the departments it is named by."""

    key: str
    bay: Bay
    furniture: Furniture
    departments: tuple[Department, ...]


def number_bays(sections: Iterable[Section]) -> dict[str, list[Standing]]:
    """Every bay by the type of its furniture (`bulky` apart), in order, with its file's key."""
    lists: dict[str, list[Standing]] = {}
    seen: Counter[str] = Counter()
    for section in sections:
        kind = "bulky" if section.bulky else section.furniture.type
        stem = section.departments[0].id
        for bay in section.bays:
            seen[stem] += 1
            here = tuple(one for one in section.departments) or ()
            standing = Standing(f"{stem}-{seen[stem]:02d}", bay, section.furniture, here)
            lists.setdefault(kind, []).append(standing)
    return lists


def aisle_of(
    name: str, stock: Iterable[Standing], line: tuple[float, float, float, float]
) -> Aisle:
    """An aisle named by the departments that fill most of it, in the order of the walk."""
    counts: Counter[Department] = Counter()
    for one in stock:
        for department in one.departments:
            counts[department] += len(one.bay.skus)
    most = sorted(counts, key=lambda one: (-counts[one], one.order, one.id))
    chosen = sorted(most[:AISLE_DEPARTMENTS_MAX], key=lambda one: (one.order, one.id))
    rounded = tuple(round(value, 1) for value in line)
    return Aisle(name, title_of(chosen), (rounded[0], rounded[1], rounded[2], rounded[3]))


def title_of(departments: Iterable[Department]) -> dict[str, str]:
    """The departments' names in every language that all of them have, or as they are written."""
    chosen = list(departments)
    languages = [
        language for language in chosen[0].names if all(language in one.names for one in chosen)
    ]
    if languages:
        return {
            language: " · ".join(one.names[language] for one in chosen) for language in languages
        }
    written = [next(iter(one.names.values())) for one in chosen]
    return {"en": " · ".join(written)}
