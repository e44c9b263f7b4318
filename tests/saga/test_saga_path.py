"""Endorsements from the open mouth to the slip, and the ways back, in a world without deaths."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hardware.interfaces.chip_reader import ChipTrouble
from kiosk.central.contract.orders import Granted, OrderState
from kiosk.domain.payment import Means
from kiosk.domain.transaction.outcome import Ended, Outcome
from kiosk.domain.transaction.progress import (
    AmountDue,
    CardPresented,
    Making,
    NotesDue,
    PaymentTrouble,
)
from kiosk.saga.cases import CaseKind
from kiosk.saga.limits import Limits
from tests.kit.saga_world.chip import READING
from tests.kit.saga_world.citizen import WorldCitizen
from tests.kit.saga_world.hall import Hall
from tests.kit.saga_world.laws import broken_laws, money_of
from tests.kit.saga_world.runs import quick_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as one:
        yield one


def served(folder: Path, citizen: WorldCitizen, *faults: str, times: int = 1) -> Hall:
    hall = Hall(folder, citizen)
    hall.world.faults = Counter(dict.fromkeys(faults, times))
    assert hall.live(hall.serve) == "ended"
    return hall


def end_of(hall: Hall) -> Ended:
    ended = hall.citizen.heard[-1]
    assert isinstance(ended, Ended)
    return ended


def cases_of(hall: Hall) -> set[str]:
    return {number.split("-", 1)[1] for number in hall.central.told}


@pytest.mark.parametrize("means", list(Means))
def test_by_every_means_the_card_comes_back_made(folder: Path, means: Means) -> None:
    hall = served(folder, WorldCitizen("a", means=(means,)))
    assert end_of(hall) == Ended(Outcome.MADE, slip=True, slip_number="S1", order_id="order1")
    (card,) = hall.path.taken
    assert (card.writes, card.prints, card.face) == (["order1"], ["order1"], "order1")
    assert sum(one.fen for one in hall.world.effects) == hall.central.fee_fen
    assert broken_laws(hall, settled=True) == []


def test_the_time_left_is_that_of_all_the_making_and_only_falls(folder: Path) -> None:
    hall = served(folder, WorldCitizen("a"))
    told = [one.left_s for one in hall.citizen.heard if isinstance(one, Making)]
    assert told[0] == sum(Limits().usual_s.values())
    assert told == sorted(told, reverse=True)


def test_a_rest_can_be_paid_by_another_means(folder: Path) -> None:
    hall = served(folder, WorldCitizen("a", means=(Means.CASH, Means.CODE), notes=(1000,)))
    assert end_of(hall).outcome is Outcome.MADE
    assert [money_of(hall, f"order1-p{n}") for n in (1, 2)] == [1000, 2000]
    assert broken_laws(hall, settled=True) == []


def test_a_note_above_the_rest_comes_back_because_no_change_is_given(folder: Path) -> None:
    notes = (5000, 2000, 2000, 1000)
    hall = served(folder, WorldCitizen("a", means=(Means.CASH,), notes=notes))
    assert hall.cash.returned == [5000, 2000]
    assert [fen for _, fen in hall.cash.box] == [2000, 1000]
    refusals = [one.refused for one in hall.citizen.heard if isinstance(one, NotesDue)]
    assert refusals.count("above_rest") == 2
    assert broken_laws(hall, settled=True) == []


def test_notes_of_a_citizen_who_stops_are_owed_by_a_person(folder: Path) -> None:
    hall = served(folder, WorldCitizen("a", means=(Means.CASH,), notes=(2000,)))
    ended = end_of(hall)
    assert (ended.outcome, ended.owed_fen, ended.slip) == (Outcome.TURNED_BACK, 2000, True)
    assert cases_of(hall) == {CaseKind.CASH_OWED.value}
    assert ended.case_id == "order1-cash_owed"
    assert broken_laws(hall, settled=True) == []


@pytest.mark.parametrize(
    ("stage", "reason"),
    [
        ("WaitingForPerson", "citizen"),
        ("WaitingForProof", "citizen"),
        ("Choosing", "citizen"),
        ("AmountDue", "citizen"),
    ],
)
def test_who_stops_before_paying_gets_the_card_and_pays_nothing(
    folder: Path, stage: str, reason: str
) -> None:
    hall = served(folder, WorldCitizen("a", stops_at=stage))
    approved = stage == "AmountDue"
    assert end_of(hall) == Ended(
        Outcome.TURNED_BACK,
        reason,
        slip_number="S1" if approved else "",
        order_id="order1" if approved else "",
    )
    assert len(hall.path.taken) == 1
    assert not any(one.fen for one in hall.world.effects)
    assert broken_laws(hall, settled=True) == []


def test_who_walks_away_gets_nothing_and_the_card_is_kept(folder: Path) -> None:
    citizen = WorldCitizen("a", leaves_at="Choosing", takes_card=False)
    hall = served(folder, citizen)
    ended = end_of(hall)
    assert (ended.outcome, ended.reason, ended.slip) == (Outcome.CARD_KEPT, "idle", True)
    assert cases_of(hall) == {CaseKind.CARD_KEPT.value}
    assert len(hall.path.retained) == 1
    assert broken_laws(hall, settled=True) == []


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ("chip.wrong_check_digit", "chip_data"),
        ("chip.another_zone", "chip.not_authentic"),
        ("central.no_permit", "no_permit"),
        ("central.turned_away", "turned_away"),
        ("central.refuses_order", "refused"),
    ],
)
def test_a_refusal_has_its_own_answer_and_the_card_comes_back(
    folder: Path, fault: str, reason: str
) -> None:
    hall = served(folder, WorldCitizen("a"), fault)
    assert (end_of(hall).outcome, end_of(hall).reason) == (Outcome.TURNED_BACK, reason)
    assert any(isinstance(one, CardPresented) for one in hall.citizen.heard)
    assert broken_laws(hall, settled=True) == []


OTHER_YEAR = Granted(
    number="Q1",
    destination="HKG",
    kind="L",
    entries=2,
    valid_from=date(2026, 11, 24),
    valid_until=date(2028, 11, 24),
    authority="test",
)


@pytest.mark.parametrize(
    ("approved", "reason"),
    [
        ({"amount_fen": 9000}, "changed"),
        ({"granted": (OTHER_YEAR,)}, "changed"),
        ({"granted": ()}, "changed"),
        ({"cancels": ("Q0",)}, "changed"),
        ({"order_id": "another"}, "refused"),
    ],
)
def test_what_was_not_confirmed_is_neither_paid_nor_made_and_central_drops_it(
    folder: Path, approved: dict[str, Any], reason: str
) -> None:
    hall = Hall(folder, WorldCitizen("a"))
    hall.central.approves = approved
    assert hall.live(hall.serve) == "ended"
    assert (end_of(hall).outcome, end_of(hall).reason) == (Outcome.TURNED_BACK, reason)
    assert not any(isinstance(one, AmountDue) for one in hall.citizen.heard)
    assert hall.ledger.orders["order1"].state is OrderState.VOIDED
    assert hall.path.taken == hall.cards
    assert broken_laws(hall, settled=True) == []


@pytest.mark.parametrize("trouble", READING)
def test_each_trouble_of_the_chip_has_its_own_reason_and_the_card_comes_back(
    folder: Path, trouble: ChipTrouble
) -> None:
    fault = f"chip.{trouble.value}"
    hall = served(folder, WorldCitizen("a"), fault, times=Limits().acts)
    assert (end_of(hall).outcome, end_of(hall).reason) == (Outcome.TURNED_BACK, fault)
    assert hall.path.taken == hall.cards
    assert not any(one.fen for one in hall.world.effects)
    assert broken_laws(hall, settled=True) == []


def test_what_central_lets_a_citizen_be_told_is_told(folder: Path) -> None:
    ended = end_of(served(folder, WorldCitizen("a"), "central.turned_away"))
    assert (ended.guidance, ended.windows) == ("window", ("3",))


def test_nothing_is_paid_while_central_is_away(folder: Path) -> None:
    citizen = WorldCitizen("a")
    hall = served(folder, citizen, "central.order_state.away", times=999)
    due = [one for one in citizen.heard if isinstance(one, AmountDue)]
    assert all(one.means == () for one in due)
    assert due[0].trouble is PaymentTrouble.CENTRAL_AWAY
    assert end_of(hall).reason == "central_away"
    assert hall.terminal.sales == []


def test_a_declined_card_leaves_the_other_means(folder: Path) -> None:
    citizen = WorldCitizen("a", means=(Means.BANK_CARD, Means.CODE))
    hall = served(folder, citizen, "bank.declined")
    due = [one for one in citizen.heard if isinstance(one, AmountDue)]
    assert [one.trouble for one in due] == [None, PaymentTrouble.NOT_ENOUGH]
    assert end_of(hall).outcome is Outcome.MADE
    assert broken_laws(hall, settled=True) == []


def test_an_unknown_sale_is_asked_for_and_not_repeated(folder: Path) -> None:
    hall = served(folder, WorldCitizen("a"), "bank.reply_lost")
    assert hall.terminal.sales == ["order1-p1"]
    assert end_of(hall).outcome is Outcome.MADE
    assert broken_laws(hall, settled=True) == []


def test_a_sale_that_nobody_knows_of_turns_back_and_is_cancelled_by_its_key(folder: Path) -> None:
    hall = Hall(folder, WorldCitizen("a"))
    hall.world.faults = Counter({"bank.late_charge": 1, "bank.query_unknown": 99})
    assert hall.live(hall.serve) == "ended"
    assert end_of(hall).reason == "payment_unknown"
    hall.world.heal()
    assert hall.live(lambda desk: (desk.recover(), desk.pay_debts())[0]) == "ended"
    assert hall.terminal.net_fen("order1-p1") == 0
    assert broken_laws(hall, settled=True) == []


def test_a_code_whose_answer_is_lost_is_closed_for_ever(folder: Path) -> None:
    hall = served(folder, WorldCitizen("a", means=(Means.CODE,)), "central.pay.away")
    assert hall.ledger.paid["order1-p1"].state == "cancelled"
    assert broken_laws(hall, settled=True) == []


def test_a_torn_write_is_looked_at_before_another(folder: Path) -> None:
    for fault in ("chip.torn_before", "chip.torn_after"):
        with quick_folder() as own:
            hall = served(own, WorldCitizen("a"), fault)
            assert end_of(hall).outcome is Outcome.MADE
            assert hall.path.taken[0].writes == ["order1"]
            assert broken_laws(hall, settled=True) == []


def test_a_chip_that_nobody_can_read_after_a_torn_write_is_kept_for_staff(folder: Path) -> None:
    hall = Hall(folder, WorldCitizen("a"))
    hall.world.faults = Counter({"chip.torn_after": 1, "chip.probe_unreadable": 99})
    assert hall.live(hall.serve) == "ended"
    assert end_of(hall).outcome is Outcome.CARD_KEPT
    assert cases_of(hall) == {CaseKind.CHIP_UNKNOWN.value, CaseKind.CARD_KEPT.value}
    assert len(hall.path.retained) == 1
    assert broken_laws(hall, settled=True) == []


def test_a_face_that_cannot_be_printed_is_never_confirmed(folder: Path) -> None:
    hall = served(folder, WorldCitizen("a"), "face.head_worn", times=9)
    assert cases_of(hall) == {CaseKind.FACE_NOT_PRINTED.value, CaseKind.CARD_KEPT.value}
    assert not hall.world.count("central.confirm", "order1")
    assert broken_laws(hall, settled=True) == []


def test_a_card_that_does_not_move_locks_the_machine(folder: Path) -> None:
    hall = served(folder, WorldCitizen("a"), "card.jam_at_eject", times=9)
    assert cases_of(hall) >= {CaseKind.CARD_STUCK.value}
    hall.world.heal()
    hall.next_citizen(WorldCitizen("b"))
    hall.live(hall.serve)
    assert end_of(hall).outcome is Outcome.NOT_BEGUN
    assert broken_laws(hall, settled=True) == []


def test_a_confirmation_that_central_did_not_hear_stays_owed_and_the_card_goes(
    folder: Path,
) -> None:
    hall = served(folder, WorldCitizen("a"), "central.confirm.away")
    assert end_of(hall).outcome is Outcome.MADE
    assert hall.world.count("central.confirm", "order1") == 1
    assert broken_laws(hall, settled=True) == []


def test_a_citizen_who_sees_a_wrong_face_calls_staff_and_gets_the_card(folder: Path) -> None:
    hall = served(folder, WorldCitizen("a", face_right=False))
    assert end_of(hall).outcome is Outcome.MADE
    assert cases_of(hall) == {CaseKind.FACE_COMPLAINT.value}


def test_a_journal_that_cannot_be_written_stops_everything_first(folder: Path) -> None:
    hall = Hall(folder, WorldCitizen("a"))
    hall.world.faults = Counter({"journal.full": 1})
    assert hall.live(hall.serve) == "broken"
    assert hall.world.effects == []
