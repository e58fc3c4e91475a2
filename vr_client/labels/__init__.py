"""Shelf-edge labels: a product and its price as the pixels of one label.

May import: catalog_sync.model, store_scenes.{typefaces,models.art}, numpy, skia.
Never: knows where a label hangs, uploads a texture, or decides which labels are out of date.
"""
