"""The shop's server: catalogue, carts, orders and checkouts, over HTTP and websockets.

May import: catalog_sync, store_scenes.layout, store_scenes.feeds, starlette, uvicorn, sqlite3.
Never: imports vr_client, knows geometry, or takes card data.
"""
