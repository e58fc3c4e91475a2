"""How the hubs of one shop tell each other to look again; memory is the first way.

May import: msgspec and the standard library.
Never: carries truth: a notice says only where to look, and losing one delays, never loses.
"""
