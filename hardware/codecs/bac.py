"""Basic access control, both ends of it (ICAO Doc 9303-11, 4.3). Pure: randomness is passed in.

Whoever has read the card's printed line has the key; both ends then prove it to each other and
agree on the keys of the session.
"""

import hashlib
import hmac
from dataclasses import dataclass, field

from hardware.codecs.check_digit import FILLER, check_digit
from hardware.codecs.chip_cipher import (
    MAC_BYTES,
    KeyPair,
    Suite,
    decrypt,
    derive_pair,
    encrypt,
    mac,
)
from hardware.codecs.secure_messaging import SecureMessaging
from hardware.codecs.tlv import BadChipDataError
from hardware.interfaces.chip_reader import AccessKey

NONCE_BYTES = 8
SHARE_BYTES = 16
_CRYPTOGRAM_BYTES = 2 * NONCE_BYTES + SHARE_BYTES
_NUMBER_LENGTH = 9


@dataclass(frozen=True, slots=True)
class Nonces:
    """What each end made up for one authentication.

    Args:
        chip: eight bytes of the chip.
        reader: eight bytes of the reader.
    """

    chip: bytes = field(repr=False)
    reader: bytes = field(repr=False)


def mrz_information(key: AccessKey) -> bytes:
    """Number, birth and expiry, each with its check digit.

    Raises:
        BadChipDataError: the key holds what no machine-readable zone can hold.
    """
    facts = (key.document_number.ljust(_NUMBER_LENGTH, FILLER), key.birth, key.expiry)
    return "".join(fact + check_digit(fact) for fact in facts).encode("ascii")


def mrz_secret(key: AccessKey) -> bytes:
    """What the keys of the chip are made of: SHA-1, as the standard says."""
    return hashlib.sha1(mrz_information(key), usedforsecurity=False).digest()


def access_keys(key: AccessKey) -> KeyPair:
    """The keys that prove that somebody has read the card."""
    return derive_pair(mrz_secret(key)[:SHARE_BYTES], Suite.TRIPLE_DES)


def sealed(keys: KeyPair, first: bytes, second: bytes, share: bytes) -> bytes:
    """One end's proof: both nonces, the sender's first, and its share of the session keys."""
    cryptogram = encrypt(keys.suite, keys.encrypt, first + second + share)
    return cryptogram + mac(keys.suite, keys.mac, cryptogram)


def opened(keys: KeyPair, proof: bytes, first: bytes, second: bytes) -> bytes:
    """Check the other end's proof.

    Args:
        keys: of the chip.
        proof: 40 bytes.
        first: the nonce that must stand first, the sender's own; empty where it is not known yet.
        second: the nonce that must stand second.

    Returns:
        What stands in it: both nonces and the share.

    Raises:
        BadChipDataError: it proves nothing.
    """
    cryptogram, given = proof[:_CRYPTOGRAM_BYTES], proof[_CRYPTOGRAM_BYTES:]
    whole = len(proof) == _CRYPTOGRAM_BYTES + MAC_BYTES
    if not whole or not hmac.compare_digest(given, mac(keys.suite, keys.mac, cryptogram)):
        raise BadChipDataError("a proof with a wrong checksum")
    plain = decrypt(keys.suite, keys.encrypt, cryptogram)
    if not plain.startswith(first) or plain[NONCE_BYTES : 2 * NONCE_BYTES] != second:
        raise BadChipDataError("a proof over other nonces")
    return plain


def session(nonces: Nonces, reader_share: bytes, chip_share: bytes) -> SecureMessaging:
    """The protected conversation that follows; the same for both ends."""
    seed = bytes(a ^ b for a, b in zip(reader_share, chip_share, strict=True))
    counter = nonces.chip[-4:] + nonces.reader[-4:]
    return SecureMessaging(derive_pair(seed, Suite.TRIPLE_DES), int.from_bytes(counter, "big"))
