"""Label art, aisle signs and product pictures, drawn with Skia into plain arrays.

May import: store_scenes.{typefaces,models.{scheme,panel,shapes}}, catalog_sync.model, skia.
Never: is imported at module level by anything that must run without fonts; knows geometry.
"""

from store_scenes.models.art.package_art import draw_art
from store_scenes.models.art.picture import front_picture
from store_scenes.models.art.signs import draw_sign

__all__ = ["draw_art", "draw_sign", "front_picture"]
