"""Shelf-edge labels, drawn with Skia into the pixels of one layer of the label texture.

May import: catalog_sync.model, store_scenes.typefaces, store_scenes.models.art.text, numpy, skia.
Never: knows where a label hangs, or which of them the renderer holds.
"""
