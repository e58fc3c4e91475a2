"""What outlives the client: who the shopper is, and what they asked for without an answer yet."""

import contextlib
import os
import tempfile
from pathlib import Path

import msgspec

from catalog_sync.model.failure import Failure
from catalog_sync.session.outbox import Outbox
from catalog_sync.wire.limits import OUTBOX_OPS_MAX, TOKEN_CHARS_MAX
from catalog_sync.wire.messages import Op

OUTBOX_BYTES_MAX = OUTBOX_OPS_MAX * 512
_ops_decoder = msgspec.msgpack.Decoder(list[Op])


class Keepsake:
    """The token in `token_file` and the outbox beside it; both only for their owner (mode 600).

    Both are replaced whole and synced to disk, so a killed client finds the old or the new one.
    """

    def __init__(self, token_file: Path) -> None:
        self.token_file = token_file
        self.outbox_file = token_file.with_name(token_file.name + ".outbox")
        self._kept_token: str | None = None
        self._kept_revision = -1

    def load(self) -> tuple[str, list[Op]]:
        """The token ("" for a new shopper) and the ops kept.

        Raises:
            Failure: a file that cannot be read or is damaged, with its name.
        """
        try:
            token = _read(self.token_file, TOKEN_CHARS_MAX).decode("ascii").strip()
            packed = _read(self.outbox_file, OUTBOX_BYTES_MAX)
            ops = _ops_decoder.decode(packed) if packed else []
        except OSError as error:
            raise Failure(
                f"Cannot read {error.filename}: {error.strerror or error}; make it readable or "
                "choose another place for the shopper's token."
            ) from error
        except (ValueError, msgspec.DecodeError, RecursionError) as error:
            raise Failure(
                f"{self.token_file} or {self.outbox_file} is damaged ({error}): remove both to "
                "enter as a new shopper."
            ) from error
        self._kept_token = token
        return token, ops

    def keep(self, token: str, outbox: Outbox) -> None:
        """Write what changed since the last call, before anybody relies on it.

        Raises:
            Failure: the folder cannot be written to.
        """
        try:
            if token != self._kept_token:
                _replace(self.token_file, token.encode("ascii"))
                self._kept_token = token
            if outbox.revision != self._kept_revision:
                _replace(self.outbox_file, msgspec.msgpack.encode(list(outbox)))
                self._kept_revision = outbox.revision
        except OSError as error:
            raise Failure(
                f"Cannot keep the shopper's token in {self.token_file.parent} "
                f"({error.strerror or error}): make the folder writable."
            ) from error


def _read(path: Path, bytes_max: int) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(bytes_max + 1)
    except FileNotFoundError:
        return b""
    if len(data) > bytes_max:
        raise ValueError(f"{path.name} is larger than {bytes_max} bytes")
    return data


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp makes files of mode 600.
    descriptor, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
