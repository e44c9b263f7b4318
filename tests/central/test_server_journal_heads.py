"""Central keeps the heads of machines' journals, so that a journal made anew shows."""

from kiosk.central.server import tables
from tests.kit.central import HALL, Caller, RunningCentral


def beat(caller: Caller, **journal: object) -> int:
    body = {"machine_id": "e-1", "hall_id": HALL, "epoch": 1, "state": "ready"}
    head = {"journal": journal} if journal else {}
    return caller.post("/v1/heartbeats", {**body, "outbox_waiting": 0, **head}, None).status


def heads(central: RunningCentral) -> list[tuple[int, str]]:
    return sorted((row["seq"], row["chain"]) for row in central.rows(tables.journal_head))


def test_every_head_that_was_told_is_kept(caller: Caller, central: RunningCentral) -> None:
    assert beat(caller) == 200
    for seq, chain in ((3, "a" * 64), (3, "a" * 64), (9, "b" * 64)):
        assert beat(caller, seq=seq, chain=chain) == 200
    assert heads(central) == [(3, "a" * 64), (9, "b" * 64)]


def test_another_head_for_a_known_row_does_not_replace_it(
    caller: Caller, central: RunningCentral
) -> None:
    beat(caller, seq=3, chain="a" * 64)
    beat(caller, seq=3, chain="c" * 64)
    assert heads(central) == [(3, "a" * 64)]


def test_a_head_that_is_none_is_refused(caller: Caller) -> None:
    assert beat(caller, seq=-1, chain="a" * 64) == 422
    assert beat(caller, seq=1, chain="short") == 422
