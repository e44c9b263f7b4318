"""Sealed fields: bound to their place and their machine, shredded with their key."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.cipher import SUITE_AES_256_GCM, FieldCipher, Place, SealedField, device_key
from kiosk.errors import StorageError

PLACE = Place("outbox", "7", "body")
CIPHER = FieldCipher(bytes(range(32)))


@given(st.binary(max_size=300))
def test_what_was_sealed_opens_and_shows_nothing(plain: bytes) -> None:
    sealed = CIPHER.seal(PLACE, plain)
    assert CIPHER.open(PLACE, sealed) == plain
    assert sealed.blob[0] == SUITE_AES_256_GCM
    if len(plain) > 8:
        assert plain not in sealed.blob + sealed.data_key


def test_the_same_text_never_looks_the_same() -> None:
    assert CIPHER.seal(PLACE, b"text") != CIPHER.seal(PLACE, b"text")


@pytest.mark.parametrize(
    "elsewhere",
    [Place("tickets", "7", "body"), Place("outbox", "8", "body"), Place("outbox", "7", "key")],
)
def test_a_field_moved_to_another_place_does_not_open(elsewhere: Place) -> None:
    with pytest.raises(StorageError):
        CIPHER.open(elsewhere, CIPHER.seal(PLACE, b"text"))


@given(st.integers(min_value=0, max_value=10_000), st.integers(min_value=1, max_value=255))
def test_a_changed_byte_is_noticed(at: int, change: int) -> None:
    sealed = CIPHER.seal(PLACE, b"twelve bytes")
    whole = bytearray(sealed.blob + sealed.data_key)
    whole[at % len(whole)] ^= change
    cut = len(sealed.blob)
    with pytest.raises(StorageError):
        CIPHER.open(PLACE, SealedField(bytes(whole[:cut]), bytes(whole[cut:])))


@given(st.binary(max_size=60), st.binary(max_size=60))
def test_garbage_is_refused_and_nothing_worse(blob: bytes, data_key: bytes) -> None:
    with pytest.raises(StorageError):
        CIPHER.open(PLACE, SealedField(blob, data_key))


def test_another_machine_cannot_open_it() -> None:
    other = FieldCipher(bytes(32))
    with pytest.raises(StorageError):
        other.open(PLACE, CIPHER.seal(PLACE, b"text"))
    assert CIPHER.fits(CIPHER.token())
    assert not other.fits(CIPHER.token())
    assert not CIPHER.fits("not a token")


def test_the_first_start_makes_a_key_that_only_the_machine_can_read(tmp_path: Path) -> None:
    path = tmp_path / "machine" / "device.key"
    key = device_key(path)
    assert len(key) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert device_key(path) == key
    assert device_key(tmp_path / "other.key") != key


def test_a_start_that_was_killed_while_making_the_key_makes_it_again(tmp_path: Path) -> None:
    (tmp_path / "device.key.new").write_bytes(b"half")
    assert len(device_key(tmp_path / "device.key")) == 32


@pytest.mark.parametrize("mode", [0o644, 0o606, 0o660])
def test_a_key_that_others_can_read_or_change_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "device.key"
    device_key(path)
    path.chmod(mode)
    with pytest.raises(StorageError, match="chmod 600"):
        device_key(path)


def test_a_key_of_a_wrong_length_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "device.key"
    path.write_bytes(os.urandom(16))
    path.chmod(0o600)
    with pytest.raises(StorageError, match="32 bytes"):
        device_key(path)
