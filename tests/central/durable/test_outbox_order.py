"""The outbox: in order, once, encrypted, and never silently without."""

import math
from datetime import date, datetime

import pytest

from kiosk.central.contract import ErrorCode, StaffCall
from kiosk.central.outbox import Message, Outbox
from kiosk.cipher import FieldCipher
from kiosk.errors import StorageError
from tests.kit.durable_bed import DurableBed
from tests.kit.fake_central import FakeCentral, Line
from tests.kit.fake_clock import FakeClock

CALL = "/v1/staff-calls"
TODAY = date(2026, 11, 24)


def call(what: str, subject: str = "visit-1", **options: object) -> Message:
    at = datetime.fromisoformat("2026-11-24T09:30:00+08:00")
    body = StaffCall(machine_id="K1", hall_id="hs-1", reason="r", subject=what, at=at)
    return Message(subject, "staff_call", CALL, body.model_dump_json().encode(), **options)  # type: ignore[arg-type]  # a test's shorthand


def keep(bed: DurableBed, *messages: Message) -> list[int]:
    with bed.storage.transaction() as db:
        return [bed.side.outbox.add(db, message, TODAY) for message in messages]


def heard(central: FakeCentral) -> list[str]:
    return [subject for subject, kind in central.order if kind == "staff"]


def test_what_was_kept_arrives_once_and_in_order(bed: DurableBed, central: FakeCentral) -> None:
    keep(bed, *(call(str(n)) for n in range(5)))
    assert bed.side.sender.send_due() is None
    assert heard(central) == ["0", "1", "2", "3", "4"]
    assert bed.side.sender.send_due() is None
    assert len(central.deliveries) == 5
    assert bed.side.outbox.waiting() == 0


def test_a_lost_answer_leads_to_the_same_delivery_again(
    bed: DurableBed, central: FakeCentral
) -> None:
    keep(bed, call("0"), call("1"))
    central.line = Line.LOST_AFTER
    bed.side.sender.send_due()
    central.line = Line.UP
    bed.restart()
    bed.side.sender.send_due()
    assert heard(central) == ["0", "1"]
    paths_and_keys = central.deliveries
    assert paths_and_keys[0] == paths_and_keys[1] != paths_and_keys[2]
    assert central.problems == []


def test_a_message_that_fails_holds_up_its_own_subject_and_no_other(
    bed: DurableBed, central: FakeCentral
) -> None:
    keep(bed, call("a1", "a"), call("b1", "b"), call("a2", "a"))
    post = central.post

    def choke(path: str, body: bytes, key: str, tries: int = 1) -> object:
        if b'"a1"' in body:
            central.line = Line.BUSY
        try:
            return post(path, body, key, tries)
        finally:
            central.line = Line.UP

    bed.side.sender._post = choke  # type: ignore[assignment]  # central that chokes on one message
    bed.side.sender.send_due()
    assert heard(central) == ["b1"]
    assert bed.side.outbox.waiting() == 2


def test_central_itself_says_when_to_come_back(
    bed: DurableBed, central: FakeCentral, clock: FakeClock
) -> None:
    keep(bed, call("0"))
    central.line = Line.BUSY
    assert bed.side.sender.send_due() == pytest.approx(7.0)
    central.line = Line.UP
    clock.advance(6.9)
    bed.side.sender.send_due()
    assert heard(central) == []
    clock.advance(0.2)
    bed.side.sender.send_due()
    assert heard(central) == ["0"]


def test_a_wish_to_wait_for_ever_is_not_granted(bed: DurableBed, central: FakeCentral) -> None:
    keep(bed, call("0"))
    central.wish_s = math.inf
    central.line = Line.BUSY
    assert bed.side.sender.send_due() == pytest.approx(300.0)


def test_pauses_grow_to_a_limit_and_begin_anew_after_success(
    bed: DurableBed, central: FakeCentral, clock: FakeClock
) -> None:
    keep(bed, call("0"))
    central.line = Line.DOWN
    pauses = []
    for _ in range(13):
        pause = bed.side.sender.send_due()
        assert pause is not None
        pauses.append(pause)
        clock.advance(pause + 0.001)
    assert pauses[:4] == pytest.approx([0.5, 1.0, 2.0, 4.0])
    assert pauses[-1] == pytest.approx(300.0)


def test_news_that_central_is_back_makes_everything_due(
    bed: DurableBed, central: FakeCentral
) -> None:
    keep(bed, *(call(str(n), f"visit-{n}") for n in range(4)))
    central.line = Line.DOWN
    for _ in range(3):
        bed.side.sender.send_due()
    assert bed.side.link.away
    assert len(heard(central)) == 0
    central.line = Line.UP
    bed.side.link.saw(central.catalogue("hs-1"))
    bed.side.sender.send_due()
    assert sorted(heard(central)) == ["0", "1", "2", "3"]
    assert not bed.side.link.away


