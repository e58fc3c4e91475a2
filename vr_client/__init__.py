"""The shopper's client: headset, frame loop, renderer, panels, and the sync worker process.

May import: store_scenes, catalog_sync, shaders, and its own rooms downwards.
Never: imports server; blocks, decodes or allocates per product inside the frame loop.
"""
