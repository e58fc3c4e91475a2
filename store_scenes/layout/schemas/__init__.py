"""The JSON Schemas of a store's TOML files, as they are published.

May import: nothing; `python -m store_scenes.layout.schemas` writes them.
Never: edited by hand.
"""
