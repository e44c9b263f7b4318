"""The endorsement machine told as stories: the person, the card, and what the transaction says."""

from datetime import date
from typing import Any

import pytest

from kiosk.domain.payment import Means
from kiosk.domain.transaction import commands, progress
from kiosk.domain.transaction.outcome import Ended, Outcome
from kiosk.domain.transaction.progress import Choice, Work
from kiosk.flows.conductor import Conductor
from kiosk.flows.effects import ReadIdCard, StopReadingIdCard, WipeSession
from kiosk.flows.endorsement import effects, events, states
from kiosk.flows.endorsement.states import CardTrouble, Purpose
from kiosk.flows.endorsement.table import ENDORSEMENT, ENDORSEMENT_CONDUCT, ENDORSEMENT_ERRAND
from kiosk.flows.session import (
    CancelAsked,
    CancelConfirmed,
    CancelQuestion,
    Language,
    LanguageChosen,
    ServiceResumed,
    ServiceStopped,
    Session,
    Stake,
)
from tests.kit.applicants import ADULT, FOREIGN
from tests.kit.flow_script import FlowScript

HKG = Choice("HKG", "L", "1y2", 12, 2, date(2027, 11, 26), 3000, ("Q1",))
HKG_ONCE = Choice("HKG", "L", "3m1", 3, 1, date(2027, 2, 26), 1500)
MAC = Choice("MAC", "L", "1y1", 12, 1, date(2027, 11, 26), 1500)
CHOICES = (HKG, HKG_ONCE, MAC)
PORTRAIT = b"portrait"
DONE = Ended(Outcome.MADE, slip=True, slip_number="S1")
EVERY_REPORT = (
    progress.WaitingForCard(),
    progress.WaitingForPerson(),
    progress.OpeningChip(),
    progress.WaitingForProof(PORTRAIT),
    progress.Choosing(CHOICES),
    progress.Approving(),
    progress.AmountDue(4500, 0, (Means.CASH,)),
    progress.BankCardDue(4500),
    progress.NotesDue(4500, 0, (1000,)),
    progress.CodeDue(4500),
    progress.CheckingPayment(),
    progress.Making(Work.WRITING_CHIP, 30.0),
    progress.ShowingFace(b"png"),
    progress.TurningBack("citizen"),
    progress.CardPresented(30.0),
    progress.PrintingSlip(),
    DONE,
)


def at_rest() -> FlowScript:
    return FlowScript(Conductor(ENDORSEMENT, ENDORSEMENT_CONDUCT))


def reported(*reports: Any) -> list[events.TransactionReported]:
    return [events.TransactionReported(one) for one in reports]


def tell(command: commands.Command) -> effects.TellTransaction:
    return effects.TellTransaction(command)


def with_permit_inside() -> FlowScript:
    story = at_rest().do(events.BeginAsked(Purpose.ENDORSEMENT))
    story.expect(effects.BeginTransaction()).see(states.Starting)
    story.do(*reported(progress.WaitingForCard())).see(states.InsertingPermit)
    return story.do(*reported(progress.WaitingForPerson())).expect(ReadIdCard())


def before_camera(template: str = "") -> FlowScript:
    story = with_permit_inside().see(states.PlacingIdCard, purpose=Purpose.ENDORSEMENT)
    story.do(events.IdCardFound(), events.IdCardRead(ADULT))
    story.expect(tell(commands.PersonIdentified(ADULT.number, ADULT.name)))
    story.do(*reported(progress.OpeningChip(), progress.WaitingForProof(PORTRAIT, template)))
    return story.expect(effects.CheckFace(PORTRAIT)).see(states.LookingAtCamera)


def proven() -> FlowScript:
    story = before_camera().do(events.FaceGuided("come_closer"), events.FaceChecked(same=True))
    proofs = (commands.Proof.ID_CARD, commands.Proof.FACE)
    return story.expect(tell(commands.PersonProven(proofs))).see(states.LookingUp)


def paying() -> FlowScript:
    story = proven().do(*reported(progress.Choosing(CHOICES)))
    story.do(events.ChoiceToggled(HKG), events.ChoiceToggled(MAC), events.NextAsked())
    story.see(states.Confirming, chosen=(HKG, MAC), amount_fen=4500).do(events.NextAsked())
    story.expect(tell(commands.ChoiceConfirmed((HKG, MAC)))).see(states.Approving)
    due = progress.AmountDue(4500, 0, tuple(Means))
    return story.do(*reported(due)).see(states.ChoosingPayment, rest_fen=4500)


