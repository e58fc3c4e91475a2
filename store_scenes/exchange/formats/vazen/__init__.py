"""Vazen TOML 0.3 planogram files (.vazen.toml) and their JSON twin (.vazen.json).

May import: store_scenes.exchange.contract and kept, store_scenes.layout, store_scenes.feeds.
Never: another format; drops a key that it does not know.
"""
