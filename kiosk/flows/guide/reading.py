"""From the list of topics to the page, and its paper."""

from dataclasses import replace
from datetime import date

from kiosk.domain.document import DocumentKind
from kiosk.domain.money import yuan
from kiosk.domain.text import Text
from kiosk.flows.application.events import BackAsked, BeginAsked, NextAsked
from kiosk.flows.application.states import ChoosingDocuments, Welcome
from kiosk.flows.effects import WipeSession
from kiosk.flows.guide.events import GuideAsked, ReaderChosen, TopicChosen
from kiosk.flows.guide.states import (
    ChoosingTopic,
    Reader,
    ReadingMaterials,
    ReadingNotices,
    ReadingTopic,
    State,
)
from kiosk.flows.machine import Step
from kiosk.flows.slip import PrintSlip, SlipAsked, SlipEnded, SlipPart, SlipState
from kiosk.forms.checklist import sections_for
from kiosk.forms.views import ReviewSection
from kiosk.policy.guide_rows import GuideTopic, Hotline
from kiosk.policy.loader import shipped

MATERIALS = "materials"
"""The topic that the tables of fees, deadlines and materials make."""

NOTICES = "notices"
"""The topic that central's notices make; always there, for "nothing new" is an answer."""
Page = ReadingMaterials | ReadingTopic | ReadingNotices

Reached = State | Welcome | ChoosingDocuments


def begin(_state: Welcome, event: GuideAsked) -> Step[Reached]:
    """The list of topics."""
    return Step(_topics(event.today))


def _topics(today: date) -> ChoosingTopic:
    rows = shipped().on(today).table(GuideTopic)
    return ChoosingTopic((MATERIALS, NOTICES, *(row.topic for row in rows)))


def choose(state: ChoosingTopic, event: TopicChosen) -> Step[Reached] | None:
    """Open a topic."""
    if event.topic not in state.topics:
        return None
    if event.topic == MATERIALS:
        return Step(materials(event.today, Reader.ADULT))
    if event.topic == NOTICES:
        return Step(ReadingNotices(event.today, event.notices))
    return Step(ReadingTopic(event.topic, event.today, _parts(event.topic, event.today)))


def materials(today: date, reader: Reader) -> ReadingMaterials:
    """Fees, times and what to bring for everybody of a kind."""
    young = reader is Reader.MINOR
    return ReadingMaterials(today, reader, sections_for(tuple(DocumentKind), today, young=young))


def _parts(topic: str, today: date) -> tuple[Text, ...]:
    policy = shipped().on(today)
    numbers = {row.hotline: row.number for row in policy.table(Hotline)}
    row = next(one for one in policy.table(GuideTopic) if one.topic == topic)
    calls = (
        Text(f"guide.hotline.{name}", (("number", numbers[name]),))
        for name in row.hotlines
        if name in numbers
    )
    return (*calls, *(Text(f"guide.part.{part}") for part in row.parts))


def choose_reader(state: ReadingMaterials, event: ReaderChosen) -> Step[Reached]:
    """The same for somebody else."""
    return Step(materials(state.today, event.reader))


def print_it(state: Page, _event: SlipAsked) -> Step[Reached] | None:
    """Print what is read; not twice at once."""
    if state.slip is SlipState.PRINTING:
        return None
    return Step(replace(state, slip=SlipState.PRINTING), (_slip(state),))


def _slip(state: Page) -> PrintSlip:
    if isinstance(state, ReadingNotices):
        title = Text(f"guide.topic.{NOTICES}.title")
        return PrintSlip(NOTICES, title, (), state.notices)
    if isinstance(state, ReadingTopic):
        title = Text(f"guide.topic.{state.topic}.title")
        return PrintSlip(state.topic, title, (SlipPart(None, state.parts),))
    title = Text(f"guide.topic.{MATERIALS}.title")
    parts = (
        SlipPart(None, (Text(f"guide.reader.{state.reader.value}"),)),
        *(SlipPart(one.title, _lines(one)) for one in state.sections),
    )
    return PrintSlip(MATERIALS, title, parts)


def _lines(section: ReviewSection) -> tuple[Text, ...]:
    fee = section.fee_fen
    priced = (Text("guide.slip.fee", (("yuan", yuan(fee)),)),) if fee is not None else ()
    more = (section.fee_note, section.processing)
    return (*priced, *(one for one in more if one is not None), *section.materials)


def slip_ended(state: Page, event: SlipEnded) -> Step[Reached] | None:
    """Say what became of the paper; an old slip's end is no news."""
    if event.slip != _name(state) or state.slip is not SlipState.PRINTING:
        return None
    return Step(replace(state, slip=SlipState.PRINTED if event.printed else SlipState.FAILED))


def _name(state: Page) -> str:
    if isinstance(state, ReadingTopic):
        return state.topic
    return NOTICES if isinstance(state, ReadingNotices) else MATERIALS


def leave(_state: ChoosingTopic, _event: BackAsked) -> Step[Reached]:
    """Back to the welcome screen."""
    return Step(Welcome())


def leave_page(state: Page, _event: BackAsked) -> Step[Reached]:
    """Back to the list of topics."""
    return Step(_topics(state.today))


def close(_state: ReadingTopic | ReadingNotices, _event: NextAsked) -> Step[Reached]:
    """Enough read."""
    return Step(Welcome(), (WipeSession(),))


def apply(_state: ReadingMaterials, _event: BeginAsked) -> Step[Reached]:
    """Apply straight away."""
    return Step(ChoosingDocuments())
