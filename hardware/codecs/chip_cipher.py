"""Ciphers, checksums and key derivation of chip access (ICAO Doc 9303-11, 9.7 and 9.8). Pure."""

import hashlib
from dataclasses import dataclass, field
from enum import Enum

from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.cmac import CMAC

from hardware.codecs.tlv import BadChipDataError

MAC_BYTES = 8
_PAD = 0x80
_DES_BLOCK = 8
_DES_KEY = 8


class Suite(Enum):
    """Which ciphers a session uses: name, key length in bytes."""

    TRIPLE_DES = ("3DES", 16)
    AES_128 = ("AES-128", 16)
    AES_192 = ("AES-192", 24)
    AES_256 = ("AES-256", 32)

    @property
    def key_bytes(self) -> int:
        """Length of each of its keys."""
        return self.value[1]

    @property
    def block_bytes(self) -> int:
        """Length of a block, and of the send sequence counter."""
        return _DES_BLOCK if self is Suite.TRIPLE_DES else 16


class Use(Enum):
    """What a derived key is for: the counter of the derivation."""

    ENCRYPT = 1
    MAC = 2
    PACE = 3


@dataclass(frozen=True, slots=True)
class KeyPair:
    """The two keys of an authentication or a session.

    Args:
        suite: whose keys they are.
        encrypt: for the cipher.
        mac: for the checksum.
    """

    suite: Suite
    encrypt: bytes = field(repr=False)
    mac: bytes = field(repr=False)


def derive(secret: bytes, use: Use, suite: Suite) -> bytes:
    """A key from a shared secret."""
    # SHA-1 is what the standard says for the shorter keys; it guards no collision here.
    name = "sha256" if suite in (Suite.AES_192, Suite.AES_256) else "sha1"
    counted = secret + use.value.to_bytes(4, "big")
    key = hashlib.new(name, counted, usedforsecurity=False).digest()[: suite.key_bytes]
    return _with_parity(key) if suite is Suite.TRIPLE_DES else key


def derive_pair(secret: bytes, suite: Suite) -> KeyPair:
    """Both keys of a session."""
    return KeyPair(suite, derive(secret, Use.ENCRYPT, suite), derive(secret, Use.MAC, suite))


def pad(data: bytes, block_bytes: int) -> bytes:
    """ISO 9797-1 padding 2: one bit, then zeros."""
    return data + bytes([_PAD]) + bytes(-(len(data) + 1) % block_bytes)


def unpad(data: bytes) -> bytes:
    """What was padded.

    Raises:
        BadChipDataError: there is no padding.
    """
    bare = data.rstrip(b"\0")
    if not bare or bare[-1] != _PAD:
        raise BadChipDataError("the padding is broken")
    return bare[:-1]


def encrypt(suite: Suite, key: bytes, data: bytes, iv: bytes = b"") -> bytes:
    """Whole blocks in CBC mode; the initial vector is zero where none is given."""
    worker = _cbc(suite, key, iv).encryptor()
    return worker.update(data) + worker.finalize()


def decrypt(suite: Suite, key: bytes, data: bytes, iv: bytes = b"") -> bytes:
    """Whole blocks in CBC mode.

    Raises:
        BadChipDataError: not whole blocks.
    """
    if len(data) % suite.block_bytes:
        raise BadChipDataError("a cryptogram that is not made of whole blocks")
    worker = _cbc(suite, key, iv).decryptor()
    return worker.update(data) + worker.finalize()


def mac(suite: Suite, key: bytes, data: bytes) -> bytes:
    """Eight bytes: ISO 9797-1 algorithm 3 over padded blocks, or a shortened CMAC."""
    if suite is Suite.TRIPLE_DES:
        return _retail_mac(key, pad(data, _DES_BLOCK))
    worker = CMAC(AES(key))
    worker.update(data)
    return worker.finalize()[:MAC_BYTES]


def _cbc(suite: Suite, key: bytes, iv: bytes) -> Cipher[modes.CBC]:
    mode = modes.CBC(iv or bytes(suite.block_bytes))
    if suite is Suite.TRIPLE_DES:
        return Cipher(TripleDES(key + key[:_DES_KEY]), mode)
    return Cipher(AES(key), mode)


def _retail_mac(key: bytes, blocks: bytes) -> bytes:
    """Single DES through all blocks with the first half key, the last block as triple DES."""
    first, second = key[:_DES_KEY], key[_DES_KEY:]
    chained = Cipher(TripleDES(first * 3), modes.CBC(bytes(_DES_BLOCK))).encryptor()
    last = (chained.update(blocks) + chained.finalize())[-_DES_BLOCK:]
    middle = Cipher(TripleDES(second * 3), modes.CBC(bytes(_DES_BLOCK))).decryptor()
    turned = middle.update(last) + middle.finalize()
    outer = Cipher(TripleDES(first * 3), modes.CBC(bytes(_DES_BLOCK))).encryptor()
    return outer.update(turned) + outer.finalize()


def _with_parity(key: bytes) -> bytes:
    return bytes((one & 0xFE) | (1 ^ (one >> 1).bit_count() & 1) for one in key)
