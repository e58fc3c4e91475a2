"""Draws what signs, walls, floors and fittings show: one art layer for each `Artwork`.

May import: store_scenes.models.art (text and brushes), store_scenes.fixtures.artwork, numpy, skia.
Never: knows where a face hangs, or is imported before something is drawn (skia needs libEGL).
"""
