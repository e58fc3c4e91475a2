"""Everything that reached the frame loop in one file, and the same frames from it again.

May import: vr_client but net, of its trip only the film; store_scenes.compile, zstandard, msgspec.
Never: waits for the disk in a frame, unpickles, or believes what a file says of itself unchecked.
"""
