"""What becomes of a bad rating: looked into, answered, closed; or appealed against and reviewed.

Domain facts 8: who handles is responsible; clear and reasonable is put right at once, complex goes
to a ledger with a deadline, no legal basis is explained, false or malicious is appealed against
and reviewed by somebody else. The rating itself is never changed by any of it.
"""

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


def after(state: FollowUpState, act: FollowUpAct) -> FollowUpState | None:
    """The state that follows an act, None where the act is not lawful."""
    return _AFTER.get((state, act))


def lawful(state: FollowUpState, *, wants_call: bool) -> tuple[FollowUpAct, ...]:
    """What may be done next.

    Args:
        state: where it stands.
        wants_call: whether the citizen asked to be called; nobody else can be reached, and who
            asked is owed the call before anything else counts as first contact.
    """
    calls = {FollowUpAct.REACHED, FollowUpAct.NOT_REACHED}
    hidden = {FollowUpAct.LOOKED_INTO} if wants_call else calls
    return tuple(act for at, act in _AFTER if at is state and act not in hidden)
