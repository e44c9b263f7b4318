"""What a citizen does reaches a transaction that waits, and nothing else."""

import threading

from kiosk.clock import SystemClock
from kiosk.domain.payment import Means
from kiosk.domain.transaction.commands import CancelAsked, FaceSeen, PayBy
from kiosk.saga.inbox import Inbox


def inbox() -> Inbox:
    return Inbox(SystemClock())


def test_a_command_that_nobody_waits_for_is_dropped() -> None:
    one = inbox()
    one.put(FaceSeen(right=True))
    one.put(PayBy(Means.CASH))
    assert one.wait(1.0, PayBy) == PayBy(Means.CASH)
    assert one.wait(0.0, FaceSeen) is None


def test_a_wait_hears_what_is_done_meanwhile() -> None:
    one = inbox()
    threading.Thread(target=one.put, args=(PayBy(Means.CODE),)).start()
    assert one.wait(10.0, PayBy) == PayBy(Means.CODE)


def test_a_wish_to_stop_withdraws_the_device_and_counts_once() -> None:
    one = inbox()
    heard: list[str] = []
    forget = one.withdrawn.listen(lambda: heard.append("withdrawn"))
    one.put(CancelAsked())
    assert heard == ["withdrawn"]
    assert one.withdrawn.is_set()
    assert one.cancelled()
    assert not one.cancelled()
    assert one.wait(0.0, PayBy) is None
    forget()
    one.put(CancelAsked())
    assert heard == ["withdrawn"]
    assert one.wait(0.0, PayBy) == CancelAsked()


def test_a_wish_that_is_there_already_is_heard_by_who_listens_later() -> None:
    one = inbox()
    one.put(CancelAsked())
    heard: list[str] = []
    one.withdrawn.listen(lambda: heard.append("withdrawn"))
    assert heard == ["withdrawn"]


def test_a_machine_that_stops_ends_every_wait() -> None:
    one = inbox()
    threading.Thread(target=one.end).start()
    assert one.wait(10.0, PayBy) == CancelAsked()
    assert one.wait(10.0, PayBy) == CancelAsked()
