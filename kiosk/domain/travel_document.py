"""Numbers of the documents a citizen may hold already (domain facts 0)."""

import re

from kiosk.domain.document import DocumentKind

_PATTERNS = {
    DocumentKind.PASSPORT: re.compile(r"E[0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|G[0-9]{8}", re.ASCII),
    DocumentKind.HK_MACAO_PERMIT: re.compile(r"C[0-9A-HJ-NP-Z][0-9]{7}", re.ASCII),
    DocumentKind.TAIWAN_PERMIT: re.compile(r"L[0-9]{8}", re.ASCII),
}
_BEGINNINGS = {
    DocumentKind.PASSPORT: re.compile(r"(E([0-9A-HJ-NP-Z][0-9]{0,7})?|G[0-9]{0,8})?", re.ASCII),
    DocumentKind.HK_MACAO_PERMIT: re.compile(r"(C([0-9A-HJ-NP-Z][0-9]{0,7})?)?", re.ASCII),
    DocumentKind.TAIWAN_PERMIT: re.compile(r"(L[0-9]{0,8})?", re.ASCII),
}

LENGTH = 9


def is_number_of(kind: DocumentKind, text: str) -> bool:
    """Whether a text has the form of such a document's number, capital letters only."""
    return bool(_PATTERNS[kind].fullmatch(text))


def may_become_number_of(kind: DocumentKind, text: str) -> bool:
    """Whether more characters could still make it a number of such a document."""
    return bool(_BEGINNINGS[kind].fullmatch(text))
