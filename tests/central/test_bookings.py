"""Bookings over HTTP, on both engines: offered, booked, cancelled, and worth at the hall."""

from datetime import datetime, timedelta

import pytest

from kiosk.central.server import lines
from kiosk.central.server.bookings.tables import booking
from kiosk.central.server.events.tables import event
from tests.kit.bookings import HOLDER, booking_request, check_in_request, holder, today_at
from tests.kit.central import HALL, MORNING, Caller, RunningCentral, ticket_request
from tests.kit.queue_hall import Hall

SLOTS = f"/v1/bookings/slots?hall_id={HALL}&service_id=passport"
TEN = today_at(10)


def booked(caller: Caller, starts_at: datetime = TEN, number: str = HOLDER) -> dict[str, object]:
    answer = caller.post("/v1/bookings", booking_request(starts_at, number))
    assert answer.status == 201, answer.raw
    body: dict[str, object] = answer.body
    return body


def left_at(caller: Caller, starts_at: datetime) -> int:
    for day in caller.get(SLOTS).body["days"]:
        for slot in day["slots"]:
            if datetime.fromisoformat(slot["starts_at"]) == starts_at:
                return int(slot["left"])
    raise AssertionError(f"no slot at {starts_at}")


def test_two_weeks_are_offered_without_weekends(caller: Caller) -> None:
    days = caller.get(SLOTS).body["days"]
    assert [one["day"] for one in days][::14] == ["2026-11-24", "2026-12-08"]
    empty = [datetime.fromisoformat(one["day"]).isoweekday() for one in days if not one["slots"]]
    assert empty == [6, 7, 6, 7]


def test_noon_has_fewer_places_than_the_morning(caller: Caller) -> None:
    today = caller.get(SLOTS).body["days"][0]["slots"]
    places = {datetime.fromisoformat(one["starts_at"]).hour: one["places"] for one in today}
    assert (places[9], places[12], places[14]) == (6, 2, 6)
    assert datetime.fromisoformat(today[-1]["ends_at"]) == today_at(17)


def test_a_slot_that_has_begun_has_no_place_left(caller: Caller) -> None:
    assert left_at(caller, today_at(9, 30)) == 0
    refused = caller.post("/v1/bookings", booking_request(today_at(9, 30)))
    assert (refused.status, refused.code) == (409, "no_such_slot")


def test_a_booking_takes_one_place_and_says_what_to_bring(caller: Caller) -> None:
    made = booked(caller)
    assert left_at(caller, TEN) == 5
    reminder = made["reminder"]
    assert isinstance(reminder, dict)
    assert reminder["come_from"].startswith("2026-11-24T09:30")
    assert reminder["come_until"].startswith("2026-11-24T10:40")
    assert reminder["hall_names"]["zh_CN"] == "黄石市公安局出入境接待大厅"
    assert {one["en"] for one in reminder["bring"]} >= {"Original ID card"}


def test_booking_again_with_the_same_id_is_the_same_booking(caller: Caller) -> None:
    wanted = booking_request(TEN)
    first, again = caller.post("/v1/bookings", wanted), caller.post("/v1/bookings", wanted)
    assert (first.status, again.status) == (201, 200)
    assert first.body["code"] == again.body["code"]
    stolen = caller.post("/v1/bookings", {**wanted, "holder_number": holder(77)})
    assert (stolen.status, stolen.code) == (409, "already_exists")
    assert left_at(caller, TEN) == 5


def test_one_person_books_once_a_day_and_not_without_end(caller: Caller) -> None:
    booked(caller)
    refused = caller.post("/v1/bookings", booking_request(today_at(15)))
    assert (refused.status, refused.code) == (409, "already_booked")
    booked(caller, TEN + timedelta(days=1))
    third = caller.post("/v1/bookings", booking_request(TEN + timedelta(days=2)))
    assert (third.status, third.code) == (409, "already_booked")


