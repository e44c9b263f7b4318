"""Who is called when, and what a clerk may do, on both engines."""

from collections.abc import Iterator

import pytest

from kiosk.central.server.actor import Role
from kiosk.central.server.problems import RefusalError
from kiosk.domain.queueing import Need
from tests.kit.queue_hall import Clerk, Hall, clerk, open_hall


@pytest.fixture
def hall(ready_database: str) -> Iterator[Hall]:
    made = open_hall(ready_database)
    yield made
    made.office.database.close()


def called(somebody: Clerk, count: int) -> list[str]:
    numbers = []
    for _ in range(count):
        ticket_id = somebody.next()
        numbers.append(somebody.hall.place(ticket_id).number)
        somebody.serve(ticket_id)
    return numbers


def test_need_and_booking_go_first_and_who_came_first_of_a_class(hall: Hall) -> None:
    hall.take()
    hall.later(1)
    hall.take(need=Need.AGE)
    hall.take(booked=True)
    hall.take(need=Need.VISA_LAPSING)
    hall.later(1)
    hall.take()
    hall.take(need=Need.SOLDIER)
    assert called(hall.window("1"), 6) == ["A004", "A003", "A002", "A006", "A001", "A005"]


def test_whoever_has_waited_longer_than_the_head_start_goes_first(hall: Hall) -> None:
    hall.take()
    hall.later(59)
    hall.take(need=Need.AGE)
    hall.later(2)
    hall.take(need=Need.AGE)
    assert called(hall.window("1"), 3) == ["A002", "A001", "A003"]


def test_a_window_prefers_a_service_by_minutes_and_no_longer(hall: Hall) -> None:
    hall.take("passport")
    hall.later(15)
    hall.take("hk_macao_permit")
    hall.later(10)
    hall.take("hk_macao_permit")
    both = hall.window("1", "hk_macao_permit", "passport")
    both.open("hk_macao_permit", "passport", lead_min=20)
    assert called(both, 3) == ["B001", "A001", "B002"]


def test_a_waiting_person_hears_how_many_stand_before(hall: Hall) -> None:
    first = hall.take()
    aged = hall.take(need=Need.AGE)
    assert (first.ahead, aged.ahead) == (0, 0)
    assert hall.place(first.ticket_id).ahead == 1
    third = hall.take()
    assert (third.ahead, third.estimate_min) == (2, 6)  # 8 minutes a visit, three windows
    one = hall.window("2")
    assert hall.place(third.ticket_id).windows == ("2",)
    assert hall.place(third.ticket_id).wait_min == 16
    assert one.next() == aged.ticket_id
    assert hall.place(third.ticket_id).ahead == 1
    assert hall.place(aged.ticket_id).windows == ("2",)


def test_a_visit_moves_by_itself_to_its_next_line_and_keeps_its_place(hall: Hall) -> None:
    both = hall.take("passport", "taiwan_permit").ticket_id
    hall.later(5)
    hall.take("taiwan_permit")
    one, four = hall.window("1"), hall.window("4", "taiwan_permit")
    assert one.next() == both
    one.serve(both)
    place = hall.place(both)
    assert (place.state, place.service_id, place.number) == ("waiting", "taiwan_permit", "A001")
    assert (place.ahead, place.services_left) == (0, ())
    assert four.next() == both
    four.serve(both)
    assert hall.place(both).state == "finished"
    states = [one["to_state"] for one in hall.changes(both) if one["line"] == "place"]
    assert states == ["called", "serving", "waiting", "called", "serving", "finished"]


def test_recalls_are_limited_and_nobody_is_missed_before_three_calls(hall: Hall) -> None:
    ticket = hall.take().ticket_id
    one = hall.window("1")
    one.next()
    with pytest.raises(RefusalError, match="wrong_state"):
        one.act(ticket, "miss")
    for _ in range(5):
        one.act(ticket, "recall")
    with pytest.raises(RefusalError, match="wrong_state"):
        one.act(ticket, "recall")
    assert hall.now().calls[0].times == 6
    one.act(ticket, "miss")
    assert hall.place(ticket).state == "no_show"
    with pytest.raises(RefusalError, match="nobody_waits"):
        one.next()


def missed(hall: Hall, one: Clerk) -> str:
    ticket = one.next()
    one.act(ticket, "recall")
    one.act(ticket, "recall")
    one.act(ticket, "miss")
    return ticket


def test_who_comes_back_stands_as_if_half_an_hour_ago_and_not_before_the_old_place(
    hall: Hall,
) -> None:
    hall.take()
    hall.later(10)
    one = hall.window("1")
    early = missed(hall, one)
    one.act(early, "return")
    assert hall.row(early)["due_ms"] == hall.row(early)["place_ms"]
    hall.later(60)
    hall.take()
    hall.later(45)
    again = missed(hall, one)
    one.act(again, "return")
    assert again == early
    assert hall.place(early).ahead == 1
    assert called(one, 2) == ["A002", "A001"]


