"""The machine's own key: made here, never shown, and what it proves to central."""

import base64
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.central.sealed_note import read_sealed, write_sealed
from kiosk.central.signing import Signable, sign
from kiosk.cipher import FieldCipher
from kiosk.storage import Storage, write_note

_NOW, _NEXT = "machine_key", "machine_key_next"


class MachineProof:
    """Signs what a machine asks and tells; safe to use from several threads.

    Args:
        machine_id: by which central knows its public key.
        private_key: 32 bytes.
        now_s: the machine's clock, seconds since 1970.
    """

    def __init__(self, machine_id: str, private_key: bytes, now_s: Callable[[], float]) -> None:
        self._machine_id = machine_id
        self._key = Ed25519PrivateKey.from_private_bytes(private_key)
        self._now_s = now_s
        self._ahead_s = 0.0

    @property
    def public_key(self) -> str:
        """Base64 of its 32 bytes, for central."""
        return base64.b64encode(self._key.public_key().public_bytes_raw()).decode()

    def headers(self, request: Signable) -> dict[str, str]:
        """What proves a request made now."""
        return sign(self._key, self._machine_id, request, int(self._now_s() + self._ahead_s))

    def set_by(self, central_s: float) -> None:
        """Sign by central's time from now on: the machine's clock is wrong or has jumped."""
        self._ahead_s = central_s - self._now_s()


class KeyBook:
    """Where the machine keeps its key, and the one it is about to leave at central.

    Args:
        storage: of the machine.
        cipher: seals both.
    """

    def __init__(self, storage: Storage, cipher: FieldCipher) -> None:
        self._storage = storage
        self._cipher = cipher

    def key(self) -> bytes | None:
        """The private key that central knows the other half of; None before it was let in.

        Raises:
            StorageError: it does not open.
        """
        return read_sealed(self._storage, self._cipher, _NOW)

    def next_key(self) -> bytes:
        """A private key to offer; the same one until central has taken it, or refused.

        It is kept before central hears of it: an answer that is lost must not leave central with
        a key that nobody has.

        Raises:
            StorageError: it cannot be kept.
        """
        kept = read_sealed(self._storage, self._cipher, _NEXT)
        if kept is None:
            kept = Ed25519PrivateKey.generate().private_bytes_raw()
            with self._storage.transaction() as db:
                write_sealed(db, self._cipher, _NEXT, kept)
        return kept

    def taken(self, private_key: bytes) -> None:
        """Central has it: the machine proves itself by this key from now on."""
        with self._storage.transaction() as db:
            write_sealed(db, self._cipher, _NOW, private_key)
            write_note(db, _NEXT, "")
