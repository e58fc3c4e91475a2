"""From a pending order to money: the provider contract, its registry and the hand-off flow.

May import: server.shop, server.storage.contract, catalog_sync, msgspec, the standard library.
Never: takes card data, trusts an amount that a browser sent, or imports one provider from another.
"""