def test_from_the_card_to_the_slip() -> None:
    story = paying().do(events.MeansChosen(Means.CASH)).expect(tell(commands.PayBy(Means.CASH)))
    story.do(*reported(progress.NotesDue(4500, 0, (1000, 2000)))).see(states.InsertingNotes)
    story.do(*reported(progress.NotesDue(2500, 2000, (1000, 2000)))).see(
        states.InsertingNotes, rest_fen=2500, paid_fen=2000
    )
    for work in Work:
        story.do(*reported(progress.Making(work, 12.0))).see(states.MakingCard, work=work)
    story.do(*reported(progress.ShowingFace(b"png"))).see(states.CheckingFace, picture=b"png")
    story.do(events.FaceJudged(right=True)).expect(tell(commands.FaceSeen(right=True)))
    story.do(*reported(progress.CardPresented(30.0))).see(states.TakingCard, made=True)
    story.do(*reported(progress.PrintingSlip(), DONE)).see(states.Finished, ended=DONE)
    story.do(events.NextAsked()).expect(WipeSession()).see(states.Resting)


def test_one_choice_for_each_place_and_none_is_said_so() -> None:
    story = proven().do(*reported(progress.Choosing(CHOICES)))
    story.do(events.NextAsked()).see(states.Choosing, nothing_chosen=True)
    story.do(events.ChoiceToggled(HKG), events.ChoiceToggled(HKG_ONCE))
    story.see(states.Choosing, chosen=(HKG_ONCE,))
    story.do(events.ChoiceToggled(MAC)).see(states.Choosing, chosen=(HKG_ONCE, MAC))
    story.do(events.ChoiceToggled(HKG_ONCE)).see(states.Choosing, chosen=(MAC,))
    story.do(events.NextAsked(), events.BackAsked()).see(states.Choosing, chosen=(MAC,))
    story.ignore(events.ChoiceToggled(Choice("MAC", "D", "x", 1, 1, date(2027, 1, 1), 1)))


def test_a_face_that_was_not_seen_is_tried_again_then_the_card_goes_back() -> None:
    story = before_camera()
    for tries in (1, 2):
        story.do(events.FaceChecked(same=None, reason="poor_picture"))
        story.see(states.FaceNotSeen, tries=tries, again=True)
        story.do(events.FaceTriedAgain()).expect(effects.CheckFace(PORTRAIT))
    story.do(events.FaceChecked(same=None, reason="poor_picture"))
    story.expect(tell(commands.ProofFailed())).see(states.TurningBack)


def test_another_face_gets_no_second_look() -> None:
    story = before_camera().do(events.FaceChecked(same=False, reason="different"))
    story.expect(tell(commands.ProofFailed())).see(states.TurningBack)


def test_a_finger_stands_in_for_a_face() -> None:
    story = before_camera("dGVtcGxhdGU=").do(events.FaceChecked(same=False, reason="different"))
    story.see(states.FaceNotSeen, again=False).ignore(events.FaceTriedAgain())
    story.do(events.FingerAsked()).expect(effects.CheckFinger("dGVtcGxhdGU="))
    story.do(events.FingerGuided("hold"), events.FingerChecked(same=None, reason="messy"))
    story.see(states.PlacingFinger, trouble="messy", tries=2)
    story.do(events.FingerChecked(same=True))
    proofs = (commands.Proof.ID_CARD, commands.Proof.FINGER)
    story.expect(tell(commands.PersonProven(proofs)))


def test_fingers_that_never_match_end_at_the_window() -> None:
    story = before_camera("dGVtcGxhdGU=").do(events.FingerAsked())
    for _ in range(3):
        story.see(states.PlacingFinger)
        story.do(events.FingerChecked(same=False, reason="different"))
    story.expect(tell(commands.ProofFailed())).see(states.TurningBack)


def test_without_a_template_nobody_is_asked_for_a_finger() -> None:
    before_camera().ignore(events.FingerAsked())


def test_a_foreign_resident_s_card_opens_nothing() -> None:
    story = with_permit_inside().do(events.IdCardFound(), events.IdCardRead(FOREIGN))
    story.see(states.PlacingIdCard, trouble=CardTrouble.NOT_A_CITIZEN).expect(ReadIdCard())


@pytest.mark.parametrize(
    "begin", [with_permit_inside, before_camera, paying], ids=["card", "camera", "payment"]
)
def test_who_stops_gets_the_card_back_before_anything_is_forgotten(begin: Any) -> None:
    story = begin().do(LanguageChosen(Language.EN), CancelAsked())
    story.covered_by(CancelQuestion(Stake.CARD)).do(CancelConfirmed()).covered_by(None)
    story.see(states.TurningBack)
    assert story.count(WipeSession) == 0
    assert tell(commands.CancelAsked()) in story.all_effects
    story.do(*reported(progress.TurningBack("citizen"), progress.CardPresented(30.0)))
    story.see(states.TakingCard, made=False)
    assert story.session.language is Language.EN
    story.do(*reported(Ended(Outcome.TURNED_BACK, "citizen"))).see(states.Finished)
    story.do(events.NextAsked()).see(states.Resting)
    assert story.session == Session()


