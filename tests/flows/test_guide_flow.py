"""The guide: read without a card, printed on the way out."""

from kiosk.domain.document import DocumentKind
from kiosk.domain.notice_board import HallNotice
from kiosk.domain.text import Text
from kiosk.flows.application import events as apply_events
from kiosk.flows.application import states as apply_states
from kiosk.flows.effects import ReadIdCard
from kiosk.flows.guide import events, states
from kiosk.flows.session import Language, LanguageChosen
from kiosk.flows.slip import PrintSlip, SlipAsked, SlipEnded, SlipState
from tests.kit.applicants import TODAY
from tests.kit.flow_script import FlowScript
from tests.kit.visit_stories import at_rest


def reading(topic: str) -> FlowScript:
    return at_rest().do(events.GuideAsked(TODAY), events.TopicChosen(topic, TODAY))


def test_the_materials_come_first_and_every_topic_opens() -> None:
    topics = at_rest().do(events.GuideAsked(TODAY)).see(states.ChoosingTopic).state.topics
    assert topics[0] == "materials"
    for topic in topics[2:]:
        assert reading(topic).see(states.ReadingTopic, topic=topic).state.parts
    at_rest().do(events.GuideAsked(TODAY)).ignore(events.TopicChosen("gossip", TODAY))


def test_a_child_needs_other_papers_than_an_adult() -> None:
    story = reading("materials").see(states.ReadingMaterials, reader=states.Reader.ADULT)
    adult = story.state.sections
    assert [one.document for one in adult] == list(DocumentKind)
    story.do(events.ReaderChosen(states.Reader.MINOR))
    minor = story.state.sections
    guardian = Text("material.guardian_comes")
    assert guardian not in adult[0].materials
    assert guardian in minor[0].materials


def test_the_hotlines_bear_the_numbers_of_the_day() -> None:
    parts = reading("hotlines").state.parts
    assert Text("guide.hotline.immigration", (("number", "12367"),)) in parts


def test_what_is_read_can_be_taken_home_on_paper() -> None:
    story = reading("lost").do(SlipAsked()).see(states.ReadingTopic, slip=SlipState.PRINTING)
    (slip,) = [effect for effect in story.all_effects if isinstance(effect, PrintSlip)]
    assert slip.parts[0].lines == story.state.parts
    story.ignore(SlipAsked()).ignore(SlipEnded("travel", printed=True))
    story.do(SlipEnded("lost", printed=True)).see(states.ReadingTopic, slip=SlipState.PRINTED)


def test_a_printer_without_paper_keeps_the_page_on_the_screen() -> None:
    story = reading("materials").do(SlipAsked(), SlipEnded("materials", printed=False))
    story.see(states.ReadingMaterials, slip=SlipState.FAILED).do(SlipAsked())


def test_reading_leads_back_on_or_home_and_keeps_the_language() -> None:
    story = at_rest().do(LanguageChosen(Language.EN), events.GuideAsked(TODAY))
    story.do(events.TopicChosen("materials", TODAY), apply_events.BackAsked())
    story.do(apply_events.BackAsked()).see(apply_states.Welcome)
    assert story.session.language is Language.EN, "still the same person"
    reading("materials").do(apply_events.BeginAsked()).see(apply_states.ChoosingDocuments)
    story = reading("border").do(apply_events.NextAsked()).see(apply_states.Welcome)
    assert story.count(ReadIdCard) == 0


def test_notices_are_read_as_they_were_when_the_reader_came_and_printed() -> None:
    warning = HallNotice({"zh_CN": "谨慎前往"}, {"zh_CN": "请关注提醒"}, "travel_warning")
    story = at_rest().do(events.GuideAsked(TODAY), events.TopicChosen("notices", TODAY, (warning,)))
    story.see(states.ReadingNotices, notices=(warning,)).do(SlipAsked())
    (slip,) = [effect for effect in story.all_effects if isinstance(effect, PrintSlip)]
    assert slip.notices == (warning,)
    story.do(SlipEnded("notices", printed=True))
    story.see(states.ReadingNotices, slip=SlipState.PRINTED)
    story.do(apply_events.NextAsked()).see(apply_states.Welcome)


def test_no_notice_is_an_answer_too() -> None:
    reading("notices").see(states.ReadingNotices, notices=())
