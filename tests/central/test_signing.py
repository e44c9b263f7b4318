"""A machine's proof: the standard's own example, and everything that must not pass."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_der_private_key
from hypothesis import given
from hypothesis import strategies as st

from kiosk.central.signing import FRESH_S, Claim, Signable, base, claim_of, digest, sign

NOW_S = 1_790_000_000
KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
REQUEST = Signable("POST", "/v1/tickets?hall_id=hs-1", b'{"machine_id":"K1"}', "key-12345678")


def lowered(headers: dict[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def signed(request: Signable = REQUEST, machine_id: str = "K1") -> Claim:
    claim = claim_of(lowered(sign(KEY, machine_id, request, NOW_S)))
    assert claim is not None
    return claim


def test_the_standards_example_gives_the_standards_signature() -> None:
    """RFC 9421, B.2.6: signing a request using ed25519."""
    der = "MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF"
    key = load_der_private_key(base64.b64decode(der), None)
    assert isinstance(key, Ed25519PrivateKey)
    parts = [
        ("date", "Tue, 20 Apr 2021 02:07:55 GMT"),
        ("@method", "POST"),
        ("@path", "/foo"),
        ("@authority", "example.com"),
        ("content-type", "application/json"),
        ("content-length", "18"),
    ]
    names = " ".join(f'"{name}"' for name, _value in parts)
    text = base(parts, f'({names});created=1618884473;keyid="test-key-ed25519"')
    expected = (
        "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="
    )
    assert base64.b64encode(key.sign(text)).decode() == expected


def test_a_digest_is_that_of_the_standard() -> None:
    """RFC 9530, appendix B: the digest of `{"hello": "world"}` and a line feed."""
    expected = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"
    assert digest(b'{"hello": "world"}\n') == expected


def test_what_was_signed_holds() -> None:
    claim = signed()
    assert claim.machine_id == "K1"
    assert claim.holds(REQUEST, PUBLIC)


@pytest.mark.parametrize(
    "other",
    [
        Signable("GET", REQUEST.target, REQUEST.body, REQUEST.key),
        Signable("POST", "/v1/boots?hall_id=hs-1", REQUEST.body, REQUEST.key),
        Signable("POST", "/v1/tickets?hall_id=hs-2", REQUEST.body, REQUEST.key),
        Signable("POST", REQUEST.target, b'{"machine_id":"K2"}', REQUEST.key),
        Signable("POST", REQUEST.target, b"", REQUEST.key),
        Signable("POST", REQUEST.target, REQUEST.body, "key-87654321"),
        Signable("POST", REQUEST.target, REQUEST.body, ""),
    ],
)
def test_a_changed_request_does_not_hold(other: Signable) -> None:
    assert not signed().holds(other, PUBLIC)


def test_another_machines_key_does_not_hold() -> None:
    stranger = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key().public_bytes_raw()
    assert not signed().holds(REQUEST, stranger)
    assert not signed().holds(REQUEST, b"too short")


def test_a_name_cannot_be_changed_under_a_signature() -> None:
    headers = lowered(sign(KEY, "K1", REQUEST, NOW_S))
    headers["signature-input"] = headers["signature-input"].replace('"K1"', '"K2"')
    claim = claim_of(headers)
    assert claim is not None
    assert not claim.holds(REQUEST, PUBLIC)


def test_a_part_left_out_is_seen() -> None:
    """Whoever strips the body's digest from the list has signed less than all."""
    short = Signable(REQUEST.method, REQUEST.target)
    headers = lowered(sign(KEY, "K1", short, NOW_S))
    claim = claim_of(headers)
    assert claim is not None
    assert claim.holds(short, PUBLIC)
    assert not claim.holds(REQUEST, PUBLIC)


@pytest.mark.parametrize("aside_s", [-FRESH_S, 0, FRESH_S])
def test_it_is_fresh_for_some_minutes_either_way(aside_s: int) -> None:
    assert signed().fresh(NOW_S + aside_s)
    assert not signed().fresh(NOW_S + aside_s + (FRESH_S + 1) * (1 if aside_s >= 0 else -1))


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_header_is_too_odd(said: str, signature: str) -> None:
    claim = claim_of({"signature-input": said, "signature": signature})
    assert claim is None or len(claim.signature) == 64


@given(
    st.sampled_from(["GET", "POST"]),
    st.binary(max_size=40),
    st.text("abc-.:_", max_size=12),
    st.integers(0, 10**11),
)
def test_every_request_can_be_proven(method: str, body: bytes, key: str, at_s: int) -> None:
    request = Signable(method, "/v1/a%20b?c=%E4%B8%AD", body, key)
    claim = claim_of(lowered(sign(KEY, "K-1_a", request, at_s)))
    assert claim is not None
    assert (claim.machine_id, claim.created_s) == ("K-1_a", at_s)
    assert claim.holds(request, PUBLIC)