def test_a_full_slot_is_full_and_a_cancelled_place_free_again(caller: Caller) -> None:
    noon = today_at(12)
    first = booked(caller, noon, holder(1))
    booked(caller, noon, holder(2))
    full = caller.post("/v1/bookings", booking_request(noon, holder(3)))
    assert (full.status, full.code) == (409, "slot_full")
    cancelled = caller.post(f"/v1/bookings/{first['booking_id']}/cancel", {})
    assert (cancelled.status, cancelled.body["state"]) == (200, "cancelled")
    assert caller.post(f"/v1/bookings/{first['booking_id']}/cancel", {}).status == 200
    assert left_at(caller, noon) == 1
    booked(caller, noon, holder(3))


def test_nobody_cancels_at_the_last_moment(caller: Caller) -> None:
    made = booked(caller)
    refused = caller.post(f"/v1/bookings/{made['booking_id']}/cancel", {})
    assert (refused.status, refused.code) == (409, "too_late_to_cancel")


def test_holidays_and_other_days_cannot_be_booked(central: RunningCentral, caller: Caller) -> None:
    central.clock.moment = MORNING.replace(month=9, day=29)
    holiday = caller.post("/v1/bookings", booking_request(TEN.replace(month=10, day=1)))
    assert (holiday.status, holiday.code) == (409, "no_such_slot")
    worked_saturday = TEN.replace(month=10, day=10)
    assert caller.post("/v1/bookings", booking_request(worked_saturday)).status == 201


def test_peak_season_has_more_places(central: RunningCentral, caller: Caller) -> None:
    central.clock.moment = MORNING.replace(month=7, day=1)
    assert left_at(caller, TEN.replace(month=7, day=1)) == 10


def test_on_time_the_card_gives_a_booked_ticket(central: RunningCentral, caller: Caller) -> None:
    made = booked(caller)
    caller.post("/v1/tickets", ticket_request())
    request = check_in_request(need="age")
    answer = caller.post("/v1/bookings/check-in", request).body
    assert answer["outcome"] == "on_time"
    assert answer["booking"]["state"] == "used"
    assert (answer["ticket"]["ticket_class"], answer["ticket"]["ahead"]) == ("booked", 0)
    again = caller.post("/v1/bookings/check-in", request).body
    assert (again["outcome"], again["ticket"]["number"]) == ("on_time", answer["ticket"]["number"])
    other = caller.post("/v1/bookings/check-in", check_in_request()).body
    assert other["outcome"] == "already_used"
    assert other["ticket"]["ticket_id"] == request["ticket_id"]
    assert caller.get(f"/v1/bookings/{made['booking_id']}").body["state"] == "used"


def test_an_urgent_reason_that_has_no_proof_leaves_the_booking(
    central: RunningCentral, caller: Caller
) -> None:
    booked(caller)
    request = check_in_request(need="urgent_business")
    answer = caller.post("/v1/bookings/check-in", request).body
    assert answer["ticket"]["ticket_class"] == "green_channel"
    hall = Hall(central.office, central.clock)
    hall.window("1").regrade(request["ticket_id"], None)
    row = hall.row(request["ticket_id"])
    assert row["ticket_class"] == "booked"
    assert lines.moment_ms(row["taken_at"]) - row["due_ms"] == 90 * 60_000


def test_the_code_does_as_well_as_the_card(caller: Caller) -> None:
    made = booked(caller)
    answer = caller.post("/v1/bookings/check-in", check_in_request(None, code=made["code"])).body
    assert (answer["outcome"], answer["ticket"]["ticket_class"]) == ("on_time", "booked")
    wrong = caller.post("/v1/bookings/check-in", check_in_request(None, code="00000000")).body
    assert wrong == {"outcome": "not_found", "booking": None, "ticket": None}


def test_card_and_code_together_are_refused(caller: Caller) -> None:
    assert caller.post("/v1/bookings/check-in", check_in_request(code="12345678")).status == 422


