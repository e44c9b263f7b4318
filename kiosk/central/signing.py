"""What proves that a request comes from a machine: HTTP message signatures (RFC 9421) by Ed25519.

One shape only, so that nothing is left to negotiate: label `machine`; covered are the method, the
path, the query, the digest of a body (RFC 9530) and the idempotency key where there is one, with
the moment, the machine's id and the algorithm. Whatever stands between a machine and central may
end the TLS: the proof goes through.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FRESH_S = 300
"""A proof older or younger than this is stale; a machine's clock may differ as much."""
PUBLIC_KEY_BYTES = 32
CENTRAL_TIME = "Central-Time"
"""Header of a refusal for staleness: seconds since 1970 at central, by which one signs anew."""

_INPUT = re.compile(
    r'machine=(\(("[a-z@-]{1,20}"(?: "[a-z@-]{1,20}")*)\)'
    r';created=([0-9]{1,12});keyid="([A-Za-z0-9][A-Za-z0-9_-]{0,63})";alg="ed25519")'
)
_SIGNATURE = re.compile(r"machine=:([A-Za-z0-9+/]{86}==):")

Components = Sequence[tuple[str, str]]
"""Name and value of each covered part, in order."""


@dataclass(frozen=True, slots=True)
class Signable:
    """A request as far as its proof covers it.

    Args:
        method: of HTTP.
        target: path with its query, as it stands on the wire.
        body: empty for none.
        key: its idempotency key, empty for none.
    """

    method: str
    target: str
    body: bytes = b""
    key: str = ""

    def components(self) -> Components:
        """The covered parts."""
        path, _mark, query = self.target.partition("?")
        parts = [("@method", self.method), ("@path", path), ("@query", "?" + query)]
        if self.body:
            parts.append(("content-digest", digest(self.body)))
        if self.key:
            parts.append(("idempotency-key", self.key))
        return parts


@dataclass(frozen=True, slots=True)
class Claim:
    """Who says to have signed a request, and when; true only once it is checked.

    Args:
        machine_id: who.
        created_s: seconds since 1970, by the machine's clock.
        covered: names of the covered parts, each in quotes.
        parameters: as they were signed.
        signature: 64 bytes.
    """

    machine_id: str
    created_s: int
    covered: str
    parameters: str
    signature: bytes

    def fresh(self, now_s: float) -> bool:
        """Whether it was made about now."""
        return abs(now_s - self.created_s) <= FRESH_S

    def holds(self, request: Signable, public_key: bytes) -> bool:
        """Whether this request was signed by the owner of a key, wholly and in our shape.

        Args:
            request: as it arrived.
            public_key: 32 bytes, of the machine on file.
        """
        parts = request.components()
        if self.covered != _names(parts):
            return False
        try:
            key = Ed25519PublicKey.from_public_bytes(public_key)
            key.verify(self.signature, base(parts, self.parameters))
        except (InvalidSignature, ValueError):
            return False
        return True


def sign(
    private_key: Ed25519PrivateKey, machine_id: str, request: Signable, created_s: int
) -> dict[str, str]:
    """Headers that prove a request.

    Args:
        private_key: of the machine.
        machine_id: by which central finds its public key.
        request: as it will stand on the wire.
        created_s: now, seconds since 1970.
    """
    parts = request.components()
    parameters = f'({_names(parts)});created={created_s};keyid="{machine_id}";alg="ed25519"'
    signature = base64.b64encode(private_key.sign(base(parts, parameters))).decode()
    headers = {"Signature-Input": f"machine={parameters}", "Signature": f"machine=:{signature}:"}
    if request.body:
        headers["Content-Digest"] = digest(request.body)
    return headers


def claim_of(headers: Mapping[str, str]) -> Claim | None:
    """What a request says of its maker, None for nothing or for another shape.

    Args:
        headers: of the request; names in any case where the mapping allows it.
    """
    said = _INPUT.fullmatch(headers.get("signature-input", ""))
    signed = _SIGNATURE.fullmatch(headers.get("signature", ""))
    if said is None or signed is None:
        return None
    try:
        signature = base64.b64decode(signed[1], validate=True)
    except binascii.Error:
        return None
    return Claim(said[4], int(said[3]), said[2], said[1], signature)


def base(parts: Components, parameters: str) -> bytes:
    """What is signed (RFC 9421, 2.5)."""
    lines = [f'"{name}": {value}' for name, value in parts]
    return "\n".join([*lines, f'"@signature-params": {parameters}']).encode()


def digest(body: bytes) -> str:
    """A body's `Content-Digest` (RFC 9530)."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def _names(parts: Components) -> str:
    return " ".join(f'"{name}"' for name, _value in parts)
