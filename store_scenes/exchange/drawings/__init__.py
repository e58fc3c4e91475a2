"""A store as a set of drawings: floor plan, fixture schedule and shelf elevations, on paper.

May import: store_scenes.layout, .models, .typefaces; skia and pillow inside functions.
Never: needs a font or skia for SVG; reads a clock; draws what the layout does not say.
"""
