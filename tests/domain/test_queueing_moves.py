"""The table of lawful moves."""

from kiosk.domain.queueing import AT_WINDOW, ENDED, MOVES, WAITS, Move, QueueState, after


def test_what_has_ended_never_moves_again() -> None:
    for state in ENDED:
        assert not any(after(state, move) for move in Move)


def test_only_who_waits_is_called_and_only_to_called() -> None:
    for state in QueueState:
        assert after(state, Move.CALL) is (QueueState.CALLED if state in WAITS else None)


def test_every_state_is_reached_from_waiting_and_leads_to_an_end() -> None:
    def reached(start: QueueState) -> set[QueueState]:
        found, todo = {start}, [start]
        while todo:
            state = todo.pop()
            onward = {to for (of, _move), to in MOVES.items() if of is state} - found
            found |= onward
            todo += onward
        return found

    assert reached(QueueState.WAITING) == set(QueueState)
    for state in QueueState:
        assert reached(state) & ENDED


def test_nobody_is_served_without_having_been_called() -> None:
    begun = {of for (of, _move), to in MOVES.items() if to is QueueState.SERVING}
    assert begun == {QueueState.CALLED, QueueState.HELD}
    held = {of for (of, _move), to in MOVES.items() if to is QueueState.HELD}
    assert held == {QueueState.SERVING}
    assert AT_WINDOW.isdisjoint(WAITS | ENDED)
