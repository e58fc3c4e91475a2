"""Vazen TOML 0.3 planogram files (.vazen.toml) and their JSON twin (.vazen.json).

May import: exchange's contract, kept, same_record and bounds; store_scenes.layout, .feeds.
Never: another format; drops a key that it does not know.
"""
