"""What a machine cannot carry through is refused with words; what it can goes on."""

from typing import Any

import pytest

from kiosk.domain.closed import Closed
from kiosk.domain.document import DocumentKind
from kiosk.domain.transaction.outcome import Ended, Outcome
from kiosk.flows.application import events as apply_events
from kiosk.flows.application import states as hall
from kiosk.flows.closed.events import ClosedRead
from kiosk.flows.closed.states import ErrandClosed
from kiosk.flows.conductor import Conductor
from kiosk.flows.effects import ReadIdCard
from kiosk.flows.endorsement import events, states
from kiosk.flows.endorsement.effects import BeginTransaction
from kiosk.flows.endorsement.states import Purpose
from kiosk.flows.endorsement_machine import ENDORSEMENT_MACHINE
from kiosk.flows.guide.events import GuideAsked, TopicChosen
from kiosk.flows.guide.reading import MATERIALS
from kiosk.flows.guide.states import ChoosingTopic, ReadingMaterials
from kiosk.flows.hall_kiosk import HALL_KIOSK
from kiosk.flows.session import Language, LanguageChosen, ServiceResumed, ServiceStopped, Session
from kiosk.flows.suggestion.events import SuggestionAsked
from kiosk.flows.suggestion.states import WritingSuggestion
from kiosk.flows.ticket import states as ticket
from kiosk.flows.ticket.events import BookingAsked, NumberAsked, PlaceAsked, ProgressAsked
from tests.kit.applicants import TODAY
from tests.kit.flow_script import FlowScript

AWAY = "service.card_printer.away"
PAPER = "service.ticket_printer.paper_out"
READER = "service.id_card_reader.away"
NO_CARD_PATH = ServiceResumed((Closed("endorsement", (AWAY,)),))
NO_PAPER = ServiceResumed(tuple(Closed(one, (PAPER,)) for one in ("apply", "number", "booking")))
NO_READER = ServiceResumed((Closed("apply", (READER,)), Closed("progress", (READER,))))
ASKS: dict[str, object] = {
    "apply": apply_events.BeginAsked(),
    "number": NumberAsked(),
    "booking": BookingAsked("v-1"),
    "place": PlaceAsked(),
    "progress": ProgressAsked(),
    "guide": GuideAsked(TODAY),
    "suggestion": SuggestionAsked("s-1"),
}
LEADS: dict[str, type[Any]] = {
    "apply": hall.ChoosingDocuments,
    "number": ticket.ChoosingService,
    "booking": ticket.WaitingForHolder,
    "place": ticket.WaitingForHolder,
    "progress": ticket.WaitingForHolder,
    "guide": ChoosingTopic,
    "suggestion": WritingSuggestion,
}


def permits() -> FlowScript:
    return FlowScript(Conductor(ENDORSEMENT_MACHINE.flow, ENDORSEMENT_MACHINE.conduct))


def hall_kiosk() -> FlowScript:
    return FlowScript(Conductor(HALL_KIOSK.flow, HALL_KIOSK.conduct))


@pytest.mark.parametrize("wanted", list(Purpose))
@pytest.mark.parametrize("shut", list(Purpose))
def test_of_a_permit_machine_exactly_what_is_closed_is_refused(
    wanted: Purpose, shut: Purpose
) -> None:
    closed = Closed(shut.value, (AWAY,))
    story = permits().do(ServiceResumed((closed,))).see(states.Resting, closed=(closed,))
    story.do(events.BeginAsked(wanted))
    if wanted is shut:
        story.see(ErrandClosed, closed=closed)
        assert not {BeginTransaction, ReadIdCard} & {type(one) for one in story.all_effects}
        story.do(ClosedRead()).see(states.Resting, closed=(closed,))
    elif wanted is Purpose.ENDORSEMENT:
        story.see(states.Starting).expect(BeginTransaction())
    else:
        story.see(states.PlacingIdCard, purpose=wanted)


