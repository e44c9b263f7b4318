"""Rows of the tables for the endorsement machine."""

from typing import Annotated, Literal

from pydantic import Field, StrictInt

from kiosk.domain.application import Destination
from kiosk.policy.rows import Key, KindCode, Months, Row


class MachineKind(Row):
    """A kind of endorsement that the machine makes.

    Args:
        kind: its letter.
        destinations: for which it is made.
        only: `multiple` where single journeys are the window's.
        needs: facts that must hold for the person (kiosk.policy.machine).
    """

    kind: KindCode
    destinations: tuple[Destination, ...]
    only: Literal["any", "multiple"] = "any"
    needs: tuple[Literal["open_city", "filed_unit"], ...] = ()


class OpenCity(Row):
    """A region whose residents may have kind G.

    Args:
        code: first digits of GB/T 2260.
        name: for who keeps the table.
    """

    code: Annotated[str, Field(pattern=r"^[0-9]{2,6}$")]
    name: Annotated[str, Field(min_length=2, max_length=12)]


class MachineLimit(Row):
    """A number that bounds what the machine does."""

    name: Key
    n: Annotated[StrictInt, Field(ge=0, le=1000)]


class Issuer(Row):
    """Who issues what the machine makes, as it stands on the card."""

    name: Annotated[str, Field(min_length=1, max_length=20)]


class MachineProof(Row):
    """A set of proofs that together prove a person."""

    proofs: Annotated[tuple[Key, ...], Field(min_length=1)]


class FeeItem(Row):
    """The code under which an endorsement's fee goes to the non-tax revenue system."""

    code: Annotated[str, Field(pattern=r"^[A-Za-z0-9.-]{1,30}$")]
    entries: Annotated[StrictInt, Field(ge=0, le=10)]
    months_from: Months
    months_to: Months
