"""The planogram formats, one module each.

May import: store_scenes.exchange.contract, store_scenes.layout, store_scenes.feeds.
Never: each other.
"""
