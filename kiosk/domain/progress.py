"""How far the making of a document is, and which steps are lawful (domain facts 9)."""

from enum import StrEnum


class Progress(StrEnum):
    """Where one document of an application stands."""

    RECEIVED = "received"
    """the form came from a machine; no window has taken the papers yet"""
    ACCEPTED = "accepted"
    """受理: a window has taken the papers; the term of the law runs from here"""
    APPROVED = "approved"
    MAKING = "making"
    """制证"""
    READY = "ready"
    """at the hall, to be collected; or at the courier's"""
    COLLECTED = "collected"
    RETURNED = "returned"
    """退回补正: something is lacking, a window says what"""
    REFUSED = "refused"
    """不予批准: why is said at a window and nowhere else"""


ENDED = frozenset({Progress.COLLECTED, Progress.REFUSED})
RUNNING = frozenset({Progress.ACCEPTED, Progress.APPROVED, Progress.MAKING})
"""the hall works, and the term of the law runs"""

_P = Progress
STEPS: dict[Progress, tuple[Progress, ...]] = {
    _P.RECEIVED: (_P.ACCEPTED, _P.RETURNED),
    _P.ACCEPTED: (_P.APPROVED, _P.RETURNED, _P.REFUSED),
    _P.APPROVED: (_P.MAKING,),
    _P.MAKING: (_P.READY,),
    _P.READY: (_P.COLLECTED,),
    _P.COLLECTED: (),
    _P.RETURNED: (_P.ACCEPTED,),
    _P.REFUSED: (),
}
"""every step that a clerk may take; any other is a correction, which a supervisor explains"""
