"""What becomes of a bad rating: looked into, answered, closed; or appealed against and reviewed.

Domain facts 8: who handles is responsible; clear and reasonable is put right at once, complex goes
to a ledger with a deadline, no legal basis is explained, false or malicious is appealed against
and reviewed by somebody else. The rating itself is never changed by any of it.
"""

from dataclasses import dataclass
from enum import StrEnum


class FollowUpState(StrEnum):
    """Where a follow-up stands."""

    OPEN = "open"
    IN_HAND = "in_hand"  # first contact made, or looked into where nobody can be contacted
    APPEALED = "appealed"
    CLOSED = "closed"


class FollowUpAct(StrEnum):
    """What staff do with it."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    LOOKED_INTO = "looked_into"
    FIXED = "fixed"
    LEDGER = "ledger"
    EXPLAINED = "explained"
    APPEAL = "appeal"
    UPHOLD = "uphold"  # the rating was false or malicious
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a follow-up stands, and what has been tried.

    Args:
        state: where.
        contacted: whether first contact was made, or the matter looked into without.
        wants_call: whether the citizen asked to be called.
        not_reached: calls in vain.
        calls_owed: calls in vain after which it is looked into without the citizen.
    """

    state: FollowUpState
    contacted: bool
    wants_call: bool
    not_reached: int
    calls_owed: int


_OPEN, _IN_HAND = FollowUpState.OPEN, FollowUpState.IN_HAND
_AFTER = {
    (_OPEN, FollowUpAct.REACHED): _IN_HAND,
    (_OPEN, FollowUpAct.NOT_REACHED): _OPEN,
    (_OPEN, FollowUpAct.LOOKED_INTO): _IN_HAND,
    (_OPEN, FollowUpAct.APPEAL): FollowUpState.APPEALED,
    (_IN_HAND, FollowUpAct.REACHED): _IN_HAND,
    (_IN_HAND, FollowUpAct.NOT_REACHED): _IN_HAND,
    (_IN_HAND, FollowUpAct.LEDGER): _IN_HAND,
    (_IN_HAND, FollowUpAct.FIXED): FollowUpState.CLOSED,
    (_IN_HAND, FollowUpAct.EXPLAINED): FollowUpState.CLOSED,
    (_IN_HAND, FollowUpAct.APPEAL): FollowUpState.APPEALED,
    (FollowUpState.APPEALED, FollowUpAct.UPHOLD): FollowUpState.CLOSED,
    (FollowUpState.APPEALED, FollowUpAct.REJECT): _IN_HAND,
}
_CALLS = frozenset({FollowUpAct.REACHED, FollowUpAct.NOT_REACHED})


def after(now: Standing, act: FollowUpAct) -> FollowUpState | None:
    """The state that follows an act, None where the act is not lawful.

    Who asked is owed the call before anything else counts as first contact, until so many calls
    were in vain; nobody else can be called. An appeal that is rejected leads back to where it
    came from.
    """
    still_owed = now.wants_call and now.not_reached < now.calls_owed
    if act is FollowUpAct.LOOKED_INTO and still_owed:
        return None
    if act in _CALLS and not now.wants_call:
        return None
    if act is FollowUpAct.REJECT and now.state is FollowUpState.APPEALED and not now.contacted:
        return _OPEN
    return _AFTER.get((now.state, act))


def lawful(now: Standing) -> tuple[FollowUpAct, ...]:
    """What may be done next."""
    return tuple(act for act in FollowUpAct if after(now, act) is not None)
