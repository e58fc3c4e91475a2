"""A store folder's documents: load, check, and the frozen values they become.

May import: catalog_sync.model, msgspec, tomllib. The server imports this room too.
Never: imports numpy, GL, skia or a network library.
"""
