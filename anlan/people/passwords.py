"""What a password must have beside its length (GB/T 22239: complexity)."""

import secrets
import string

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class ThreeKinds:
    """At least three of: lower case, upper case, digits, other characters."""

    def validate(self, password: str, user: object = None) -> None:
        kinds = (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum())
        if sum(any(kind(c) for c in password) for kind in kinds) < 3:
            raise ValidationError(
                _("密码须含大写字母、小写字母、数字、符号中的至少三种"), code="too_few_kinds"
            )

    def get_help_text(self) -> str:
        return _("密码须含大写字母、小写字母、数字、符号中的至少三种")


def one_time() -> str:
    """A password to hand over once, easy to read aloud."""
    letters = "abcdefghjkmnpqrstuvwxyz"
    word = "".join(secrets.choice(letters) for _ in range(6))
    digits = "".join(secrets.choice(string.digits[2:]) for _ in range(4))
    return f"{word[0].upper()}{word[1:]}-{digits}"
