"""A message as a value: what is to be said, before any language says it."""

import re
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Text:
    """A message that a screen or a paper can say in its language.

    Args:
        key: message key.
        values: what its placeholders stand for; a `Text` within is said in the same
            language. Kept out of `repr`: a value may be a name.
    """

    key: str
    values: tuple[tuple[str, "str | int | Text"], ...] = field(default=(), repr=False)


def key_of(code: str) -> str:
    """A code of a device as message keys spell it: `coverOpen` is `cover_open`."""
    return re.sub(r"(?<=[a-z])([A-Z])", r"_\1", code).lower()