@pytest.mark.parametrize("wanted", sorted(ASKS))
@pytest.mark.parametrize("news", [NO_PAPER, NO_READER, ServiceResumed()], ids=lambda one: "")
def test_of_a_hall_kiosk_exactly_what_is_closed_is_refused(
    wanted: str, news: ServiceResumed
) -> None:
    story = hall_kiosk().do(news, ASKS[wanted])
    closed = [one for one in news.closed if one.errand == wanted]
    if closed:
        story.see(ErrandClosed, closed=closed[0])
        story.do(ClosedRead()).see(hall.Welcome, closed=news.closed)
    else:
        story.see(LEADS[wanted])


def test_what_came_back_is_offered_again() -> None:
    story = permits().do(NO_CARD_PATH, ServiceResumed()).see(states.Resting, closed=())
    story.do(events.BeginAsked(Purpose.ENDORSEMENT)).see(states.Starting)


def test_a_stopped_machine_comes_back_with_what_works() -> None:
    story = permits().do(ServiceStopped(("service.recovery",))).see(states.OutOfService)
    story.do(NO_CARD_PATH).see(states.Resting, closed=NO_CARD_PATH.closed)
    story.do(ServiceStopped(("service.storage",))).see(states.OutOfService)


def test_a_device_lost_during_a_query_is_told_to_whoever_comes_next() -> None:
    story = permits().do(events.BeginAsked(Purpose.ENTRIES), NO_CARD_PATH)
    story.see(states.PlacingIdCard).do(events.BackAsked())
    story.see(states.Resting, closed=NO_CARD_PATH.closed)
    story.do(events.BeginAsked(Purpose.ENDORSEMENT)).see(ErrandClosed)


def test_a_mouth_that_never_opened_is_owned_up_to() -> None:
    story = permits().do(events.BeginAsked(Purpose.ENDORSEMENT)).see(states.Starting)
    story.do(events.TransactionReported(Ended(Outcome.NOTHING_TAKEN_IN)))
    assert story.see(states.Finished).state.ended.outcome is Outcome.NOT_BEGUN


def test_choosing_documents_ends_where_nothing_was_given_yet() -> None:
    story = hall_kiosk().do(apply_events.BeginAsked())
    story.do(apply_events.DocumentToggled(DocumentKind.PASSPORT), NO_READER)
    story.see(ErrandClosed).do(ClosedRead()).see(hall.Welcome, closed=NO_READER.closed)


def test_choosing_a_service_ends_where_no_ticket_could_be_printed() -> None:
    story = hall_kiosk().do(NumberAsked(), NO_READER).see(ticket.ChoosingService)
    story.do(NO_PAPER).see(ErrandClosed, closed=NO_PAPER.closed[1])


def test_the_guide_leads_into_no_closed_application() -> None:
    story = hall_kiosk().do(NO_PAPER, GuideAsked(TODAY)).see(ChoosingTopic)
    story.do(TopicChosen(MATERIALS, TODAY)).see(ReadingMaterials)
    story.do(apply_events.BeginAsked()).see(ErrandClosed, closed=NO_PAPER.closed[0])


def test_an_absent_reader_is_not_asked_because_something_else_changed() -> None:
    story = hall_kiosk().do(PlaceAsked(), apply_events.CardTroubled(hall.CardTrouble.READER_AWAY))
    story.do(NO_READER).see(ticket.WaitingForHolder, trouble=hall.CardTrouble.READER_AWAY)
    story.do(ServiceResumed()).see(ticket.WaitingForHolder, trouble=None).expect(ReadIdCard())


def test_a_refusal_nobody_reads_goes_home_and_leaves_nothing() -> None:
    story = permits().do(NO_CARD_PATH, LanguageChosen(Language.EN))
    story.do(events.BeginAsked(Purpose.ENDORSEMENT)).see(ErrandClosed)
    story.wait(120).see(states.Resting, closed=NO_CARD_PATH.closed)
    assert story.session == Session()
