"""Long text kept compressed: what the journal says, in a sixth of the room and less time than writing it plainly.

Zstandard with a dictionary of what entries are made of (keys, defaults, names of acts). A dictionary is part of the
format: what was packed with it is lost without it, so files `journal-N.zdict` are added and never changed. Each packed
text names its own. Digests are made of the text, never of what is stored.
"""

import threading
from pathlib import Path
from typing import Any

import zstandard
from django.db import models

#: how hard to try: 3 takes 6 µs an entry, 6 takes 27 for a thirtieth less
LEVEL = 3
#: stands for what cannot be read back; it is no JSON, and no digest agrees with it
UNREADABLE = "\ufffd"
_FILES = sorted(Path(__file__).parent.glob("journal-*.zdict"), key=lambda p: int(p.stem.split("-")[1]))
_DICTIONARIES = {d.dict_id(): d for d in (zstandard.ZstdCompressionDict(f.read_bytes()) for f in _FILES)}
_NEWEST = list(_DICTIONARIES.values())[-1]
_NEWEST.precompute_compress(level=LEVEL)


class _Ours(threading.local):
    """Compressors are not for two threads at a time."""

    def __init__(self) -> None:
        self.pack = zstandard.ZstdCompressor(level=LEVEL, dict_data=_NEWEST).compress
        self.unpack = {
            n: zstandard.ZstdDecompressor(dict_data=d).decompress for n, d in _DICTIONARIES.items()
        }


_ours = _Ours()


def pack(text: str | bytes) -> bytes:
    """Text, or its UTF-8, as it is stored."""
    return _ours.pack(text.encode() if isinstance(text, str) else text)


def unpack(stored: bytes) -> str:
    """The text again; UNREADABLE where the bytes were changed, or packed with a dictionary that is not here."""
    try:
        return _ours.unpack[zstandard.get_frame_parameters(stored).dict_id](stored).decode()
    except (zstandard.ZstdError, KeyError, UnicodeDecodeError):
        return UNREADABLE


class PackedText(models.BinaryField):
    """Text in the program, packed bytes in the database, which can therefore not be searched within.

    Whoever has the UTF-8 at hand may give that.
    """

    _pyi_private_set_type: str  # what the type checker is told of an attribute
    _pyi_private_get_type: str  # type: ignore[assignment]

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return super().get_db_prep_value(None if value is None else pack(value), connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        return None if value is None else unpack(bytes(value))

    def get_lookup(self, lookup_name: str) -> Any:
        """None but whether there is any: a text sought among packed bytes would be missed in silence."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))
