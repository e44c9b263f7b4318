"""The main job, by touch on real drivers: from the identity card to the ticket."""

from pathlib import Path

import pytest

from hardware.simulators.people import people
from kiosk.central.contract import TicketState
from kiosk.flows.application import states
from kiosk.flows.session import IdleWarning, Session
from tests.kit.hall import Hall
from tests.kit.patience import until
from tests.kit.visitor import Visitor

pytestmark = pytest.mark.window


def _issued(hall: Hall, ticket_id: str) -> bool:
    told = hall.ticket(ticket_id)
    return told is not None and told.state is TicketState.ISSUED


def test_a_citizen_comes_with_a_card_and_leaves_with_a_ticket(
    visitor: Visitor, hall: Hall, tmp_path: Path
) -> None:
    visitor.begins("passport", "hk_macao_permit")
    visitor.is_met()
    visitor.fills()
    ticket = visitor.takes_the_ticket()
    assert visitor.papers() == 1
    until(lambda: _issued(hall, ticket.ticket_id))
    told = hall.ticket(ticket.ticket_id)
    assert told is not None
    assert told.number == ticket.number
    assert set(told.services) == {"passport", "hk_macao_permit"}
    (kept,) = hall.rows("application", visitor.machine.name)
    assert told.application_id == kept.application_id
    # The session is wiped: on the screen, in the outbox, on the disk.
    assert visitor.view.session == Session()
    until(lambda: visitor.machine.parts.durable.outbox.waiting() == 0)
    card = people()["adult"].card
    secrets = [card.name.encode(), card.number.encode(), card.address.encode()]
    for file in (tmp_path / "machine").glob("machine.sqlite*"):
        data = file.read_bytes()
        assert not [one for one in secrets if one in data], file.name


def test_the_language_changes_in_mid_form_and_no_answer_is_lost(visitor: Visitor) -> None:
    visitor.begins("passport")
    visitor.is_met()
    page = visitor.turns_to("phone")
    visitor.taps("phone", *"1380000", "language", "language_en")
    visitor.person.until(lambda: visitor.person.sees("Your phone"), "English")
    assert visitor.value(page, "phone").replace(" ", "") == "1380000"
    visitor.taps(*"0001", "done")
    visitor.person.until(lambda: visitor.value(page, "phone") == "13800000001", "the number")
    visitor.has_filled()
    sections = visitor.at(states.Reviewing).sections
    speech = visitor.machine.window_parts.languages.speech("en")
    said = [speech.say(line.shown).replace(" ", "") for one in sections for line in one.lines]
    assert "13800000001" in said


def test_whoever_stands_still_is_asked_and_can_have_more_time(visitor: Visitor) -> None:
    visitor.begins("passport")
    visitor.is_met()
    before = visitor.state.draft
    visitor.clock.speed = 100.0
    visitor.taps("large_type")
    visitor.person.until(lambda: isinstance(visitor.view.session.overlay, IdleWarning), "a warning")
    visitor.clock.speed = 1.0
    left = visitor.view.session.overlay
    assert isinstance(left, IdleWarning)
    assert visitor.person.sees(str(left.seconds_left))
    visitor.taps("main")
    visitor.person.until(lambda: visitor.view.session.overlay is None, "more time")
    assert visitor.state.draft == before
    # The next time nobody answers: everything is wiped.
    visitor.clock.speed = 200.0
    visitor.taps("large_type")
    visitor.at(states.Welcome)
    assert visitor.view.session == Session()
