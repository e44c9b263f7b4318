"""A small secret of the machine, sealed among its notes."""

import sqlite3

from kiosk.cipher import FieldCipher, Place, SealedField
from kiosk.errors import StorageError
from kiosk.storage import Storage, write_note


def read_sealed(storage: Storage, cipher: FieldCipher, name: str) -> bytes | None:
    """A secret that was kept, None when it never was.

    Args:
        storage: of the machine.
        cipher: that sealed it.
        name: of the note.

    Raises:
        StorageError: it is not readable, or does not open.
    """
    kept = storage.note(name)
    if not kept:
        return None
    try:
        blob, data_key = (bytes.fromhex(part) for part in kept.split(" "))
    except ValueError as error:
        msg = f"{name} is not readable"
        raise StorageError(msg) from error
    return cipher.open(_place(name), SealedField(blob, data_key))


def write_sealed(db: sqlite3.Connection, cipher: FieldCipher, name: str, secret: bytes) -> None:
    """Keep a secret, in the place of an earlier one of this name.

    Args:
        db: with an open transaction.
        cipher: seals it.
        name: of the note.
        secret: what to keep.
    """
    sealed = cipher.seal(_place(name), secret)
    write_note(db, name, f"{sealed.blob.hex()} {sealed.data_key.hex()}")


def _place(name: str) -> Place:
    return Place("notes", name, "value")
