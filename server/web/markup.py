"""HTML that cannot forget to escape: a value goes in as text unless it already is `Markup`."""

import html
from collections.abc import Iterable
from string import Template


class Markup(str):
    """Text that is HTML already. Only literals of this package and `fill` make one."""

    __slots__ = ()


def fill(template: str, **values: "str | int | Markup") -> Markup:
    """Put `values` into `$name` places, escaped for text and quoted attributes.

    Raises:
        KeyError: a place without a value.
    """
    escaped = {
        name: value if isinstance(value, Markup) else html.escape(str(value), quote=True)
        for name, value in values.items()
    }
    return Markup(Template(template).substitute(escaped))


def joined(parts: Iterable[Markup]) -> Markup:
    """The parts one after another."""
    return Markup("".join(parts))
