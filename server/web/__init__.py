"""HTTP: health, assets, the operator's calls and the checkout pages.

May import: server.checkout, server.storage, catalog_sync, starlette and the standard library.
Never: decides a price, a total or a state; it shows and passes on what the shop holds.
"""
