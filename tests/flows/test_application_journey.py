"""From the welcome screen to the ticket in the hand, and back."""

from kiosk.domain.claim import Claim
from kiosk.domain.document import DocumentKind
from kiosk.domain.queueing import Need
from kiosk.flows.application import events, states
from kiosk.flows.effects import (
    ReadIdCard,
    SettleTicket,
    StopReadingIdCard,
    SubmitApplication,
    WipeSession,
)
from kiosk.flows.session import Language, LanguageChosen, Session
from tests.kit.applicants import ELDER, MINOR, ticket
from tests.kit.application_stories import at_welcome, filling, meeting, reviewing

ALL = tuple(DocumentKind)


def test_a_citizen_applies_for_everything_and_takes_one_ticket() -> None:
    story = reviewing(ELDER, *ALL)
    bundle = story.state.draft.bundle()
    story.do(events.SubmitAsked("v-1"))
    services = ("passport", "hk_macao_permit", "taiwan_permit")
    story.expect(SubmitApplication("v-1", bundle, services, Claim(Need.AGE, ELDER.number)))
    story.do(events.TicketIssued(ticket())).see(states.PrintingTicket, copy=False, tries=0)
    story.do(events.TicketPrinted("t-1")).see(states.TakingTicket)
    story.do(events.PaperTaken()).expect(SettleTicket("t-1", "taken"), WipeSession())
    story.see(states.Thanks, number="A023").wait(8).see(states.Welcome)
    assert story.session == Session()
    assert story.running == frozenset()
    assert story.count(SettleTicket) == story.count(WipeSession) == story.count(ReadIdCard) == 1


def test_documents_are_kept_in_one_order_whatever_was_touched_first() -> None:
    story = at_welcome().do(events.BeginAsked())
    for document in reversed(ALL):
        story.do(events.DocumentToggled(document))
    story.see(states.ChoosingDocuments, chosen=ALL)
    story.do(events.DocumentToggled(ALL[0])).see(states.ChoosingDocuments, chosen=ALL[1:])


def test_going_on_without_a_choice_says_so() -> None:
    story = at_welcome().do(events.BeginAsked(), events.NextAsked())
    story.see(states.ChoosingDocuments, nothing_chosen=True)
    story.do(events.DocumentToggled(ALL[0])).see(states.ChoosingDocuments, nothing_chosen=False)


def test_a_new_form_begins_at_its_first_page_and_shows_each_page_once() -> None:
    story = filling(ELDER, *ALL)
    shown = [story.state.page.key]
    story = reviewing(ELDER, *ALL)
    assert story.state.draft.pages()[0].key == shown[0]


def test_a_minor_is_warned_that_a_guardian_must_come() -> None:
    story = meeting(MINOR)
    assert story.state.warnings
    story = reviewing(MINOR)
    assert any("guardian" in page.key for page in story.state.draft.pages())


def test_back_from_the_form_to_the_documents_keeps_answers_and_the_card() -> None:
    story = reviewing()
    kept = story.state.draft.answers
    for _ in story.state.draft.pages():
        story.do(events.BackAsked())
    story.see(states.FillingForm).do(events.BackAsked()).see(states.MeetingPerson)
    story.do(events.BackAsked()).see(states.ChoosingDocuments, chosen=(DocumentKind.PASSPORT,))
    story.ignore(events.BackAsked())
    story.do(events.DocumentToggled(DocumentKind.TAIWAN_PERMIT), events.NextAsked())
    story.expect_none(ReadIdCard).see(states.FillingForm)
    assert story.state.draft.answers == kept
    assert story.state.draft.documents == (DocumentKind.PASSPORT, DocumentKind.TAIWAN_PERMIT)
    assert story.state.draft.findings(story.state.page.key), "the first page that needs something"


def test_back_before_the_card_stops_the_reader_and_keeps_the_choice() -> None:
    story = at_welcome().do(events.BeginAsked(), events.DocumentToggled(ALL[2]), events.NextAsked())
    story.do(events.BackAsked()).expect(StopReadingIdCard())
    story.see(states.ChoosingDocuments, chosen=(ALL[2],)).do(events.BackAsked()).see(states.Welcome)


def test_a_ticket_counts_as_taken_when_nobody_says_so() -> None:
    story = reviewing().do(events.SubmitAsked("v-1"), events.TicketIssued(ticket()))
    story.do(events.TicketPrinted("t-1")).wait(20).see(states.Thanks)
    assert SettleTicket("t-1", "taken") in story.all_effects


def test_the_language_lasts_to_the_last_screen_and_not_beyond() -> None:
    story = reviewing().do(LanguageChosen(Language.EN), events.SubmitAsked("v-1"))
    story.do(events.TicketIssued(ticket()), events.TicketPrinted("t-1"), events.PaperTaken())
    story.see(states.Thanks)
    assert story.session.language is Language.EN
    story.do(events.NextAsked()).see(states.Welcome)
    assert story.session == Session()
