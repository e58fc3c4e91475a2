"""The live connection: who is connected, what each device is told, in order and within limits.

May import: catalog_sync, server.{storage,fanout,shop}, server.checkout.handoff, websockets.
Never: decides a rule of trade, acknowledges before a commit, or trusts a price from a client.
"""