def test_nobody_comes_back_for_ever(hall: Hall) -> None:
    hall.take()
    one = hall.window("1")
    for _ in range(2):
        one.act(missed(hall, one), "return")
    ticket = missed(hall, one)
    with pytest.raises(RefusalError, match="wrong_state"):
        one.act(ticket, "return")


def test_a_held_ticket_leaves_the_window_free_and_may_go_on_at_another(hall: Hall) -> None:
    first, second = hall.take().ticket_id, hall.take().ticket_id
    one, two = hall.window("1"), hall.window("2")
    one.next()
    one.act(first, "begin")
    one.act(first, "hold")
    assert one.next() == second
    with pytest.raises(RefusalError, match="window_busy"):
        one.act(first, "resume")
    two.act(first, "resume")
    two.act(first, "finish")
    assert hall.place(first).state == "finished"
    assert hall.changes(first)[-1]["window"] == "2"


def test_a_transferred_ticket_waits_elsewhere_under_its_number(hall: Hall) -> None:
    ticket = hall.take("enquiry").ticket_id
    six, one = hall.window("6", "enquiry"), hall.window("1")
    six.next()
    six.act(ticket, "begin")
    six.transfer(ticket, "passport")
    place = hall.place(ticket)
    assert (place.state, place.service_id, place.number) == ("transferred", "passport", "D001")
    assert [(one.service_id, one.waiting) for one in hall.now().services if one.waiting] == [
        ("passport", 1)
    ]
    assert one.next() == ticket


def test_a_proof_seen_or_not_found_moves_the_place(hall: Hall) -> None:
    first = hall.take().ticket_id
    hall.later(1)
    claims = hall.take(need=Need.SCHOOL_START).ticket_id
    one = hall.window("1")
    assert hall.place(first).ahead == 1
    one.regrade(claims, None)
    assert hall.place(first).ahead == 0
    one.regrade(claims, Need.PREGNANT)
    assert one.next() == claims


def test_a_window_serves_one_person_at_a_time_and_closes_empty(hall: Hall) -> None:
    hall.take()
    hall.take()
    one = hall.window("1")
    ticket = one.next()
    for act in (one.next, one.close):
        with pytest.raises(RefusalError, match="window_busy"):
            act()
    one.serve(ticket)
    one.pause()
    with pytest.raises(RefusalError, match="window_closed"):
        one.next()
    one.open("passport")
    one.serve(one.next())
    one.close()
    with pytest.raises(RefusalError, match="window_closed"):
        one.next()


def test_a_window_is_one_clerks_until_a_supervisor_takes_it_over(hall: Hall) -> None:
    hall.window("1")
    with pytest.raises(RefusalError, match="window_taken"):
        hall.window("1", actor=clerk("other"))
    taken = hall.window("1", actor=clerk("head", Role.SUPERVISOR))
    hall.take()
    taken.serve(taken.next())


def test_another_windows_ticket_is_not_touched(hall: Hall) -> None:
    ticket = hall.take().ticket_id
    one, two = hall.window("1"), hall.window("2")
    one.next()
    for move in ("begin", "recall", "void"):
        with pytest.raises(RefusalError, match="wrong_state"):
            two.act(ticket, move)
    with pytest.raises(RefusalError, match="wrong_state"):
        two.transfer(ticket, "enquiry")


@pytest.mark.parametrize(
    ("name", "service", "code"),
    [("9", "passport", "unknown_window"), ("1", "visa", "unknown_service")],
)
def test_a_window_or_service_the_hall_lacks_is_refused(
    hall: Hall, name: str, service: str, code: str
) -> None:
    with pytest.raises(RefusalError, match=code):
        hall.window(name, service)


def test_waiting_and_serving_times_are_exact_from_the_changes(hall: Hall) -> None:
    ticket = hall.take().ticket_id
    hall.later(12)
    one = hall.window("1")
    one.next()
    hall.later(1)
    one.act(ticket, "begin")
    hall.later(7)
    one.act(ticket, "finish")
    at = {one["to_state"]: one["at"] for one in hall.changes(ticket)}
    assert (at["called"] - at["numbered"]).total_seconds() == 12 * 60
    assert (at["finished"] - at["serving"]).total_seconds() == 7 * 60
    assert {one["actor"] for one in hall.changes(ticket)[1:]} == {"c1"}


def test_yesterdays_tickets_are_not_called_today(hall: Hall) -> None:
    hall.take()
    one = hall.window("1")
    hall.later(24 * 60)
    with pytest.raises(RefusalError, match="nobody_waits"):
        one.next()