def test_who_walks_away_gets_the_card_back_too() -> None:
    story = proven().do(*reported(progress.Choosing(CHOICES)))
    while story.running and not isinstance(story.state, states.TurningBack):
        story.ring_next()
    story.see(states.TurningBack).covered_by(None)
    assert tell(commands.CancelAsked()) in story.all_effects


def test_a_means_of_payment_that_was_not_offered_is_not_taken() -> None:
    story = paying().do(*reported(progress.AmountDue(4500, 0, (Means.CODE,))))
    story.ignore(events.MeansChosen(Means.CASH))


def test_paying_otherwise_asks_the_transaction_and_waits_for_its_word() -> None:
    story = paying().do(events.MeansChosen(Means.CODE), *reported(progress.CodeDue(4500)))
    story.do(events.OtherMeansAsked()).expect(tell(commands.CancelAsked()))
    story.see(states.ShowingPaymentCode)


def test_nobody_stops_a_card_that_is_being_made() -> None:
    story = paying().do(*reported(progress.Making(Work.WRITING_CHIP, 30.0)))
    story.ignore(CancelAsked()).ignore(events.OtherMeansAsked())
    assert not ENDORSEMENT_ERRAND.offers(story.state).cancel


def test_a_mouth_nobody_uses_closes_and_the_machine_rests() -> None:
    story = at_rest().do(events.BeginAsked(Purpose.ENDORSEMENT))
    story.do(*reported(progress.WaitingForCard(), Ended(Outcome.NOTHING_TAKEN_IN)))
    story.see(states.Resting).expect(WipeSession())


def test_entries_are_shown_without_a_permit() -> None:
    story = at_rest().do(events.BeginAsked(Purpose.ENTRIES)).expect(ReadIdCard())
    story.do(events.IdCardFound(), events.IdCardRead(ADULT))
    story.expect(effects.AskCentral(Purpose.ENTRIES, ADULT.number)).see(states.LookingUp)
    left = states.EntryLeft("HKG", "L", 1, date(2027, 8, 31))
    story.do(events.EntriesFound((left,), date(2030, 1, 1))).see(states.ShowingEntries)
    story.do(events.NextAsked()).expect(WipeSession()).see(states.Resting)


def test_a_slip_is_printed_again_or_the_printer_says_why_not() -> None:
    story = at_rest().do(events.BeginAsked(Purpose.SLIP))
    story.do(events.IdCardFound(), events.IdCardRead(ADULT))
    order = states.PastOrder("o-1", "S1", date(2026, 11, 20), ("HKG",))
    story.do(events.SlipsFound((order,))).ignore(events.SlipChosen("o-2"))
    story.do(events.SlipChosen("o-1")).expect(effects.ReprintSlip("o-1"))
    story.do(events.SlipReprinted(printed=False)).see(states.ChoosingSlip, trouble=True)
    story.do(events.SlipChosen("o-1"), events.SlipReprinted(printed=True)).see(states.Thanks)


def test_a_query_can_be_left_and_leaves_nothing() -> None:
    story = at_rest().do(LanguageChosen(Language.EN), events.BeginAsked(Purpose.ENTRIES))
    story.do(CancelAsked()).expect(StopReadingIdCard()).see(states.Resting)
    assert story.session == Session()


def test_service_stops_and_resumes_at_rest_only() -> None:
    story = at_rest().do(ServiceStopped(("service.recovery",))).see(states.OutOfService)
    story.do(ServiceResumed()).see(states.Resting)
    story = with_permit_inside()
    story.do(ServiceStopped(("service.storage",))).see(states.PlacingIdCard)


def test_every_report_is_shown_from_every_state_of_a_transaction() -> None:
    rows = {(row.state, row.event): row.leads_to for row in ENDORSEMENT.rows()}
    outside = {
        states.Resting,
        states.OutOfService,
        states.Finished,
        states.ShowingEntries,
        states.ChoosingSlip,
        states.ReprintingSlip,
        states.Thanks,
        states.NotFound,
    }
    inside = set(ENDORSEMENT_CONDUCT.rules) - outside
    assert {state for state, event in rows if event is events.TransactionReported} == inside
    for report in EVERY_REPORT:
        story = with_permit_inside().do(*reported(report))
        assert story.state is not None


def test_after_a_restart_of_the_transaction_the_screen_still_follows() -> None:
    story = paying()
    for report in EVERY_REPORT[:-1]:
        story.do(*reported(report))
    story.do(*reported(DONE)).see(states.Finished)