def test_while_nobody_answers_one_message_is_tried_and_not_all(
    bed: DurableBed, central: FakeCentral
) -> None:
    tries: list[str] = []
    keep(bed, *(call(str(n), f"visit-{n}") for n in range(50)))
    central.line = Line.DOWN
    post = central.post
    bed.side.sender._post = lambda path, body, key, tries_: (
        tries.append(key),
        post(path, body, key, tries_),
    )[1]
    bed.side.sender.send_due()
    assert len(tries) == 1


def test_a_refused_message_is_reported_once_and_takes_what_depends_on_it_along(
    bed: DurableBed, central: FakeCentral
) -> None:
    (first,) = keep(bed, call("refused"))
    keep(bed, call("depends", needs=first), call("independent"))
    central.refuse_with[CALL] = 422, ErrorCode.BAD_REQUEST
    post = central.post

    def refuse_first(path: str, body: bytes, key: str, tries: int = 1) -> object:
        if b"independent" in body:
            central.refuse_with.clear()
        return post(path, body, key, tries)

    bed.side.sender._post = refuse_first  # type: ignore[assignment]  # refuses only one message
    bed.side.sender.send_due()
    assert heard(central) == ["independent"]
    assert [(one.message_id, one.reason) for one in bed.dead] == [(first, "422 bad_request")]
    assert len(bed.side.outbox.dead()) == 2
    late = keep(bed, call("late", needs=first))[0]
    bed.side.sender.send_due()
    assert late in [one.message_id for one in bed.side.outbox.dead()]
    assert len(bed.dead) == 1


def test_the_dead_are_kept_and_can_be_tried_again_when_central_was_mended(
    bed: DurableBed, central: FakeCentral
) -> None:
    keep(bed, call("0"), call("1"))
    central.refuse_with[CALL] = 422, ErrorCode.BAD_REQUEST
    bed.side.sender.send_due()
    assert len(bed.dead) == 2
    central.refuse_with.clear()
    bed.side.outbox.revive()
    bed.side.sender.send_due()
    assert heard(central) == ["0", "1"]
    assert bed.side.outbox.dead() == ()


def test_a_message_that_may_be_refused_ends_quietly_with_what_needs_it(
    bed: DurableBed, central: FakeCentral
) -> None:
    (first,) = keep(bed, call("0", may_be_refused=True))
    keep(bed, call("1", needs=first), call("2"))
    central.refuse_with[CALL] = 409, ErrorCode.WRONG_STATE
    bed.side.sender.send_due()
    assert [one.message_id for one in bed.dead] == [3]
    assert bed.side.outbox.waiting() == 0


def test_a_message_that_does_not_open_is_reported_and_holds_up_nothing(
    bed: DurableBed, central: FakeCentral
) -> None:
    first, _ = keep(bed, call("0"), call("1"))
    with bed.storage.transaction() as db:
        db.execute("UPDATE outbox SET body = x'01' WHERE id = ?", (first,))
    bed.side.sender.send_due()
    assert heard(central) == ["1"]
    assert [one.reason for one in bed.dead] == ["unreadable"]


def test_sent_messages_hold_nothing_and_go_after_their_time(
    bed: DurableBed, central: FakeCentral
) -> None:
    (first,) = keep(bed, call("0"))
    keep(bed, call("1", needs=first))
    wrapped = bytes(bed.storage.rows("SELECT data_key FROM outbox")[0][0])
    assert wrapped in bed.on_disk()
    bed.side.sender.send_due()
    assert wrapped not in bed.on_disk()
    assert bed.storage.rows("SELECT 1 FROM outbox WHERE body IS NOT NULL") == []
    bed.side.outbox.purge(TODAY)
    assert len(bed.storage.rows("SELECT 1 FROM outbox")) == 2
    bed.side.outbox.purge(date(2026, 11, 25))
    assert bed.storage.rows("SELECT 1 FROM outbox") == []


def test_a_database_sealed_with_another_key_is_refused(bed: DurableBed) -> None:
    with pytest.raises(StorageError, match="device key"):
        Outbox(bed.storage, FieldCipher(bytes(32)), "K1")


def test_bodies_never_show_in_a_repr(bed: DurableBed) -> None:
    message = call("hidden-subject")
    keep(bed, message)
    head = bed.side.outbox.head("visit-1")
    assert head
    assert "hidden-subject" not in repr(message) + repr(bed.side.outbox.load(head))
