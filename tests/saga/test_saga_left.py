"""What one visit leaves behind, and what it means to whoever comes next."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hardware.interfaces.card_printer import CardPosition
from kiosk.domain.payment import Means
from kiosk.domain.transaction.outcome import Ended, Outcome
from kiosk.domain.transaction.progress import AmountDue
from kiosk.saga.cases import CaseKind
from kiosk.saga.limits import Limits
from tests.kit.saga_world.campaign import LAST_POINT
from tests.kit.saga_world.card_path import WorldCard
from tests.kit.saga_world.citizen import WorldCitizen
from tests.kit.saga_world.hall import Hall
from tests.kit.saga_world.laws import broken_laws
from tests.kit.saga_world.runs import quick_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as one:
        yield one


def end_of(hall: Hall) -> Ended:
    ended = hall.citizen.heard[-1]
    assert isinstance(ended, Ended)
    return ended


def died_at(folder: Path, citizen: WorldCitizen, moment: str) -> Hall:
    """A hall whose machine has just died there, the first time that it came by."""
    for point in range(1, LAST_POINT):
        own = folder / str(point)
        own.mkdir()
        hall = Hall(own, replace(citizen))
        hall.live(hall.serve, point)
        if hall.world.trace[-1] == f"KILLED {moment}":
            return hall
    raise AssertionError(f"never at {moment}")


@pytest.mark.parametrize(
    ("means", "once", "lasting"),
    [
        (Means.BANK_CARD, "bank.late_charge", ("bank.query_unknown", "bank.cancel_unknown")),
        (Means.CASH, "cash.dies_with_note_in_escrow", ("cash.no_answer",)),
    ],
)
def test_a_device_whose_last_outcome_is_open_takes_nobody_else_s_money(
    folder: Path, means: Means, once: str, lasting: tuple[str, ...]
) -> None:
    hall = Hall(folder, WorldCitizen("a", means=(means,)))
    hall.world.faults = Counter({once: 1, **dict.fromkeys(lasting, 999)})
    assert hall.live(hall.serve) == "ended"
    hall.next_citizen(WorldCitizen("b", means=(means, Means.CODE)))
    assert hall.live(hall.serve) == "ended"
    due = next(one for one in hall.citizen.heard if isinstance(one, AmountDue))
    assert means not in due.means
    assert end_of(hall).outcome is Outcome.MADE
    assert broken_laws(hall, settled=False) == []


def test_a_note_booked_just_before_a_death_does_not_shut_the_acceptor(folder: Path) -> None:
    hall = died_at(folder, WorldCitizen("a", means=(Means.CASH,)), "cash.booked")
    assert hall.cash.note is not None, "the acceptor still has it in mind"
    hall.next_citizen(WorldCitizen("b", means=(Means.CASH,)))
    assert hall.live(hall.serve) == "ended"
    assert end_of(hall).outcome is Outcome.MADE
    assert broken_laws(hall, settled=True) == []


@pytest.mark.parametrize("takes", [True, False])
def test_a_card_that_no_transaction_knows_is_given_back_or_kept_before_anybody_comes(
    folder: Path, *, takes: bool
) -> None:
    hall = Hall(folder, WorldCitizen("next", takes_card=takes))
    stranger = WorldCard("stranger")
    hall.path.card, hall.path.position = stranger, CardPosition.TRANSPORT
    assert hall.live(hall.recover) == "ended"
    assert (hall.path.taken if takes else hall.path.retained) == [stranger]
    kept = any(one.endswith(CaseKind.CARD_KEPT.value) for one in hall.central.told)
    assert kept is not takes
    assert broken_laws(hall, settled=True) == []


def test_nothing_is_made_under_an_approval_that_is_about_to_end(folder: Path) -> None:
    hall = Hall(folder, WorldCitizen("a"))
    soon = hall.world.clock.now() + Limits().made_within / 2
    hall.central.approves = {"approved_until": soon}
    assert hall.live(hall.serve) == "ended"
    assert end_of(hall).reason == "not_admitted"
    assert hall.world.count("chip.write", "order1") == 0
    assert hall.terminal.net_fen("order1-p1") == 0
    assert broken_laws(hall, settled=True) == []
