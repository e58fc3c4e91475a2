"""A compiled store as one binary glTF 2.0 file that any viewer opens, written as a stream.

May import: store_scenes.compile, .layout, .models, .exchange.drawings.plan_space, numpy.
Never: keeps a whole file in memory; writes a price; reads a clock.
"""
