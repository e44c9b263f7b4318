"""Who of the hall's staff does something."""

from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do; each includes those before it."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"

    def includes(self, other: "Role") -> bool:
        """Whether this role may do what the other may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person of the hall.

    Args:
        account_id: of the account, stands in every record of what they do.
        name: as shown to citizens.
        number: of the clerk (工号).
        role: what they may do.
        hall_id: where they work.
        form_token: must come back with every form of this session.
    """

    account_id: str
    name: str
    number: str
    role: Role
    hall_id: str
    form_token: str = field(repr=False)
