"""Thin asyncio drivers that carry a session's bytes over `websockets`; the only clock is theirs.

May import: catalog_sync.session, .wire, .model, asyncio and websockets.
Never: decides anything that a session could decide, or knows a shop, a scene or a database.
"""
