"""What a frame asks of the world besides its headset and its shop: chance, clock, browser, disk.

It is one object so that a recording can note every answer and a replay give the same ones.
"""

import threading
import time
import uuid
import webbrowser

import numpy as np
from numpy.typing import NDArray

from vr_client.screenshots import PictureKeeper


class Outside:
    """The real world. Nothing here blocks."""

    def __init__(self) -> None:
        self.keeper = PictureKeeper()

    def new_id(self) -> str:
        """Unique for all shoppers and all time, so that the shop can tell a repeat."""
        return uuid.uuid4().hex

    def unix_s(self) -> float:
        """The wall clock, which checkouts expire by."""
        return time.time()

    def browse(self, url: str) -> bool:
        """Open `url` in this computer's own browser; False when it has none."""
        try:
            browser = webbrowser.get()
        except webbrowser.Error:
            return False
        # In a thread: some browsers are waited for until they are up.
        threading.Thread(target=browser.open, args=(url,), daemon=True).start()
        return True

    def keep_picture(self, pixels: NDArray[np.uint8]) -> None:
        """Keep a screenshot, soon."""
        self.keeper.keep(pixels)

    def told(self) -> list[str]:
        """Notices that came meanwhile: what became of screenshots."""
        return self.keeper.told()
