"""What works on this computer, what does not, and what to do about it: `endcap doctor`.

May import: every room of the client, each inside the probe that asks about it; rich.
Never: draws, shops or changes anything; what could crash is asked in a process of its own.
"""
