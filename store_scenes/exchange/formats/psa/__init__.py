"""ProSpace, JDA and Blue Yonder planogram files (.psa), versions 8 to 2024.

May import: store_scenes.exchange.contract and kept, store_scenes.layout, store_scenes.feeds.
Never: another format; drops a row that it does not know.
"""
