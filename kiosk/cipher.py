"""Encryption of single fields, so that the disk of a machine tells nothing about its citizens.

A sealed blob is `suite byte | nonce | ciphertext and tag`; the suite byte leaves room for SM4.
Every message has its own data key, wrapped by the device key: destroying the wrapped key destroys
the message wherever copies of it may still lie (reliability facts 3.4).
"""

import os
import secrets
import stat
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kiosk.errors import StorageError

SUITE_AES_256_GCM = 1

_KEY_BYTES = 32
_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed field stands; it cannot be opened anywhere else.

    Args:
        table: of the database.
        row: its id there.
        column: of the table.
    """

    table: str
    row: str
    column: str

    def aad(self) -> bytes:
        """The place as bytes that are sealed along; no two places give the same."""
        return f"{self.table}\x1f{self.row}\x1f{self.column}".encode()


@dataclass(frozen=True, slots=True)
class SealedField:
    """A field as it stands on the disk.

    Args:
        blob: the sealed content.
        data_key: its key, wrapped by the device key.
    """

    blob: bytes
    data_key: bytes


_TOKEN = Place("notes", "cipher_token", "value")


class FieldCipher:
    """Seals and opens fields.

    Args:
        device_key: 32 bytes, see `device_key`.
    """

    def __init__(self, device_key: bytes) -> None:
        self._device_key = device_key

    def seal(self, place: Place, plain: bytes) -> SealedField:
        """Seal a field under a fresh data key.

        Args:
            place: where it will stand.
            plain: content.
        """
        data_key = AESGCM.generate_key(_KEY_BYTES * 8)
        return SealedField(
            blob=_seal(data_key, place.aad(), plain),
            data_key=_seal(self._device_key, b"key:" + place.aad(), data_key),
        )

    def open(self, place: Place, sealed: SealedField) -> bytes:
        """Open a field.

        Args:
            place: where it stands.
            sealed: as it stands there.

        Raises:
            StorageError: it was changed, moved, or sealed by another machine.
        """
        data_key = _open(self._device_key, b"key:" + place.aad(), sealed.data_key)
        return _open(data_key, place.aad(), sealed.blob)

    def seal_text(self, place: Place, plain: str) -> str:
        """Seal a text into one text that holds its data key as well, for a text column."""
        sealed = self.seal(place, plain.encode())
        return f"{sealed.blob.hex()} {sealed.data_key.hex()}"

    def open_text(self, place: Place, sealed: str) -> str:
        """Open what `seal_text` made.

        Raises:
            StorageError: it was changed, moved, or sealed by another machine.
        """
        try:
            blob, data_key = (bytes.fromhex(part) for part in sealed.split(" "))
        except ValueError as error:
            msg = "a sealed text is not what this machine wrote"
            raise StorageError(msg) from error
        return self.open(place, SealedField(blob, data_key)).decode()

    def token(self) -> str:
        """A text to keep beside what this key sealed, for `fits`."""
        sealed = self.seal(_TOKEN, b"")
        return f"{sealed.blob.hex()} {sealed.data_key.hex()}"

    def fits(self, token: str) -> bool:
        """Whether a token was made with the same device key."""
        try:
            blob, data_key = (bytes.fromhex(part) for part in token.split(" "))
            self.open(_TOKEN, SealedField(blob, data_key))
        except (ValueError, StorageError):
            return False
        return True


def device_key(path: Path) -> bytes:
    """Read the device key; make one when there is none.

    Args:
        path: of the key file.

    Raises:
        StorageError: it cannot be read or made, others may read it, or it has a wrong length.
    """
    try:
        if not path.exists():
            _make_key(path)
        mode = stat.S_IMODE(path.stat().st_mode)
        key = path.read_bytes()
    except OSError as error:
        msg = f"{path}: {error.strerror}"
        raise StorageError(msg) from error
    # systemd gives its service the file by an access list, which shows as readable by the group.
    if mode & 0o037:
        msg = f"{path}: others may read or change the device key; chmod 600 mends it"
        raise StorageError(msg)
    if len(key) != _KEY_BYTES:
        msg = f"{path}: a device key has {_KEY_BYTES} bytes"
        raise StorageError(msg)
    return key


def _make_key(path: Path) -> None:
    """A key that a power cut could take back would make everything sealed with it unreadable."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(path.name + ".new")
    draft.unlink(missing_ok=True)
    file = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(file, secrets.token_bytes(_KEY_BYTES))
        os.fsync(file)
    finally:
        os.close(file)
    draft.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _seal(key: bytes, aad: bytes, plain: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    suite = bytes((SUITE_AES_256_GCM,))
    return suite + nonce + AESGCM(key).encrypt(nonce, plain, suite + aad)


def _open(key: bytes, aad: bytes, blob: bytes) -> bytes:
    if blob[:1] != bytes((SUITE_AES_256_GCM,)):
        msg = "a sealed field of an unknown suite"
        raise StorageError(msg)
    nonce, sealed = blob[1 : 1 + _NONCE_BYTES], blob[1 + _NONCE_BYTES :]
    try:
        return AESGCM(key).decrypt(nonce, sealed, blob[:1] + aad)
    except (InvalidTag, ValueError) as error:
        msg = "a sealed field does not open"
        raise StorageError(msg) from error
