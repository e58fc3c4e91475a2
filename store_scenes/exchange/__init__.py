"""What a store shares with other programs: planogram files both ways, drawings, one GLB.

May import: layout, feeds, compile, models, typefaces of this package, and catalog_sync.model.
Never: reads a clock or the network; opens a file outside the folder it was given.
"""
