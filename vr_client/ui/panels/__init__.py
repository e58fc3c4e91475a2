"""One file a panel: each draws what it is shown onto a canvas and names what can be pressed.

May import: vr_client.ui.canvas, .theme, .strings, .icons, catalog_sync.model, segno.
Never: imports another panel, places itself in the store, or decides what a press does.
"""
