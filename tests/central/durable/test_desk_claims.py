"""Why somebody goes first, and whose ticket it is: told to central, never readable here."""

import json
from dataclasses import replace

import pytest

from kiosk.central.desk import Issued, NoNumber
from kiosk.domain.claim import Claim
from kiosk.domain.queueing import Need, TicketClass
from tests.kit.durable_bed import PLANTED_NUMBER, DurableBed
from tests.kit.fake_central import FakeCentral, Line
from tests.kit.fake_clock import FakeClock

VISIT = "visit-0001"


class Listening(FakeCentral):
    """A central that remembers what it was told of tickets."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__(clock)
        self.told: list[dict[str, object]] = []

    def handle(self, path: str, body: bytes, key: str) -> tuple[int, bytes]:
        """Remember, and answer as ever."""
        if path == "/v1/tickets":
            self.told.append(json.loads(body))
        return super().handle(path, body, key)


@pytest.fixture
def central(clock: FakeClock) -> Listening:
    return Listening(clock)


@pytest.fixture
def bed(bed: DurableBed) -> DurableBed:
    """A machine that has the catalogue and numbers in reserve."""
    bed.connect()
    return bed


def test_central_hears_who_goes_first_and_whose_ticket_it_is(
    bed: DurableBed, central: Listening
) -> None:
    bed.desk.submit(VISIT, None, ("passport",), "zh_CN", Claim(Need.SOLDIER, PLANTED_NUMBER))
    (told,) = central.told
    assert (told["need"], told["holder_number"]) == ("soldier", PLANTED_NUMBER)
    assert PLANTED_NUMBER.encode() not in bed.on_disk()


def test_a_number_held_in_reserve_bears_the_class_that_the_need_gives(
    bed: DurableBed, central: Listening
) -> None:
    central.line = Line.DOWN
    claim = Claim(Need.SCHOOL_START, PLANTED_NUMBER)
    given = bed.desk.submit(VISIT, None, ("passport",), "zh_CN", claim)
    assert isinstance(given, Issued)
    assert given.ticket.ticket_class is TicketClass.GREEN_CHANNEL
    assert PLANTED_NUMBER.encode() not in bed.on_disk()
    bed.restart()
    assert bed.desk.submit(VISIT, None, ("passport",), "zh_CN") == given
    central.line = Line.UP
    for _ in range(3):
        bed.work()
    assert [one["need"] for one in central.told] == ["school_start"]
    assert central.told[0]["holder_number"] == PLANTED_NUMBER


def test_a_question_that_central_may_have_heard_is_kept_sealed_and_sent_again_word_for_word(
    bed: DurableBed, central: Listening
) -> None:
    central.line = Line.LOST_AFTER
    for n in range(5):
        bed.desk.submit(f"visit-{n}", None, ("enquiry",), "zh_CN", Claim(None, PLANTED_NUMBER))
    answer = bed.desk.submit(VISIT, None, ("enquiry",), "zh_CN", Claim(None, PLANTED_NUMBER))
    assert isinstance(answer, NoNumber)
    assert PLANTED_NUMBER.encode() not in bed.on_disk()
    central.line = Line.UP
    for _ in range(3):
        bed.work()
    mine = [one for one in central.told if one["ticket_id"] == VISIT]
    assert len(mine) > 1
    assert all(one == mine[0] for one in mine)


def test_a_ticket_of_a_booking_is_kept_once_and_its_paper_journaled(
    bed: DurableBed, central: Listening
) -> None:
    given = bed.desk.submit(VISIT, None, ("passport",), "zh_CN")
    assert isinstance(given, Issued)
    booked = replace(given.ticket, ticket_id="visit-0002", number="A777")
    assert bed.desk.adopt(booked, "en")
    assert not bed.desk.adopt(booked, "en")
    bed.desk.printing(booked.ticket_id)
    bed.restart()
    owed = {one.ticket.ticket_id: one for one in bed.desk.unfinished()}
    assert owed[booked.ticket_id].copy
    assert owed[booked.ticket_id].ticket == booked
