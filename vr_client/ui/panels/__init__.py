"""One file a panel: each draws what it is shown onto a canvas and names what can be pressed.

May import: the rest of vr_client.ui, interact, state, sound.captions, headset.controls, segno.
Never: imports another panel, places itself in the store, or decides what a press does.
"""
