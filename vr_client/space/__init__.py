"""Transforms and projections: column vectors, float64, metres; pyrr stays behind this door.

May import: numpy, pyrr.
Never: runs per product; knows what is being transformed.
"""
