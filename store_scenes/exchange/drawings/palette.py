"""Colours of products on paper: the leading colour of the pack, light enough to letter on."""

from catalog_sync.model.product import Product

UNKNOWN = "#ffffff"


def fill_of(product: Product) -> str:
    """The pack's leading colour with some white, as `#rrggbb`."""
    from store_scenes.models.scheme import mix, scheme_of

    red, green, blue = mix(scheme_of(product).base, (255, 255, 255), 0.30)
    return f"#{red:02x}{green:02x}{blue:02x}"


def lighter(colour: str, share: float) -> str:
    """A colour with a share of white."""
    parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(part + (255 - part) * share):02x}" for part in parts)
