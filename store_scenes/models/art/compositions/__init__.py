"""How packs are composed, by kind of goods: one function a composition, one table over all.

May import: store_scenes.models.{art,scheme,panel,palette}, skia.
Never: reads a product; draws outside the panel's own words, logo and picture.
"""
