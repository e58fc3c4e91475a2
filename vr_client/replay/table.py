"""Which types a recording holds, and how they are written: an explicit table, and nothing else.

A recording may come from somebody else, so it names types by the words below and every value is
checked against the type it is for. Fields go by name: one that is added later has its default in
recordings from before it.
"""

import dataclasses
import math
from typing import Any, Final, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from vr_client.assemble import Setup
from vr_client.frame_packet import EyeView
from vr_client.headset.backend import FrameInfo, HandState, HeadsetEvents
from vr_client.preferences import Settings
from vr_client.replay.container import DamagedError
from vr_client.replay.limits import (
    COORDINATE_MAX,
    HANDS_MAX,
    PICTURES_MAX,
    SIDE_PX_MAX,
    TEXT_CHARS_MAX,
    TIME_S_MAX,
    VIEWS_MAX,
)
from vr_client.state.events import (
    CartChanged,
    CheckoutOpened,
    Connected,
    Disconnected,
    IntentDone,
    LayoutProblem,
    NetEvent,
    OrderMoved,
    PricesChanged,
    ProductsLoaded,
    Progress,
    RoutePlanned,
    SceneReady,
)

SCENE: Final = "scene"

EVENTS: Final[dict[str, type[Any]]] = {
    "connected": Connected,
    "disconnected": Disconnected,
    "products": ProductsLoaded,
    "prices": PricesChanged,
    "progress": Progress,
    "cart": CartChanged,
    "intent_done": IntentDone,
    "checkout": CheckoutOpened,
    "order": OrderMoved,
    "layout_problem": LayoutProblem,
    "route": RoutePlanned,
    SCENE: SceneReady,  # in a form of its own: `vr_client.replay.scenes`
}
"""Every member of `NetEvent`; a test holds the two together."""

NAMES: Final = {kind: name for name, kind in EVENTS.items()}

DEVICE_TYPES: Final = (HeadsetEvents, FrameInfo, EyeView, HandState)
"""What comes from the headset; `plain` rebuilds each with all the fields it has."""

LEFT_OUT: Final = frozenset({"hidden_area", "looks"})
"""What no frame depends on: a replay draws the whole picture, and controllers of our own."""

_FIELDS: Final = {
    kind: tuple(f.name for f in dataclasses.fields(kind) if f.name not in LEFT_OUT)
    for kind in DEVICE_TYPES
}


Decoded = TypeVar("Decoded")


class Header(msgspec.Struct, frozen=True):
    """Who recorded what, and all that is set before the first frame.

    `id` tells recordings apart. `settings` None: the client ran without a shopper's own.
    """

    endcap: str
    id: str
    begun_unix_s: float
    device: str
    setup: Setup
    settings: Settings | None = None


class SceneRecord(msgspec.Struct, frozen=True):
    """A scene without its arrays: `shapes` of those that came before the frame, in their order.

    Those in `since` are what is to be added to the ones of the scene before, modulo their type.
    Those in `equal` are like the ones of the scene before, and yet others: the client takes such a
    scene for a new one. Arrays that are not named at all are the very ones of the scene before.
    """

    version: str
    skus: tuple[str, ...]
    aisles: tuple["AisleRecord", ...]
    room: tuple[tuple[float, float, float], tuple[float, float, float]]
    entrance: tuple[float, float, float]
    shapes: dict[str, tuple[int, ...]]
    since: tuple[str, ...] = ()
    equal: tuple[str, ...] = ()


class AisleRecord(msgspec.Struct, frozen=True):
    """`store_scenes.compile.scene.AisleLine`."""

    id: str
    names: dict[str, str]
    start: tuple[float, float]
    end: tuple[float, float]


class ArtRecord(msgspec.Struct, frozen=True):
    """A near picture that came: `digest` names it, b"" for none; `size` is (h, w)."""

    key: bytes
    digest: bytes = b""
    size: tuple[int, int] = (0, 0)


class FrameRecord(msgspec.Struct, frozen=True, omit_defaults=True):
    """All that reached one frame, in the order in which a frame asks for it.

    `state` has the digest of each field of the client's state that is another than after the
    frame before. `ended` False: the frame never came to its end, so there is nothing to compare.
    """

    seen: HeadsetEvents
    info: FrameInfo | None = None
    news: tuple[tuple[str, msgspec.Raw], ...] = ()
    art: tuple[ArtRecord, ...] = ()
    ids: tuple[str, ...] = ()
    unix_s: tuple[float, ...] = ()
    browsed: tuple[bool, ...] = ()
    told: tuple[str, ...] = ()
    state: dict[str, bytes] = {}
    ended: bool = True


class EndRecord(msgspec.Struct, frozen=True):
    """The last record of a whole recording."""

    frames: int


