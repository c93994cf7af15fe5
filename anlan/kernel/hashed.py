"""A hash kept as the bytes that it is, and seen as hex everywhere else: half the room of its text."""

from typing import Any

from django.db import models


class Hash(models.BinaryField):
    """Hex digits in the program, bytes in the database; "" for no hash. Equality and membership alone can be asked."""

    _pyi_private_set_type: str  # what the type checker is told of an attribute
    _pyi_private_get_type: str  # type: ignore[assignment]

    def get_prep_value(self, value: Any) -> Any:
        return bytes.fromhex(value) if isinstance(value, str) else value

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        if value is None:
            return None
        # SQLite lets anything stand in a column: what is no bytes was put there by hand, and agrees with no hash
        return bytes(value).hex() if isinstance(value, (bytes, memoryview)) else str(value)

    def get_default(self) -> Any:
        """As the program sees it, though Django asks for a default in bytes."""
        return super().get_default().hex()

    def get_lookup(self, lookup_name: str) -> Any:
        """None but for these: what a hash begins with is no question to bytes."""
        return super().get_lookup(lookup_name) if lookup_name in {"exact", "in", "isnull"} else None

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))
