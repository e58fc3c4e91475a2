"""A person at a display: real key, button and pointer events through X's own XTEST extension.

Speaks the X11 protocol over the display's socket, so that a test needs neither xdotool nor
libXtst: https://www.x.org/releases/current/doc/xproto/x11protocol.html, appendix B, and
https://www.x.org/releases/current/doc/xextproto/xtest.html (FakeInput).
"""

import socket
import struct
import time

KEY_DOWN, KEY_UP, BUTTON_DOWN, BUTTON_UP, MOVE = 2, 3, 4, 5, 6
LEFT, RIGHT, WHEEL_UP, WHEEL_DOWN = 1, 3, 4, 5
KEYSYMS = {
    "BackSpace": 0xFF08, "Tab": 0xFF09, "Return": 0xFF0D, "Escape": 0xFF1B, "Left": 0xFF51,
    "Up": 0xFF52, "Right": 0xFF53, "Down": 0xFF54, "Shift": 0xFFE1, "Control": 0xFFE3,
    **{f"F{number}": 0xFFBD + number for number in range(1, 13)},
}  # fmt: skip
SPARE_KEYS = range(230, 254)
"""Keys that no keyboard of Xvfb has: letters beyond ASCII are put on them."""
CLIENT_MESSAGE = 33
KEY_APART_S = 0.05
"""As quick as people are with one key: GLFW takes closer presses for one that is held."""