def plain(value: Any) -> Any:
    """The same value in a form that a file gives back bit for bit.

    Device values may be views of memory that changes, matrices column by column, or numpy's own
    numbers; products of such matrices round otherwise, so the loop that is recorded gets this form
    as well. Matrices are copied.
    """
    kind = type(value)
    if kind in {float, int, bool, str}:
        return value
    if kind is np.ndarray:
        return np.array(value, dtype=np.float64, order="C")
    if kind is tuple:
        return tuple(plain(item) for item in value)
    fields = _FIELDS.get(kind)
    if fields is not None:
        return kind(**{name: plain(getattr(value, name)) for name in fields})
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, list):
        return tuple(plain(item) for item in value)
    return value


def _encode_hook(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.tobytes()
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value).__name__} is in no table of a recording")


def _decode_hook(kind: type[Any], value: Any) -> NDArray[np.float64]:
    if not isinstance(value, bytes) or len(value) != 128:
        raise ValueError(f"not a matrix but {kind}")
    matrix = np.frombuffer(value, dtype="<f8").reshape(4, 4).astype(np.float64)
    if not np.isfinite(matrix).all() or float(np.abs(matrix).max()) > COORDINATE_MAX:
        raise ValueError("a matrix of no place")
    return matrix


ENCODER: Final = msgspec.msgpack.Encoder(enc_hook=_encode_hook)
_frames: Final = msgspec.msgpack.Decoder(FrameRecord, dec_hook=_decode_hook)
_headers: Final = msgspec.msgpack.Decoder(Header)
_ends: Final = msgspec.msgpack.Decoder(EndRecord)
_scenes: Final = msgspec.msgpack.Decoder(SceneRecord)
_events: Final = {
    name: msgspec.msgpack.Decoder(kind) for name, kind in EVENTS.items() if name != SCENE
}


def decode_header(data: bytes) -> Header:
    """Raises DamagedError."""
    return _decoded(_headers, data, "its header")


def decode_end(data: bytes | bytearray) -> EndRecord:
    """Raises DamagedError."""
    return _decoded(_ends, data, "its end")


def decode_scene(data: bytes | bytearray | msgspec.Raw) -> SceneRecord:
    """Raises DamagedError."""
    return _decoded(_scenes, data, "a store in it")


def decode_event(name: str, data: bytes | bytearray | msgspec.Raw) -> NetEvent:
    """Any event but a scene. Raises DamagedError."""
    decoder = _events.get(name)
    if decoder is None:
        raise DamagedError(f"an event {name[:40]!r} in it is not known")
    event: NetEvent = _decoded(decoder, data, f"an event {name!r} in it")
    return event


def decode_frame(data: bytes | bytearray) -> FrameRecord:
    """One frame whose numbers can be those of a headset. Raises DamagedError."""
    record = _decoded(_frames, data, "a frame in it")
    if record.info is not None and not _is_sound(record.info):
        raise DamagedError("a frame in it has views or hands that no headset has")
    if len(record.art) > PICTURES_MAX:
        raise DamagedError("a frame in it has more pictures than any")
    if len(record.seen.typed) > TEXT_CHARS_MAX:
        raise DamagedError("a frame in it has more text than anybody types")
    return record


def _decoded(decoder: msgspec.msgpack.Decoder[Decoded], data: Any, what: str) -> Decoded:
    try:
        return decoder.decode(data)
    except (ValueError, TypeError, OverflowError, RecursionError, msgspec.MsgspecError) as error:
        reason = " ".join(str(error).split())[:160]
        raise DamagedError(f"{what} cannot be read: {reason}") from error


def _is_sound(info: FrameInfo) -> bool:
    numbers = [info.predicted_time_s / TIME_S_MAX, info.content_scale / COORDINATE_MAX]
    for hand in info.hands:
        sticks = (*hand.move, *hand.stick)
        far = (hand.scroll, *hand.twist)
        numbers += [*(side / COORDINATE_MAX for side in far), *(side / 100.0 for side in sticks)]
    views = 0 < len(info.views) <= VIEWS_MAX and all(map(_is_view, info.views))
    hands = len(info.hands) <= HANDS_MAX and all(map(_is_hand, info.hands))
    return views and hands and all(math.isfinite(n) and abs(n) <= 1.0 for n in numbers)


def _is_hand(hand: HandState) -> bool:
    return abs(hand.turn) <= 1 and len(hand.kind) <= TEXT_CHARS_MAX


def _is_view(view: EyeView) -> bool:
    left, right, bottom, top = view.tangents
    return (
        all(math.isfinite(side) and abs(side) < 100.0 for side in view.tangents)
        and left < right
        and bottom < top
        and all(1 <= side <= SIDE_PX_MAX for side in view.size)
    )
