"""The scripted shopping trip: walks, points and presses like a person, and keeps pictures of it.

May import: vr_client, httpx (the phone), av (the film, optional), Pillow, rich.
Never: imports server, reaches past the panels to change the state, or knows a price by itself.
"""
