"""Central behind TLS: a machine talks to the one it was told to trust, and to no other."""

import ipaddress
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kiosk.central.answer import Answered, Cause, Unreachable
from kiosk.central.client import client_for
from kiosk.clock import SystemClock
from kiosk.config import CentralConfig
from tests.kit.central import central_process
from tests.kit.patience import PATIENCE_S

_WAITS = ("connect_timeout_s", "read_timeout_s", "citizen_deadline_s")


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate that signs itself, for the loopback address, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    now = SystemClock().now()
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    of_key = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    paths = folder / f"{name}.pem", folder / f"{name}.key"
    paths[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    paths[1].write_bytes(of_key)
    return paths


def test_a_machine_trusts_the_central_it_was_given(tmp_path: Path) -> None:
    own, own_key = certificate(tmp_path, "own")
    other, _ = certificate(tmp_path, "other")
    more = ("--tls-certificate", str(own), "--tls-key", str(own_key))
    with central_process(str(tmp_path / "central.db"), tmp_path, *more) as central:
        url = f"https://127.0.0.1:{central.port}"
        for authority, answers in ((own, True), (other, False), ("", False)):
            patient = dict.fromkeys(_WAITS, PATIENCE_S)
            asked = CentralConfig(url=url, authority=str(authority), **patient)
            client = client_for(asked, SystemClock())
            outcome = client.health()
            client.close()
            assert isinstance(outcome, Answered) is answers, authority
            if not answers:
                # Nothing was sent to a stranger.
                assert outcome == Unreachable(Cause.CONNECT)
