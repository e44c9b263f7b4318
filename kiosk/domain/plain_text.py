"""Text that any database, paper and screen can take."""

import unicodedata


def printable(text: str) -> str:
    """Without control characters and halves of surrogate pairs."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cs"))
