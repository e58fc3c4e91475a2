"""What fruit and vegetables are made of: turned bodies, what grows on them, bunches and leaves.

May import: store_scenes.models.{geometry,drape,panel}, the shape contract, numpy.
Never: knows a product or a word of its name.
"""
