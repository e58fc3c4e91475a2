"""The planogram formats, by the name that `endcap planogram --as` and `--to` take."""

from catalog_sync.model.failure import Failure
from store_scenes.exchange.contract import PlanogramFormat
from store_scenes.exchange.formats.positions_csv import (
    is_positions_csv,
    read_positions_csv,
    write_positions_csv,
)
from store_scenes.exchange.formats.psa.read import read_psa
from store_scenes.exchange.formats.psa.rows import is_psa
from store_scenes.exchange.formats.psa.write import write_psa
from store_scenes.exchange.formats.vazen.read import read_vazen
from store_scenes.exchange.formats.vazen.tree import is_vazen
from store_scenes.exchange.formats.vazen.write import write_vazen

# In the order they are recognised.
FORMATS: dict[str, PlanogramFormat] = {
    "psa": PlanogramFormat(
        "ProSpace/JDA planogram", ".psa", lambda head, _name: is_psa(head), read_psa, write_psa
    ),
    "vazen": PlanogramFormat("Vazen TOML", ".vazen.toml", is_vazen, read_vazen, write_vazen),
    "csv": PlanogramFormat(
        "table of positions", ".csv", is_positions_csv, read_positions_csv, write_positions_csv
    ),
}


def format_of(head: bytes, name: str, told: str = "") -> tuple[str, PlanogramFormat]:
    """The format `told`, or the one that a file's first bytes and name tell, with its name.

    Raises:
        Failure: no format has that name, or none knows the file.
    """
    known = ", ".join(FORMATS)
    if told:
        if told not in FORMATS:
            raise Failure(f"{told!r} is no planogram format that Endcap reads; it reads: {known}")
        return told, FORMATS[told]
    for key, one in FORMATS.items():
        if one.is_of(head, name):
            return key, one
    raise Failure(f"this is no planogram that Endcap knows; it reads: {known} (say which by --as)")
