"""One sample picture for every state of the endorsement machine, and more where it has faces."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from PIL import Image

from kiosk.domain.payment import Means
from kiosk.domain.transaction.outcome import Ended, Outcome
from kiosk.domain.transaction.progress import Choice, PaymentTrouble, Work
from kiosk.flows.endorsement import states
from kiosk.flows.endorsement.states import CardTrouble, Purpose
from kiosk.flows.session import CancelQuestion, IdleWarning, Language, Look, Session, Stake
from kiosk.runtime.view import View
from tests.screens import sample_closed
from tests.screens.sample_views import MACHINE

EVERY_MEANS = (Means.CASH, Means.BANK_CARD, Means.CODE)
HERE = replace(
    MACHINE,
    machine_name="E1",
    simulated=("card_printer", "chip_reader"),
    devices_away=("cash_acceptor", "camera"),
)
UNTIL = date(2027, 11, 23)
AT = ("3", "4")
"""windows for permits"""


def choices() -> tuple[Choice, ...]:
    """Both places, and an unused endorsement in the way of one."""
    grants = (("3m1", 3, 1), ("3m2", 3, 2), ("1y1", 12, 1), ("1y2", 12, 2))
    cancels = {"HKG": ("Z00000001",), "MAC": ()}
    return tuple(
        Choice(place, "G", grant, months, entries, UNTIL, 1500 * entries, cancels[place])
        for place in ("HKG", "MAC")
        for grant, months, entries in grants[: 4 if place == "HKG" else 3]
    )


def preview() -> states.Preview:
    """A person left of the middle, so that a mirrored picture is seen to be one."""
    picture = Image.new("RGB", (320, 240), (90, 110, 120))
    picture.paste((200, 170, 150), (60, 50, 150, 180))
    return states.Preview(picture.tobytes("raw", "BGR"), 320, 240)


def card_face() -> bytes:
    """A picture of a finished card."""
    kept = io.BytesIO()
    Image.new("RGB", (1012, 638), (225, 236, 244)).save(kept, "PNG")
    return kept.getvalue()


def every_state() -> Iterator[tuple[str, object]]:
    """A name and a state for each screen, and more where one screen has several faces."""
    yield "01_resting", states.Resting()
    yield from sample_closed.permit_machine()
    yield "02_out_of_service", states.OutOfService(())
    yield "03_starting", states.Starting()
    yield "04_insert", states.InsertingPermit()
    yield "04_insert_trouble", states.InsertingPermit("wrong_way")
    yield "05_id_card", states.PlacingIdCard(Purpose.ENDORSEMENT)
    yield "05_id_card_query", states.PlacingIdCard(Purpose.ENTRIES)
    yield "05_id_card_trouble", states.PlacingIdCard(Purpose.SLIP, CardTrouble.NOT_A_CITIZEN, 1)
    yield "06_reading", states.ReadingIdCard(Purpose.ENDORSEMENT)
    yield "07_chip", states.OpeningChip()
    yield from _proof()
    yield "11_looking_up", states.LookingUp(Purpose.ENTRIES)
    yield from _purchase()
    yield from _making()
    yield from _ends()
    yield from _queries()


def _proof() -> Iterator[tuple[str, object]]:
    yield "08_face", states.LookingAtCamera(b"", "", "turn_left", preview())
    yield "08_face_finger", states.LookingAtCamera(b"", "ZmluZ2Vy", "covered")
    yield "09_not_seen", states.FaceNotSeen(b"", "ZmluZ2Vy", "poor_picture", 1, again=True)
    yield "09_not_seen_last", states.FaceNotSeen(b"", "ZmluZ2Vy", "different", 3, again=False)
    yield "10_finger", states.PlacingFinger("ZmluZ2Vy")
    yield "10_finger_trouble", states.PlacingFinger("ZmluZ2Vy", "place_again", "messy", 2)


def _purchase() -> Iterator[tuple[str, object]]:
    offered = choices()
    both = (offered[1], offered[4])
    trouble = PaymentTrouble
    yield "12_choosing", states.Choosing(offered, both)
    yield "12_choosing_none", states.Choosing(offered, nothing_chosen=True)
    yield "13_confirming", states.Confirming(offered, both)
    yield "13_confirming_plain", states.Confirming(offered, (offered[4],))
    yield "14_approving", states.Approving()
    yield "15_payment", states.ChoosingPayment(4500, 0, EVERY_MEANS)
    yield (
        "15_payment_trouble",
        states.ChoosingPayment(4500, 2000, (Means.CODE, Means.CASH), trouble.CODE_UNREADABLE),
    )
    yield "15_payment_away", states.ChoosingPayment(4500, 0, (), trouble.CENTRAL_AWAY)
    yield "16_bank_card", states.PayingByBankCard(4500)
    yield "17_notes", states.InsertingNotes(4500, 0, (500, 1000, 2000))
    yield "17_notes_refused", states.InsertingNotes(500, 4000, (500,), "above_rest")
    yield "18_code", states.ShowingPaymentCode(4500)
    yield "19_checking", states.CheckingPayment()


def _making() -> Iterator[tuple[str, object]]:
    yield "20_making", states.MakingCard(Work.PRINTING_FACE, 18.0)
    yield "20_making_soon", states.MakingCard(Work.CONFIRMING, 0.0)
    yield "21_check_face", states.CheckingFace(card_face())
    yield "21_check_face_unseen", states.CheckingFace()
    yield "22_turning_back", states.TurningBack("citizen")
    yield "23_taking_made", states.TakingCard(60.0, made=True)
    yield "23_taking", states.TakingCard(60.0, made=False)
    yield "24_slip", states.PrintingSlip()


def _ends() -> Iterator[tuple[str, object]]:
    back, kept = Outcome.TURNED_BACK, Outcome.CARD_KEPT
    number = "E1-26112400017"
    yield "25_made", states.Finished(Ended(Outcome.MADE, slip=True, slip_number=number))
    made = Ended(Outcome.MADE, slip=True, slip_number=number, order_id="order-1")
    yield "25_made_rate", states.Finished(made)
    yield (
        "25_made_case",
        states.Finished(Ended(Outcome.MADE, "", "", AT, case_id="7K3F9Q", slip_number=number)),
    )
    yield (
        "25_back",
        states.Finished(Ended(back, "citizen", given_back_fen=4500, slip=True, order_id="order-1")),
    )
    yield (
        "25_back_owed",
        states.Finished(
            Ended(
                back,
                "not_admitted",
                windows=AT,
                owed_fen=2000,
                given_back_fen=2500,
                case_id="7K3F9Q",
                slip=True,
            )
        ),
    )
    yield "25_back_window", states.Finished(Ended(back, "turned_away", "window", AT))
    yield (
        "25_back_expired",
        states.Finished(Ended(back, "turned_away", "permit_expired", AT)),
    )
    yield "25_back_chip", states.Finished(Ended(back, "chip.wrong_key", windows=AT))
    yield "25_back_other_card", states.Finished(Ended(back, "chip.taiwan_permit", windows=AT))
    yield (
        "25_kept",
        states.Finished(Ended(kept, "chip_unknown", "", AT, 0, 2000, "7K3F9Q", slip=True)),
    )
    yield "25_not_begun", states.Finished(Ended(Outcome.NOT_BEGUN, windows=AT))


def _queries() -> Iterator[tuple[str, object]]:
    entries = (
        states.EntryLeft("HKG", "G", 1, UNTIL),
        states.EntryLeft("MAC", "T", None, UNTIL),
    )
    orders = tuple(
        states.PastOrder(f"order-{n}", f"E1-2611240001{n}", date(2026, 11, 20 + n), ("HKG", "MAC"))
        for n in range(2)
    )
    yield "26_entries", states.ShowingEntries(entries, date(2034, 3, 17))
    yield "26_entries_none", states.ShowingEntries((), date(2034, 3, 17))
    yield "27_slip", states.ChoosingSlip(orders)
    yield "27_slip_trouble", states.ChoosingSlip(orders, trouble=True)
    yield "28_reprinting", states.ReprintingSlip(orders)
    yield "29_thanks", states.Thanks()
    yield "30_nothing", states.NotFound("endorsement.nothing.no_order")


def view(
    state: object,
    language: Language = Language.ZH_CN,
    look: Look | None = None,
    overlay: IdleWarning | CancelQuestion | None = None,
) -> View:
    """A picture of a state."""
    return View(state, Session(language, look or Look(), overlay), HERE, time_left_s=20.0)


def under_questions() -> object:
    """What the samples of overlays lie over."""
    return states.ChoosingPayment(4500, 0, EVERY_MEANS)


OVERLAYS = {
    "40_idle": IdleWarning(12, Stake.CARD),
    "41_cancel": CancelQuestion(Stake.CARD),
}
