"""Errands beside the form: a whole machine without a window, and a central at half past nine."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from hardware.simulators.people import people
from kiosk.bootstrap import build
from kiosk.central.server.bookings.tables import booking
from kiosk.central.server.ratings.tables import follow_up, rating
from kiosk.central.server.suggestions.tables import suggestion as suggestion_table
from kiosk.central.server.tables import ticket
from kiosk.domain.progress import Progress
from kiosk.domain.queueing import TicketClass
from kiosk.domain.rating import Level
from kiosk.flows.application import events as apply_events
from kiosk.flows.application import states as apply_states
from kiosk.flows.guide import states as guide
from kiosk.flows.guide.events import GuideAsked, TopicChosen
from kiosk.flows.rating import events as rating_events
from kiosk.flows.rating import states as rating_states
from kiosk.flows.session import Touched
from kiosk.flows.suggestion import states as suggestion
from kiosk.flows.suggestion.events import SuggestionAsked, SuggestionTyped
from kiosk.flows.ticket import events, states
from tests.kit.bookings import booking_request, today_at
from tests.kit.central import HALL, Caller, RunningCentral, application_request
from tests.kit.pages import Browser, staffed
from tests.kit.patience import until
from tests.kit.visitor import machine_config
from tests.kit.windowless import Windowless

NUMBER = people()["adult"].card.number


@pytest.fixture(scope="module")
def central(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCentral]:
    """A central on a Tuesday, half past nine."""
    with RunningCentral(str(tmp_path_factory.mktemp("central") / "central.db")) as server:
        staffed(server)
        yield server


@pytest.fixture(scope="module")
def caller(central: RunningCentral) -> Iterator[Caller]:
    plain = Caller(central.port)
    yield plain
    plain.close()


@pytest.fixture(scope="module")
def someone(
    central: RunningCentral, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Windowless]:
    """At a machine whose clock is central's; every test leaves it as it was."""
    folder: Path = tmp_path_factory.mktemp("machine")
    config = machine_config(folder, central.url, "K-1")
    # Central is always there in these stories; a slow computer must not look like its absence.
    patient = config.central.model_copy(update={"citizen_deadline_s": 10.0})
    config = config.model_copy(update={"central": patient})
    at_it = Windowless(build(config, central.clock))
    with at_it.machine:
        at_it.sees(apply_states.Welcome)
        yield at_it


def lays_card(someone: Windowless) -> None:
    someone.sees(states.WaitingForHolder)
    someone.turn("id_card_reader", "card", "adult")
    someone.leaves(states.WaitingForHolder)
    someone.leaves(states.ReadingHolder)
    someone.turn("id_card_reader", "card", "none")


def test_a_booked_person_checks_in_on_time(
    someone: Windowless, central: RunningCentral, caller: Caller
) -> None:
    booked = caller.post("/v1/bookings", booking_request(today_at(10), NUMBER))
    assert booked.status == 201, booked.raw
    someone.does(events.BookingAsked(uuid4().hex))
    lays_card(someone)
    taken = someone.sees(apply_states.TakingTicket).ticket
    assert taken.ticket_class is TicketClass.BOOKED
    someone.does(apply_events.PaperTaken())
    someone.sees(apply_states.Thanks)
    someone.does(apply_events.NextAsked())
    someone.sees(apply_states.Welcome)
    (kept,) = central.rows(booking)
    assert (kept["state"], kept["ticket_id"]) == ("used", taken.ticket_id)
    until(lambda: central.rows(ticket)[0]["state"] == "issued")
    assert central.rows(ticket)[0]["ticket_class"] == "booked"
    # Coming again, the same card finds the same number.
    someone.does(events.BookingAsked(uuid4().hex))
    lays_card(someone)
    again = someone.sees(apply_states.TakingTicket)
    assert (again.ticket.number, len(central.rows(ticket))) == (taken.number, 1)
    someone.does(apply_events.PaperTaken())
    someone.sees(apply_states.Thanks)
    someone.does(apply_events.NextAsked())
    someone.sees(apply_states.Welcome)


