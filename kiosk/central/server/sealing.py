"""Personal data at rest: each field sealed on its own, bound to its place."""

import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PERSON = "id_number"
"""kind of the index by which all that one person did is known as theirs"""
AES_256_GCM = b"\x01"
"""first byte of a sealed field; another suite (SM4) gets another byte"""
_NONCE_BYTES = 12


class SealBrokenError(Exception):
    """A sealed field was made with another key, moved to another place, or damaged."""


class FieldSealer:
    """Seals and opens fields.

    Args:
        key: 32 bytes.
    """

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)
        self._index_key = HKDF(SHA256(), 32, salt=None, info=b"index").derive(key)

    def index(self, kind: str, text: str) -> str:
        """A keyed hash by which a sealed value can be found again.

        Args:
            kind: what the value is, so that equal texts of two kinds stay apart.
            text: the value.

        Returns:
            64 hexadecimal digits; without the key nobody can try numbers against it.
        """
        return hmac.digest(self._index_key, f"{kind}\0{text}".encode(), "sha256").hex()

    def seal(self, table: str, row_id: str, column: str, text: str) -> bytes:
        """Seal one field.

        Args:
            table: where it will stand.
            row_id: id of its row.
            column: its column.
            text: what it says.

        Returns:
            Suite byte, nonce, ciphertext with tag.
        """
        nonce = os.urandom(_NONCE_BYTES)
        place = _place(table, row_id, column)
        return AES_256_GCM + nonce + self._cipher.encrypt(nonce, text.encode(), place)

    def unseal(self, table: str, row_id: str, column: str, sealed: bytes) -> str:
        """Open one field that stands where it was sealed for.

        Raises:
            SealBrokenError: it was not sealed here with this key.
        """
        nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        if sealed[:1] != AES_256_GCM or len(nonce) < _NONCE_BYTES:
            raise SealBrokenError(f"{table}.{column}: unknown suite")
        try:
            return self._cipher.decrypt(nonce, body, _place(table, row_id, column)).decode()
        except InvalidTag as error:
            raise SealBrokenError(f"{table}.{column}: wrong key or place") from error


def _place(table: str, row_id: str, column: str) -> bytes:
    return f"{table}\0{row_id}\0{column}".encode()
