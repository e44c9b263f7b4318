"""Permits on file, what a person may have from the machine, and whether a face is theirs."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from kiosk.central.contract.base import Id, Model, ShortText

IdNumber = Annotated[str, Field(pattern=r"^[0-9]{17}[0-9X]$")]
PermitNumber = Annotated[str, Field(pattern=r"^C[0-9A-HJ-NP-Z][0-9]{7}$")]
Place = Annotated[str, Field(pattern=r"^(HKG|MAC)$")]
KindLetter = Annotated[str, Field(pattern=r"^[A-Z]$")]
Entries = Annotated[int, Field(ge=0, le=10)]
"""how many journeys; 0 for any number"""
Fen = Annotated[int, Field(ge=0, le=10_000_000)]
Base64 = Annotated[str, Field(max_length=100_000, pattern=r"^[A-Za-z0-9+/]*={0,2}$")]


class PermitQuery(Model):
    """A machine asks for the permit of the person whose identity card it has read."""

    machine_id: Id
    hall_id: Id
    id_number: IdNumber


class EndorsementOnFile(Model):
    """An endorsement that was granted."""

    number: Id
    destination: Place
    kind: KindLetter
    entries: Entries
    entries_left: Entries | None = None
    """None for any number"""
    valid_from: date
    valid_until: date
    used: bool
    """whether it has been travelled on; an unused one is cancelled by a new one"""


class PermitOnFile(Model):
    """The newest card-type permit of a person, as the issuing system has it."""

    permit_number: PermitNumber
    name: ShortText
    birth: date
    valid_from: date
    valid_until: date
    endorsements: Annotated[tuple[EndorsementOnFile, ...], Field(max_length=50)] = ()
    finger_template: Base64 = ""
    """of the fingerprint reader's kind; empty where none was taken"""


class Guidance(StrEnum):
    """Why the machine cannot serve, as far as a citizen is told."""

    NO_PERMIT = "no_permit"
    """no card-type permit on file: the hall kiosk, then a window"""
    PERMIT_EXPIRING = "permit_expiring"
    """too little time left on the permit: renew it at a window"""
    PERMIT_EXPIRED = "permit_expired"
    TOO_YOUNG = "too_young"
    """with a guardian at a window"""
    TOO_SOON = "too_soon"
    """too many applications lately"""
    NOTHING_OFFERED = "nothing_offered"
    """no kind that this person may have is made by the machine"""
    WINDOW = "window"
    """please go to a window; says nothing more, on purpose"""


class Turned(Model):
    """The machine does not serve; a window does."""

    guidance: Guidance
    windows: tuple[ShortText, ...] = ()


class EligibilityQuery(Model):
    """What may this person have, now that they have proven who they are."""

    machine_id: Id
    hall_id: Id
    id_number: IdNumber
    permit_number: PermitNumber


class Option(Model):
    """One endorsement that may be chosen."""

    destination: Place
    kind: KindLetter
    grant: Id
    """code of period and entries in the policy tables, for example `1y2`"""
    months: Annotated[int, Field(ge=1, le=120)]
    entries: Entries
    valid_until: date
    """cut to the permit's own end"""
    fee_fen: Fen
    cancels: tuple[Id, ...] = ()
    """numbers of unused endorsements for the same destination that it would cancel"""


class Eligibility(Model):
    """What may be chosen; at most one option for each destination."""

    options: Annotated[tuple[Option, ...], Field(max_length=50)] = ()
    turned: Turned | None = None


class FaceQuery(Model):
    """Is the person before the camera the holder of the permit."""

    machine_id: Id
    hall_id: Id
    live: Base64
    """JPEG of the best live picture"""
    reference: Base64
    """portrait from the chip, as stored there"""


class FaceVerdict(StrEnum):
    """What a comparison says."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    UNAVAILABLE = "unavailable"
    """nobody compares: the window, never a pass"""


class FaceAnswer(Model):
    """The verdict and how sure it is."""

    verdict: FaceVerdict
    score: Annotated[float, Field(ge=0.0, le=1.0)] = 0.0
