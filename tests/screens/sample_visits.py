"""States of the errand "take a number" as the screens see them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

from kiosk.domain.notice_board import HallNotice
from kiosk.domain.progress import Progress
from kiosk.domain.queueing import Need, QueueState, TicketClass
from kiosk.domain.text import Text
from kiosk.domain.ticket import Ticket
from kiosk.flows.application.states import CardTrouble, Welcome
from kiosk.flows.guide import reading
from kiosk.flows.guide import states as guide
from kiosk.flows.guide.events import GuideAsked, TopicChosen
from kiosk.flows.slip import SlipState
from kiosk.flows.suggestion import states as suggestion
from kiosk.flows.suggestion import writing
from kiosk.flows.ticket import booking, finding, progress, states
from kiosk.flows.ticket.identifying import offers_of
from kiosk.flows.ticket.standing import Application, Standing
from kiosk.forms.views import Finding

DAY = date(2026, 11, 24)
VISITOR = states.Visitor("enquiry", DAY)
TICKET = Ticket(
    ticket_id="t-2",
    number="A031",
    day=DAY,
    issued_at=datetime(2026, 11, 24, 9, 41, tzinfo=timezone(timedelta(hours=8))),
    services=("enquiry",),
    windows=("6",),
    ahead=3,
    estimate_min=8,
    ticket_class=TicketClass.PRIORITY,
)
ELDER = states.Visitor("enquiry", DAY, "420299195603050021", by_age=True)


def states_of_a_number() -> Iterator[tuple[str, object]]:
    """A name and a state for each screen, and more where one screen has several faces."""
    number = states.Purpose.NUMBER
    yield "30_service", states.ChoosingService()
    yield "31_holder", states.WaitingForHolder(number, "enquiry")
    yield "31_holder_trouble", states.WaitingForHolder(number, "enquiry", CardTrouble.MOVED, 3)
    yield "32_reading_holder", states.ReadingHolder(number, "enquiry")
    priority = offers_of(VISITOR, TicketClass.PRIORITY)
    yield "33_need", states.TellingNeed(VISITOR, priority)
    yield "33_need_chosen", states.TellingNeed(VISITOR, priority, Need.SOLDIER)
    yield "33_need_by_age", states.TellingNeed(ELDER, priority, Need.PREGNANT)
    urgent = offers_of(VISITOR, TicketClass.GREEN_CHANNEL)
    yield "34_urgency", states.TellingUrgency(VISITOR, urgent)
    yield from _places()
    yield "34_urgency_chosen", states.TellingUrgency(VISITOR, urgent, Need.SCHOOL_START)


def _places() -> Iterator[tuple[str, object]]:
    yield "35_holder_place", states.WaitingForHolder(states.Purpose.PLACE)
    yield "36_typing", finding.typing()
    wrong = Finding("ticket_number", Text("place.typing.wrong"))
    yield "36_typing_wrong", finding.typing("23A", wrong)
    yield "37_looking", states.LookingForTicket(states.Query(number="A023"))
    for queue_state in (QueueState.WAITING, QueueState.CALLED, QueueState.HELD):
        place = states.Place(TICKET, queue_state)
        yield f"38_place_{queue_state.value}", states.SeeingPlace(place)
    yield "38_place_finished", states.SeeingPlace(states.Place(TICKET, QueueState.FINISHED))
    yield "39_nothing_found", states.NothingFound(finding.LATE)
    booked = states.Query(number="12345678")
    yield "39a_holder_booking", states.WaitingForHolder(states.Purpose.BOOKING, visit_id="v-1")
    yield "39b_typing_code", booking.typing("v-1", "1234")
    yield "39c_checking_in", states.CheckingIn("v-1", booked)
    slot = states.BookedSlot(
        TICKET.issued_at,
        TICKET.issued_at - timedelta(minutes=15),
        HALL_NAMES,
    )
    for trouble in states.BookingTrouble:
        not_held = states.BookingNotHeld("v-1", booked, trouble, slot)
        yield f"39d_booking_{trouble.value}", not_held
    yield from _applications()


def _applications() -> Iterator[tuple[str, object]]:
    yield "39e_holder_progress", states.WaitingForHolder(states.Purpose.PROGRESS)
    yield "39f_looking", states.LookingForApplications(states.Query())
    yield "39g_progress", states.SeeingProgress((_application(*_ON_THE_WAY),))
    over = (_application(*_ON_THE_WAY), _application(*_NEEDS_SOMEBODY), _application(*_OVER))
    yield "39g_progress_all", states.SeeingProgress(over)
    yield "39h_no_card", states.NothingFound(progress.CARD_NEEDED)


def pages_of_the_box() -> Iterator[tuple[str, object]]:
    """The suggestions box."""
    yield "43_suggestion", writing.writing("s-1")
    yield "43_suggestion_long", writing.writing("s-1", "请在候办区多放几把椅子，" * 10)
    yield "43_suggestion_empty", writing.writing("s-1", "", Finding(writing.TEXT, EMPTY))
    yield "44_contact", writing.contact("s-1", "请多放几把椅子")
    wrong = Finding(writing.PHONE, Text("suggestion.contact.wrong"))
    yield "44_contact_wrong", writing.contact("s-1", "请多放几把椅子", "1380", wrong)
    yield "45_keeping", suggestion.KeepingSuggestion("s-1")
    yield "46_kept", suggestion.SuggestionEnded("s-1", kept=True)
    yield "46_lost", suggestion.SuggestionEnded("s-1", kept=False)


NOTICES = (
    HallNotice(
        {"zh_CN": "近期谨慎前往某地区", "en": "Travel to some regions with care for now"},
        {
            "zh_CN": "当地安全形势复杂。请关注外交部和驻外使领馆的提醒，必要时暂缓出行。\n"
            "已在当地的，请登记联系方式，遇事打 +86-10-12308。",
            "en": "The situation there is tense. Follow the advice of the embassies, and put "
            "off the journey if you can.\nWhoever is there already, call +86-10-12308.",
        },
        "travel_warning",
    ),
    HallNotice(
        {"zh_CN": "周三下午系统维护，15:00 后不受理", "en": "Closed Wednesday afternoon"}, {}
    ),
)
EMPTY = Text("suggestion.writing.empty")


def _application(*documents: Standing) -> Application:
    return Application(HALL_NAMES, DAY - timedelta(days=6), documents)


def _standing(document: str, state: Progress, next_step: str = "", **more: Any) -> Standing:
    step = next_step or f"progress.next.{state.value}"
    return Standing(document, state, DAY - timedelta(days=2), step, **more)


HALL_NAMES = {
    "zh_CN": "大冶市出入境大厅",
    "en": "Daye Exit-Entry Hall",
    "zh_Hant": "大冶市出入境大廳",
}
_TERM = {"expected": DAY + timedelta(days=3)}
_ON_THE_WAY = (
    _standing("passport", Progress.MAKING, **_TERM),
    _standing("hk_macao_permit", Progress.READY, windows=("7",)),
    _standing("taiwan_permit", Progress.RECEIVED, windows=("4", "5")),
)
_NEEDS_SOMEBODY = (
    _standing("passport", Progress.RETURNED, windows=("1", "2"), lacks="progress.lacks.photo"),
    _standing("hk_macao_permit", Progress.REFUSED, windows=("1", "2", "3", "4")),
    _standing("taiwan_permit", Progress.ACCEPTED, expected=DAY - timedelta(days=1), late=True),
)
_OVER = (
    _standing("passport", Progress.APPROVED, **_TERM),
    _standing("hk_macao_permit", Progress.READY, "progress.next.ready_courier"),
    _standing("taiwan_permit", Progress.COLLECTED, "progress.next.collected_courier"),
)


def pages_of_the_guide() -> Iterator[tuple[str, object]]:
    """The list of topics, the materials and every topic."""
    menu = reading.begin(Welcome(), GuideAsked(DAY)).state
    assert isinstance(menu, guide.ChoosingTopic)
    yield "40_guide", menu
    yield "41_materials", reading.materials(DAY, guide.Reader.ADULT)
    printed = replace(reading.materials(DAY, guide.Reader.MINOR), slip=SlipState.PRINTED)
    yield "41_materials_minor", printed
    yield "41_notices", guide.ReadingNotices(DAY, NOTICES)
    yield "41_notices_none", guide.ReadingNotices(DAY, ())
    for topic in menu.topics[2:]:
        step = reading.choose(menu, TopicChosen(topic, DAY))
        assert step is not None
        assert isinstance(step.state, guide.ReadingTopic)
        yield f"42_topic_{topic}", step.state
    yield "42_topic_no_paper", replace(step.state, slip=SlipState.FAILED)
