"""The whole endorsement machine on real drivers: a permit goes in, and it always comes back."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from kiosk import config
from kiosk.central.rating_messages import RATING, OwnCase
from kiosk.domain.payment import Means
from kiosk.domain.rating import CaseKind, Level
from kiosk.domain.transaction.outcome import Ended, Outcome
from kiosk.flows.endorsement import events, states
from kiosk.flows.endorsement.states import Purpose
from kiosk.flows.rating import events as rating
from kiosk.flows.rating import states as rating_states
from kiosk.touring import touring
from tests.kit.patience import until
from tests.kit.windowless import PATIENCE_S, Windowless

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def someone() -> Iterator[Windowless]:
    """At one machine with a central of its own; every test leaves it as it was."""
    with touring(config.load(ROOT / "config.toml", "endorsement")) as (machine, _world):
        at_it = Windowless(machine)
        with machine:
            at_it.sees(states.Resting)
            yield at_it


def inserts(someone: Windowless, citizen: str) -> None:
    someone.sees(states.Resting)
    someone.does(events.BeginAsked(Purpose.ENDORSEMENT))
    someone.sees(states.InsertingPermit)
    someone.turn("card_printer", "card", citizen)
    someone.sees(states.PlacingIdCard)
    someone.turn("id_card_reader", "card", citizen)
    someone.leaves(states.PlacingIdCard)
    someone.leaves(states.ReadingIdCard)
    someone.turn("id_card_reader", "card", "none")


def chooses(someone: Windowless, citizen: str, place: str) -> int:
    """Prove it, choose the first for a place; how much is due, in fen."""
    someone.sees(states.LookingAtCamera)
    someone.turn("camera", "person", citizen)
    offered = someone.sees(states.Choosing).choices
    someone.turn("camera", "person", "none")
    first = next(one for one in offered if one.destination == place)
    someone.does(events.ChoiceToggled(first), events.NextAsked())
    assert someone.sees(states.Confirming).chosen == (first,)
    someone.does(events.NextAsked())
    due = someone.sees(states.ChoosingPayment)
    assert due.rest_fen == first.fee_fen
    return first.fee_fen


def wants_notes(rest_fen: int, shown: states.InsertingNotes) -> bool:
    return bool(shown.notes_fen) and shown.rest_fen == rest_fen


def takes(someone: Windowless, level: Level | None = None) -> Ended:
    """Take the card and go, or rate and go; how it ended."""
    someone.sees(states.TakingCard)
    someone.insists(partial(someone.turn, "card_printer", "take"), states.TakingCard)
    end = someone.sees(states.Finished).ended
    if level is None:
        someone.does(events.NextAsked())
    else:
        rates(someone, end.order_id, level)
    someone.sees(states.Resting)
    return end


def rates(someone: Windowless, order_id: str, level: Level) -> None:
    """Say how it was, as at the hall kiosk; central has it in the end."""
    someone.does(rating.RatingWanted())
    someone.sees(rating_states.ChoosingLevel)
    someone.does(rating.LevelChosen(level), rating.RatingGiven())
    someone.sees(rating_states.ThankingForRating)
    outbox = someone.machine.parts.durable.outbox
    request_id = OwnCase(CaseKind.ENDORSEMENT, order_id).request_id
    until(lambda: (outbox.state_of(request_id, RATING) or ("", ""))[1] == "sent", PATIENCE_S)


def asks_for_the_slip(someone: Windowless, citizen: str, places: tuple[str, ...]) -> None:
    someone.does(events.BeginAsked(Purpose.SLIP))
    someone.sees(states.PlacingIdCard)
    someone.turn("id_card_reader", "card", citizen)
    (order,) = someone.sees(states.ChoosingSlip).orders
    someone.turn("id_card_reader", "card", "none")
    assert order.destinations == places
    someone.does(events.SlipChosen(order.order_id))
    someone.sees(states.Thanks)
    someone.does(events.NextAsked())
    someone.sees(states.Resting)


def test_an_endorsement_is_paid_in_notes_made_taken_and_found_again(someone: Windowless) -> None:
    box = someone.simulator("cash_acceptor").box
    slips = len(someone.simulator("ticket_printer").pictures())
    inserts(someone, "adult")
    due_fen = chooses(someone, "adult", "HKG")
    someone.does(events.MeansChosen(Means.CASH))
    while (rest_fen := due_fen - box.total_fen) > 0:
        wanted = someone.sees(states.InsertingNotes, partial(wants_notes, rest_fen))
        someone.puts_in(max(wanted.notes_fen))
    assert box.total_fen == due_fen
    someone.sees(states.CheckingFace)
    assert someone.state.picture, "the camera over the card saw it"
    someone.does(events.FaceJudged(right=True))
    end = takes(someone)
    assert (end.outcome, end.case_id, end.owed_fen) == (Outcome.MADE, "", 0)
    assert end.slip
    assert len(someone.simulator("ticket_printer").pictures()) == slips + 1
    asks_for_the_slip(someone, "adult", ("HKG",))
    assert len(someone.simulator("ticket_printer").pictures()) == slips + 2


def test_a_payment_code_is_charged_the_card_made_and_the_service_rated(someone: Windowless) -> None:
    inserts(someone, "long_term")
    chooses(someone, "long_term", "MAC")
    someone.does(events.MeansChosen(Means.CODE))
    someone.sees(states.ShowingPaymentCode)
    someone.insists(partial(someone.turn, "code_scanner", "scan_alipay"), states.ShowingPaymentCode)
    someone.sees(states.CheckingFace)
    someone.does(events.FaceJudged(right=True))
    end = takes(someone, Level.SATISFIED)
    assert (end.outcome, end.given_back_fen, end.owed_fen) == (Outcome.MADE, 0, 0)


def test_a_dead_chip_sends_the_card_back_and_costs_nothing(someone: Windowless) -> None:
    someone.turn("chip_reader", "dead", True)
    try:
        inserts(someone, "elder")
        end = takes(someone)
    finally:
        someone.turn("chip_reader", "dead", False)
    assert (end.outcome, end.reason) == (Outcome.TURNED_BACK, "chip.dead")
    assert (end.given_back_fen, end.owed_fen, end.case_id) == (0, 0, "")