class XPerson:
    """One connection to display `number`, which must let anybody in (Xvfb's default locally)."""

    def __init__(self, number):
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(10)
        self._socket.connect(f"/tmp/.X11-unix/X{number}")
        self._socket.sendall(struct.pack("<BxHHHHxx", ord("l"), 11, 0, 0, 0))
        status, length = struct.unpack("<Bxxxxx H", self._read(8))
        setup = self._read(length * 4)
        assert status == 1, setup
        vendor, formats = struct.unpack_from("<H", setup, 16)[0], setup[21]
        self.first_key, self.last_key = setup[26], setup[27] if setup[27] >= setup[26] else 255
        self.root = struct.unpack_from("<I", setup, 32 + (vendor + 3) // 4 * 4 + formats * 8)[0]
        answer = self._ask(98, 0, struct.pack("<Hxx", 5) + b"XTEST\0\0\0")
        assert answer[8], "the display has no XTEST"
        self._xtest = answer[9]
        self._keys = self._read_keys()
        self._let_go_s = {}

    # ------------------------------------------------------------ what a person does

    def move(self, x, y):
        self._fake(MOVE, 0, int(x), int(y))

    def press(self, button=LEFT):
        self._fake(BUTTON_DOWN, button)

    def release(self, button=LEFT):
        self._fake(BUTTON_UP, button)

    def click(self, x, y, button=LEFT):
        self.move(x, y)
        self.press(button)
        self.release(button)

    def hold(self, key):
        time.sleep(max(0.0, self._let_go_s.get(key, 0.0) + KEY_APART_S - time.monotonic()))
        self._fake(KEY_DOWN, self._keys[KEYSYMS.get(key) or ord(key)])

    def let_go(self, key):
        self._fake(KEY_UP, self._keys[KEYSYMS.get(key) or ord(key)])
        self._let_go_s[key] = time.monotonic()

    def tap(self, key):
        self.hold(key)
        self.let_go(key)

    def taps(self, key, count):
        for _ in range(count):
            self.tap(key)

    def write(self, text):
        for letter in text:
            self.tap(letter)

    def learn(self, letters):
        """Put letters such as Hangul on spare keys, before the window that reads them opens.

        What an input method commits reaches a program in the same way: as a letter's event.
        """
        for code, letter in zip(SPARE_KEYS, letters, strict=False):
            symbol = 0x01000000 | ord(letter)
            self._send(100, 1, struct.pack("<BBxxI", code, 1, symbol))
            self._keys[ord(letter)] = code
        self._atom("WM_PROTOCOLS")

    # ------------------------------------------------------------ what a window manager does

    def look_away(self):
        """Give the keyboard to nobody."""
        self._send(42, 0, struct.pack("<II", 0, 0))
        self._atom("WM_PROTOCOLS")

    def look_at(self, window):
        self._send(42, 0, struct.pack("<II", window, 0))
        self._atom("WM_PROTOCOLS")

    def hide(self, window):
        self._send(10, 0, struct.pack("<I", window))
        self._atom("WM_PROTOCOLS")

    def show(self, window):
        self._send(8, 0, struct.pack("<I", window))
        self._atom("WM_PROTOCOLS")

    def set_dpi(self, dpi):
        """What a desktop's settings write for programs that start afterwards."""
        text = f"Xft.dpi:\t{dpi}\n".encode()
        head = struct.pack("<IIIBxxxI", self.root, 23, 31, 8, len(text))
        self._send(18, 0, head + text + bytes(-len(text) % 4))
        self._atom("WM_PROTOCOLS")

    def windows(self):
        """The top-level windows that are mapped, with their size."""
        tree = self._ask(15, 0, struct.pack("<I", self.root))
        count = struct.unpack_from("<H", tree, 16)[0]
        found = {}
        for window in struct.unpack_from(f"<{count}I", tree, 32):
            if self._ask(3, 0, struct.pack("<I", window))[26] == 2:
                shape = self._ask(14, 0, struct.pack("<I", window))
                found[window] = struct.unpack_from("<HH", shape, 16)
        return found

    def resize(self, window, width, height):
        body = struct.pack("<IHxxII", window, 4 | 8, width, height)
        self._send(12, 0, body)

    def put(self, window, x, y):
        self._send(12, 0, struct.pack("<IHxxii", window, 1 | 2, x, y))

    def corner(self, window):
        """Where on the screen its upper left corner is."""
        return struct.unpack_from("<hh", self._ask(14, 0, struct.pack("<I", window)), 12)

    def close_window(self, window):
        """The polite request of a close button, WM_DELETE_WINDOW."""
        protocols, delete = self._atom("WM_PROTOCOLS"), self._atom("WM_DELETE_WINDOW")
        head = struct.pack("<BBHII", CLIENT_MESSAGE, 32, 0, window, protocols)
        event = head + struct.pack("<5I", delete, 0, 0, 0, 0)
        self._send(25, 0, struct.pack("<II", window, 0) + event)
        self._atom("WM_PROTOCOLS")  # an answer comes after everything before it was done

    def picture(self, window, size):
        """(rows of BGRX bytes): what the window shows."""
        area = struct.pack("<IhhHHI", window, 0, 0, *size, 0xFFFFFFFF)
        return self._ask(73, 2, area)[32:]

    def wait_for(self, what, seconds=90):
        """What `what()` returns once it is true."""
        end = time.monotonic() + seconds
        while not (found := what()):
            assert time.monotonic() < end, "it did not happen"
            time.sleep(0.05)
        return found

    def close(self):
        self._socket.close()

    # ------------------------------------------------------------ the protocol

    def _fake(self, kind, detail, x=0, y=0):
        body = struct.pack("<BBHIIIIhh4xBxxx", kind, detail, 0, 0, 0, 0, 0, x, y, 0)
        self._send(self._xtest, 2, body)
        self._atom("WM_PROTOCOLS")

    def _atom(self, name):
        padded = name.encode() + bytes(-len(name) % 4)
        answer = self._ask(16, 0, struct.pack("<Hxx", len(name)) + padded)
        return struct.unpack_from("<I", answer, 8)[0]

    def _read_keys(self):
        count = self.last_key - self.first_key + 1
        answer = self._ask(101, 0, struct.pack("<BBxx", self.first_key, count))
        each = answer[1]
        symbols = struct.unpack_from(f"<{count * each}I", answer, 32)
        return {
            symbols[number * each]: self.first_key + number
            for number in reversed(range(count))
            if symbols[number * each]
        }

    def _send(self, opcode, data, body):
        self._socket.sendall(struct.pack("<BBH", opcode, data, 1 + len(body) // 4) + body)

    def _ask(self, opcode, data, body):
        self._send(opcode, data, body)
        while True:
            head = self._read(32)
            assert head[0] != 0, f"X error {head[1]} for request {head[10]}"
            if head[0] == 1:
                return head + self._read(struct.unpack_from("<I", head, 4)[0] * 4)

    def _read(self, count):
        data = b""
        while len(data) < count:
            part = self._socket.recv(count - len(data))
            assert part, "the display closed the connection"
            data += part
        return data
