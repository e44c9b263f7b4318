"""The queue's words and its lawful moves, as data (domain facts 9; decision 0020).

A ticket's paper and its place in the queue are two things. This is the place: it begins when the
number is given and ends when the visit is finished or the ticket voided.
"""

from enum import StrEnum


class TicketClass(StrEnum):
    """Who goes before whom; each class has a head start in minutes (`policy/queue.toml`)."""

    GREEN_CHANNEL = "green_channel"
    BOOKED = "booked"
    PRIORITY = "priority"
    ORDINARY = "ordinary"


class Need(StrEnum):
    """Why somebody goes before others; policy says which class each one gives."""

    URGENT_BUSINESS = "urgent_business"
    RELATIVE_ILL_OR_DEAD = "relative_ill_or_dead"
    SCHOOL_START = "school_start"
    VISA_LAPSING = "visa_lapsing"
    FOREIGNER_VISA_EXPIRING = "foreigner_visa_expiring"
    INFIRM = "infirm"
    AGE = "age"
    PREGNANT = "pregnant"
    DISABLED = "disabled"
    SOLDIER = "soldier"


class QueueState(StrEnum):
    """Where a ticket stands in the queue."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    NO_SHOW = "no_show"
    RETURNED = "returned"
    TRANSFERRED = "transferred"
    FINISHED = "finished"
    VOIDED = "voided"


class Move(StrEnum):
    """What somebody does with a ticket."""

    CALL = "call"
    RECALL = "recall"
    BEGIN = "begin"
    MISS = "miss"
    RETURN = "return"
    HOLD = "hold"
    RESUME = "resume"
    TRANSFER = "transfer"
    ADVANCE = "advance"
    """one service is done, the ticket goes to the queue of its next one"""
    FINISH = "finish"
    VOID = "void"


WAITS = frozenset({QueueState.WAITING, QueueState.RETURNED, QueueState.TRANSFERRED})
"""states in which a ticket stands in line and may be called"""
AT_WINDOW = frozenset({QueueState.CALLED, QueueState.SERVING})
"""states in which a ticket has a window to itself"""
ENDED = frozenset({QueueState.FINISHED, QueueState.VOIDED})

_S, _M = QueueState, Move
MOVES: dict[tuple[QueueState, Move], QueueState] = {
    **{(state, _M.CALL): _S.CALLED for state in WAITS},
    **{(state, _M.VOID): _S.VOIDED for state in (*WAITS, _S.CALLED, _S.NO_SHOW, _S.HELD)},
    **{(state, _M.TRANSFER): _S.TRANSFERRED for state in (*WAITS, _S.CALLED, _S.SERVING, _S.HELD)},
    (_S.CALLED, _M.RECALL): _S.CALLED,
    (_S.CALLED, _M.BEGIN): _S.SERVING,
    (_S.CALLED, _M.MISS): _S.NO_SHOW,
    (_S.NO_SHOW, _M.RETURN): _S.RETURNED,
    (_S.SERVING, _M.HOLD): _S.HELD,
    (_S.HELD, _M.RESUME): _S.SERVING,
    (_S.SERVING, _M.ADVANCE): _S.WAITING,
    (_S.SERVING, _M.FINISH): _S.FINISHED,
}
"""every lawful move; what is not here is refused"""


def after(state: QueueState, move: Move) -> QueueState | None:
    """Where a move leads, None when it is not lawful in this state."""
    return MOVES.get((state, move))
