"""ProSpace, JDA and Blue Yonder planogram files (.psa), versions 8 to 2024.

May import: exchange's contract, kept, same_record and bounds; store_scenes.layout, .feeds.
Never: another format; drops a row that it does not know.
"""