def test_who_takes_a_ticket_with_the_card_needs_not_say_they_have_booked(caller: Caller) -> None:
    booked(caller)
    taken = caller.post("/v1/tickets", ticket_request(holder_number=HOLDER))
    assert taken.body["ticket_class"] == "booked"
    other = caller.post("/v1/tickets", ticket_request(holder_number=HOLDER))
    assert other.body["ticket_class"] == "ordinary"


def test_a_booking_for_another_errand_is_not_used_up(caller: Caller) -> None:
    booked(caller)
    taken = caller.post("/v1/tickets", ticket_request(services=["enquiry"], holder_number=HOLDER))
    assert taken.body["ticket_class"] == "ordinary"
    assert caller.post("/v1/bookings/check-in", check_in_request()).body["outcome"] == "on_time"


@pytest.mark.parametrize(
    ("minutes", "outcome", "state"),
    [(-60, "early", "booked"), (41, "late", "fell_back"), (24 * 60, "not_found", "fell_back")],
)
def test_early_and_late_each_have_their_answer(
    central: RunningCentral, caller: Caller, minutes: int, outcome: str, state: str
) -> None:
    central.clock.moment = today_at(8)
    made = booked(caller)
    central.clock.moment = TEN + timedelta(minutes=minutes)
    answer = caller.post("/v1/bookings/check-in", check_in_request()).body
    assert (answer["outcome"], answer["ticket"]) == (outcome, None)
    assert caller.get(f"/v1/bookings/{made['booking_id']}").body["state"] == state


def test_too_late_falls_back_to_an_ordinary_ticket(central: RunningCentral, caller: Caller) -> None:
    booked(caller)
    central.clock.moment = today_at(11)
    request = check_in_request()
    assert caller.post("/v1/bookings/check-in", request).body["ticket"] is None
    answer = caller.post("/v1/bookings/check-in", {**request, "fall_back": True}).body
    assert (answer["outcome"], answer["ticket"]["ticket_class"]) == ("late", "ordinary")
    assert answer["booking"]["ticket_id"] == request["ticket_id"]


def test_age_goes_first_where_the_booking_does_not_hold(
    central: RunningCentral, caller: Caller
) -> None:
    booked(caller)
    central.clock.moment = today_at(11)
    request = check_in_request(need="age", fall_back=True)
    answer = caller.post("/v1/bookings/check-in", request).body
    assert (answer["outcome"], answer["ticket"]["ticket_class"]) == ("late", "priority")


def test_a_booking_of_tomorrow_is_kept_for_tomorrow(
    central: RunningCentral, caller: Caller
) -> None:
    booked(caller, TEN + timedelta(days=1))
    answer = caller.post("/v1/bookings/check-in", check_in_request(fall_back=True)).body
    assert (answer["outcome"], answer["ticket"]["ticket_class"]) == ("wrong_day", "ordinary")
    central.clock.moment = TEN + timedelta(days=1)
    assert caller.post("/v1/bookings/check-in", check_in_request()).body["outcome"] == "on_time"


def test_a_booking_of_another_hall_is_kept_there(central: RunningCentral, caller: Caller) -> None:
    booked(caller)
    with central.office.database.transaction() as tx:
        tx.execute(booking.update().values(hall_id="hs-2"))
    answer = caller.post("/v1/bookings/check-in", check_in_request()).body
    assert (answer["outcome"], answer["booking"]["hall_id"]) == ("wrong_hall", "hs-2")


def test_nothing_kept_of_a_booking_says_who_booked(central: RunningCentral, caller: Caller) -> None:
    answer = caller.post("/v1/bookings", booking_request(TEN, phone="13800000000"))
    row = central.rows(booking)[0]
    assert b"13800000000" not in row["phone"]
    assert HOLDER not in repr(row)
    assert HOLDER not in answer.raw.decode()
    secret = answer.body["booking_id"]
    assert all(secret not in repr(one) for one in central.rows(event))
    central.clock.moment += timedelta(days=1)
    booked(caller, TEN + timedelta(days=1), holder(2))
    kept = {one["booking_id"]: one for one in central.rows(booking)}[secret]
    assert (kept["state"], kept["phone"]) == ("fell_back", None)
