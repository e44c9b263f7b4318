"""Passwords, one-time codes and session secrets: made, hashed, compared."""

import hashlib
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""19 MiB and two passes: the least that OWASP's password storage sheet names for argon2id"""
_CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""none that look alike"""
_CODE_LENGTH = 12


def hashed(password: str) -> str:
    """Argon2id hash of a password, with its own salt; takes tens of milliseconds on purpose."""
    return _HASHER.hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Whether a password belongs to a hash; takes as long when there is none."""
    nobody = _of_nobody()
    try:
        _HASHER.verify(kept or nobody, password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None


def new_secret() -> str:
    """A session's or a form's secret: 32 random bytes, base64url."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """A one-time code for a person to type: 59 bits in three groups, `ABCD-EFGH-JKMN`."""
    letters = "".join(secrets.choice(_CODE_LETTERS) for _ in range(_CODE_LENGTH))
    return "-".join(letters[i : i + 4] for i in range(0, _CODE_LENGTH, 4))


def digest(secret: str) -> bytes:
    """SHA-256 of a random secret; enough where the secret itself cannot be guessed."""
    return hashlib.sha256(secret.encode()).digest()


def digest_of_code(typed: str) -> bytes:
    """Hash of a one-time code, however it was typed."""
    return digest("".join(one for one in typed.upper() if one.isalnum()))


def same(one: bytes | str, other: bytes | str) -> bool:
    """Compare without telling by the time it takes where they differ."""
    left = one.encode() if isinstance(one, str) else one
    right = other.encode() if isinstance(other, str) else other
    return secrets.compare_digest(left, right)


@cache
def _of_nobody() -> str:
    """Compared with when there is no such account, so that both take as long."""
    return _HASHER.hash(secrets.token_urlsafe(16))
