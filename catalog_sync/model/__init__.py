"""Frozen values of the trade: money, product, cart, order. No behaviour that needs a clock.

May import: msgspec, babel (formatting) and the standard library.
Never: mutates a value, holds a float price, reads a clock or makes an id.
"""
