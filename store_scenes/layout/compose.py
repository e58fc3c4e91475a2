"""How one planogram builds on another: TOML trees in, TOML trees out."""

from collections.abc import Mapping
from typing import Any

Tree = dict[str, Any]


def over(base: Tree, tree: Tree) -> Tree:
    """`tree` laid over `base`: its keys win, and its shelves over those of the same number.

    Shelves that it does not have stay the base's; a shelf of its own over one of the base keeps
    what it does not say.
    """
    joined = base | tree
    lower, upper = base.get("shelves"), tree.get("shelves")
    if isinstance(lower, list) and isinstance(upper, list):
        shelves = [*upper]
        for number, shelf in enumerate(lower):
            if number >= len(upper):
                shelves.append(shelf)
            elif isinstance(shelf, dict) and isinstance(upper[number], dict):
                shelves[number] = shelf | upper[number]
        joined["shelves"] = shelves
    return joined


def swapped(tree: Tree, replace: Mapping[str, str]) -> Tree:
    """The tree with every position of a SKU in `replace` holding the other one."""
    shelves = tree.get("shelves")
    if not isinstance(shelves, list):
        return tree
    return tree | {"shelves": [_shelf(shelf, replace) for shelf in shelves]}


def _shelf(shelf: Any, replace: Mapping[str, str]) -> Any:
    positions = shelf.get("positions") if isinstance(shelf, dict) else None
    if not isinstance(positions, list):
        return shelf
    changed = [
        one | {"sku": replace[one["sku"]]}
        if isinstance(one, dict) and isinstance(one.get("sku"), str) and one["sku"] in replace
        else one
        for one in positions
    ]
    return shelf | {"positions": changed}
