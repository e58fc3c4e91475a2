"""Every maximum of a recording, in one place: what is written never exceeds what is read."""

from typing import Final

SCHEMA: Final = 2
"""2: arrays and pictures are packed each by itself (`vr_client.replay.compact`); 1 is read, too."""

PACKED_SINCE: Final = 2

FILE_BYTES_MAX: Final = 16 * 1024**3
HEADER_BYTES_MAX: Final = 64 * 1024
RECORD_BYTES_MAX: Final = 32 * 1024**2
"""One frame's record: a message from the sync worker is no larger."""

ARRAY_BYTES_MAX: Final = 4 * 1024**3
"""All arrays of one frame's scenes: the worker's own bound of a whole scene."""

ARRAYS_MAX: Final = 1024  # of one frame

SCENES_BYTES_MAX: Final = 64 * 1024**3
"""All arrays of a recording, unpacked: some hundred large stores, or edits of one all day."""

PICTURE_BYTES_MAX: Final = 1024**2  # one near art
PICTURES_MAX: Final = 128  # of one frame
UNPACKED_BYTES_MAX: Final = 16 * 1024**3
FRAMES_MAX: Final = 2_000_000  # six hours of a headset with 90 frames a second
SCENE_ROWS_MAX: Final = 50_000_000

HELD_BYTES_MAX: Final = 256 * 1024**2
"""Pictures that may be named again, as they lie in the file: both ends forget the same ones."""

HELD_BYTES_MIN: Final = 4096  # what one counts at least, so that there are not many of them

WINDOW_BYTES_MAX: Final = 8 * 1024**2  # what a zstd frame may ask a reader to remember

FRAMES_WAITING_MAX: Final = 1200
BYTES_WAITING_MAX: Final = 256 * 1024**2
"""What may wait for the disk. Beyond either the recording ends, and the shop goes on."""

VIEWS_MAX: Final = 4
HANDS_MAX: Final = 2
SIDE_PX_MAX: Final = 16_384
COORDINATE_MAX: Final = 1e6  # metres, tangents, seconds of a session: beyond it a file is damaged
TIME_S_MAX: Final = 1e9
TEXT_CHARS_MAX: Final = 65_536

FRAMES_JSON_BYTES_MAX: Final = 1024**3
