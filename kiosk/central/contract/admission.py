"""Machines that central lets in: a one-time code, then a key of the machine's own."""

from typing import Annotated

from pydantic import AwareDatetime, Field

from kiosk.central.contract.base import Id, Model


class EnrolmentIn(Model):
    """A machine brings the code that an administrator made for it, and its public key.

    The request is signed by that key, which so proves that the machine has its other half.
    """

    machine_id: Id
    code: Annotated[str, Field(min_length=8, max_length=40, pattern=r"^[A-Za-z0-9 -]+$")]
    public_key: Annotated[str, Field(pattern=r"^[A-Za-z0-9+/]{43}=$")]
    """Ed25519, 32 bytes in base64"""


class Enrolled(Model):
    """From now on the machine signs what it asks and tells."""

    machine_id: Id
    at: AwareDatetime
