"""A reason in the reader's language: the edge at which a msgid becomes a sentence."""

from typing import Any

from django.utils.translation import gettext

from anlan.kernel.words import Reason

#: the place that is filled with a word of ours, such as a field's name, and not with data
OURS = "what"


def told(reason: Reason) -> str:
    """The sentence, with a word of ours in it translated too, in small letters unless it begins the sentence."""
    text = gettext(reason.msgid)
    if not reason.params:
        return text
    return text % {key: _said(value, text) if key == OURS else value for key, value in reason.params.items()}


def _said(value: Any, text: str) -> Any:
    if not isinstance(value, str) or not value or (word := gettext(value)) == value:
        return value
    first = word[0].upper() if text.startswith(f"%({OURS})s") else word[0].lower()
    return word if word[:2].isupper() else first + word[1:]