def test_what_somebody_writes_reaches_the_hall_without_their_name(
    someone: Windowless, central: RunningCentral
) -> None:
    someone.does(SuggestionAsked(uuid4().hex))
    someone.sees(suggestion.WritingSuggestion)
    someone.does(SuggestionTyped("请多放几把椅子"), apply_events.NextAsked())
    someone.sees(suggestion.LeavingContact)
    someone.does(apply_events.NextAsked())
    someone.sees(suggestion.SuggestionEnded, lambda now: now.kept)
    someone.does(apply_events.NextAsked())
    someone.sees(apply_states.Welcome)
    until(lambda: central.rows(suggestion_table))
    (kept,) = central.rows(suggestion_table)
    assert (kept["machine_id"], kept["phone"]) == ("K-1", None)


def test_whoever_took_a_number_says_how_it_was(
    someone: Windowless, central: RunningCentral
) -> None:
    someone.does(events.NumberAsked())
    someone.sees(states.ChoosingService)
    someone.does(events.ServiceChosen("enquiry"))
    someone.sees(states.WaitingForHolder)
    someone.does(events.WithoutCardAsked(someone.view.machine.today))
    someone.sees(states.TellingNeed)
    someone.does(events.NumberTaken(uuid4().hex))
    taken = someone.sees(apply_states.TakingTicket).ticket
    someone.does(apply_events.PaperTaken())
    someone.sees(apply_states.Thanks)
    someone.does(rating_events.RatingWanted())
    someone.sees(rating_states.ChoosingLevel)
    someone.does(rating_events.LevelChosen(Level.DISSATISFIED))
    someone.does(rating_events.ReasonToggled("efficiency"), rating_events.RatingGiven())
    someone.sees(rating_states.ThankingForRating)
    until(lambda: central.rows(rating))
    (kept,) = central.rows(rating)
    assert (kept["case_kind"], kept["case_id"]) == ("application", taken.ticket_id)
    assert (kept["level"], kept["reasons"]) == ("dissatisfied", ["efficiency"])
    (follow_up_case,) = central.rows(follow_up)
    assert follow_up_case["request_id"] == kept["request_id"]
    someone.does(Touched())
    someone.sees(apply_states.Welcome)


def test_a_warning_that_a_supervisor_writes_is_in_the_guide(
    someone: Windowless, central: RunningCentral
) -> None:
    boss = Browser(central)
    boss.get("/staff/sign-in")
    boss.sign_in("supervisor")
    written = {"kind": "travel_warning", "priority": "9", "title_zh_CN": "谨慎前往某地"}
    assert boss.post("/staff/notices", written).status == 303
    boss.close()
    until(lambda: someone.view.machine.notices.notices)
    board = someone.view.machine.notices
    assert board.as_of is None
    (notice,) = board.notices
    assert (notice.kind, notice.title("en")) == ("travel_warning", "谨慎前往某地")
    today = someone.view.machine.today
    someone.does(GuideAsked(today), TopicChosen("notices", today, board.notices))
    assert someone.sees(guide.ReadingNotices).notices == (notice,)
    someone.does(apply_events.NextAsked())
    someone.sees(apply_states.Welcome)


def test_what_a_clerk_says_about_a_document_its_holder_reads(
    someone: Windowless, central: RunningCentral, caller: Caller
) -> None:
    someone.does(events.ProgressAsked())
    lays_card(someone)
    assert someone.sees(states.NothingFound).reason.key == "progress.unknown.none"
    someone.does(apply_events.NextAsked())
    someone.sees(apply_states.Welcome)
    sent = application_request("a-1")
    sent["identity"]["number"] = NUMBER
    assert caller.post("/v1/applications", sent).status == 201
    clerk = Browser(central)
    clerk.get("/staff/sign-in")
    clerk.sign_in("clerk1")
    step = {"before": "received", "after": "accepted"}
    assert clerk.post("/staff/applications/a-1/0", step).status == 303
    clerk.close()
    someone.does(events.ProgressAsked())
    lays_card(someone)
    (application,) = someone.sees(states.SeeingProgress).applications
    (passport,) = application.documents
    assert passport.state is Progress.ACCEPTED
    assert passport.expected is not None
    assert application.hall_names == central.office.offers.of(HALL).hall.names
    someone.does(apply_events.NextAsked())
    someone.sees(apply_states.Welcome)
