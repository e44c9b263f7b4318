"""The whole endorsement machine on real drivers: a permit goes in, and it always comes back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from hardware.codecs.mispos import Kind
from kiosk import config
from kiosk.central.rating_messages import RATING, OwnCase
from kiosk.domain.payment import Means
from kiosk.domain.rating import CaseKind, Level
from kiosk.domain.transaction.outcome import Ended, Outcome
from kiosk.domain.transaction.progress import PaymentTrouble
from kiosk.flows.endorsement import events, states
from kiosk.flows.endorsement.states import Purpose
from kiosk.flows.rating import events as rating
from kiosk.flows.rating import states as rating_states
from kiosk.touring import touring
from tests.kit.patience import until
from tests.kit.windowless import PATIENCE_S, Windowless

TOO_LARGE_FEN = 10_000
"""No endorsement for one journey costs as much."""
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def someone() -> Iterator[Windowless]:
    """At one machine with a central of its own; every test leaves it as it was."""
    with touring(config.load(ROOT / "config.toml", "endorsement")) as (machine, _world):
        at_it = Windowless(machine)
        with machine:
            at_it.sees(states.Resting)
            yield at_it


def inserts(someone: Windowless, citizen: str, card: str = "") -> None:
    """Put in one's own permit, or another card; lay one's identity card."""
    someone.sees(states.Resting)
    someone.does(events.BeginAsked(Purpose.ENDORSEMENT))
    someone.sees(states.InsertingPermit)
    someone.turn("card_printer", "card", card or citizen)
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


def pays_by_code(someone: Windowless) -> None:
    someone.does(events.MeansChosen(Means.CODE))
    someone.sees(states.ShowingPaymentCode)
    someone.insists(partial(someone.turn, "code_scanner", "scan_alipay"), states.ShowingPaymentCode)


def pays_by_bank_card(someone: Windowless, customer: str) -> None:
    """Hold a bank card to the terminal; what comes of it is the customer's and the bank's."""
    someone.turn("card_terminal", "customer", customer)
    someone.does(events.MeansChosen(Means.BANK_CARD))
    someone.sees(states.PayingByBankCard)
    someone.insists(
        partial(someone.turn, "card_terminal", "hurry_customer"), states.PayingByBankCard
    )


def wants_notes(rest_fen: int, shown: states.InsertingNotes) -> bool:
    return bool(shown.notes_fen) and shown.rest_fen == rest_fen


def came_back(reason: str, shown: states.InsertingNotes) -> bool:
    return shown.refused == reason


def sees_it_is_right(someone: Windowless) -> None:
    someone.sees(states.CheckingFace)
    someone.does(events.FaceJudged(right=True))


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
    # A tour's central keeps its books beside the machine's folder.
    books = someone.machine.parts.storage.path.parent.parent / "central.sqlite"
    with closing(sqlite3.connect(books)) as db:
        query = "SELECT case_kind, level FROM rating WHERE case_id = ?"
        assert db.execute(query, (order_id,)).fetchall() == [("endorsement", level.value)]


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


def slips(someone: Windowless) -> list[str]:
    return [one.caption for one in someone.simulator("ticket_printer").pictures()]


def test_a_note_above_the_rest_comes_back_and_smaller_ones_pay(someone: Windowless) -> None:
    cash = someone.simulator("cash_acceptor")
    before_fen, printed = cash.box.total_fen, len(slips(someone))
    inserts(someone, "adult")
    due_fen = chooses(someone, "adult", "HKG")
    someone.does(events.MeansChosen(Means.CASH))
    wanted = someone.sees(states.InsertingNotes, partial(wants_notes, due_fen))
    assert max(wanted.notes_fen) <= due_fen < TOO_LARGE_FEN
    until(lambda: cash.accepting, PATIENCE_S)
    cash.insert(TOO_LARGE_FEN // 100)
    someone.sees(states.InsertingNotes, partial(came_back, "above_rest"))
    assert (cash.box.returned, cash.box.total_fen) == ([TOO_LARGE_FEN], before_fen)
    while (rest_fen := before_fen + due_fen - cash.box.total_fen) > 0:
        wanted = someone.sees(states.InsertingNotes, partial(wants_notes, rest_fen))
        someone.puts_in(max(wanted.notes_fen))
    assert cash.box.total_fen == before_fen + due_fen
    someone.sees(states.CheckingFace)
    assert someone.state.picture, "the camera over the card saw it"
    sees_it_is_right(someone)
    end = takes(someone)
    assert (end.outcome, end.case_id, end.owed_fen) == (Outcome.MADE, "", 0)
    assert end.slip
    assert len(slips(someone)) == printed + 1
    asks_for_the_slip(someone, "adult", ("HKG",))
    assert len(slips(someone)) == printed + 2


def test_a_payment_code_is_charged_the_card_made_and_the_service_rated(someone: Windowless) -> None:
    inserts(someone, "long_term")
    chooses(someone, "long_term", "MAC")
    pays_by_code(someone)
    sees_it_is_right(someone)
    end = takes(someone, Level.SATISFIED)
    assert (end.outcome, end.given_back_fen, end.owed_fen) == (Outcome.MADE, 0, 0)


def test_a_bank_card_pays_and_the_slip_says_so(someone: Windowless) -> None:
    terminal = someone.simulator("card_terminal")
    sold_before = terminal.book.entries
    inserts(someone, "elder")
    due_fen = chooses(someone, "elder", "MAC")
    pays_by_bank_card(someone, "pays")
    sees_it_is_right(someone)
    end = takes(someone)
    assert (end.outcome, end.case_id, end.owed_fen) == (Outcome.MADE, "", 0)
    (sale,) = terminal.book.entries[len(sold_before) :]
    assert (sale.kind, sale.amount_fen, sale.given_back) == (Kind.SALE, due_fen, False)
    slip = slips(someone)[-1]
    assert end.slip
    assert end.slip_number in slip
    assert f"银行卡：￥{due_fen // 100}" in slip


def test_who_has_no_money_on_the_bank_card_pays_by_phone(someone: Windowless) -> None:
    sold_before = someone.simulator("card_terminal").book.entries
    inserts(someone, "rare_name")
    due_fen = chooses(someone, "rare_name", "MAC")
    pays_by_bank_card(someone, "lacks_money")
    again = someone.sees(states.ChoosingPayment, lambda one: one.trouble is not None)
    assert (again.trouble, again.rest_fen) == (PaymentTrouble.NOT_ENOUGH, due_fen)
    assert Means.BANK_CARD in again.means
    pays_by_code(someone)
    sees_it_is_right(someone)
    end = takes(someone)
    assert (end.outcome, end.given_back_fen, end.owed_fen) == (Outcome.MADE, 0, 0)
    assert someone.simulator("card_terminal").book.entries == sold_before


def test_a_dead_chip_sends_the_card_back_and_costs_nothing(someone: Windowless) -> None:
    someone.turn("chip_reader", "dead", True)
    try:
        inserts(someone, "elder")
        end = takes(someone)
    finally:
        someone.turn("chip_reader", "dead", False)
    assert (end.outcome, end.reason) == (Outcome.TURNED_BACK, "chip.dead")
    assert (end.given_back_fen, end.owed_fen, end.case_id) == (0, 0, "")


def test_somebody_else_s_permit_comes_back_with_the_window_named(someone: Windowless) -> None:
    inserts(someone, "elder", card="long_term")
    end = takes(someone)
    assert (end.outcome, end.reason) == (Outcome.TURNED_BACK, "chip.wrong_key")
    assert end.windows, "central has told which windows serve permits"
    assert (end.given_back_fen, end.owed_fen, end.case_id) == (0, 0, "")
