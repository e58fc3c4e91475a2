"""The rules of trade, pure: carts, stock, checkouts and orders; frozen values in and out.

May import: catalog_sync.model, catalog_sync.wire (actions and limits), msgspec.
Never: imports an adapter, reads a clock, makes an id, or lets a count go below zero.
"""
