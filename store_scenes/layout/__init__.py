"""A store folder's documents: load, check, and the frozen values they become.

May import: catalog_sync.model, store_scenes.feeds, msgspec, tomllib. The server imports this too.
Never: imports numpy, GL, skia or a network library.
"""
