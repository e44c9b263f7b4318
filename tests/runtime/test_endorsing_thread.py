"""The thread of transactions: recovers before it serves, and says why it cannot."""

import threading
from collections.abc import Iterator

import pytest

from kiosk.domain.transaction.commands import Begin, CancelAsked
from kiosk.errors import StorageError
from kiosk.runtime.endorsing.transaction_thread import AGAIN_S, TransactionThread
from kiosk.saga.inbox import Inbox
from tests.kit.fake_clock import FakeClock
from tests.kit.patience import until

WAIT_S = 10.0


class ScriptedDesk:
    """Stands for the saga's desk: what it is told to say, and what was asked of it."""

    def __init__(self) -> None:
        self.why = "recovery"
        self.after_recovery = ""
        self.breaks: list[BaseException] = []
        self.debts = [True]
        self.calls: list[str] = []
        self._changed = threading.Condition()

    def blocked(self) -> str:
        return self.why

    def recover(self) -> None:
        self._note("recover")
        self.why = self.after_recovery

    def serve(self, begin: Begin) -> None:
        self._note(f"serve {begin.language}")
        if self.breaks:
            self.why = "recovery"
            raise self.breaks.pop()

    def pay_debts(self) -> bool:
        self._note("debts")
        return self.debts.pop() if len(self.debts) > 1 else self.debts[0]

    def _note(self, call: str) -> None:
        with self._changed:
            self.calls.append(call)
            self._changed.notify_all()

    def heard(self, *calls: str) -> None:
        """Wait until exactly these calls were made."""
        with self._changed:
            came = self._changed.wait_for(lambda: len(self.calls) >= len(calls), WAIT_S)
        assert came, self.calls
        assert tuple(self.calls[: len(calls)]) == calls


class Bed:
    """A thread over a scripted desk."""

    def __init__(self) -> None:
        self.desk = ScriptedDesk()
        self.clock = FakeClock()
        self.inbox = Inbox(self.clock)
        self.changed = threading.Event()
        self.thread = TransactionThread(self.desk, self.inbox, self.clock, self.changed.set)

    def later(self) -> None:
        """Let the pause pass that the thread takes before it tries again."""
        until(self.clock.waiting)
        self.clock.advance(AGAIN_S)


@pytest.fixture
def bed() -> Iterator[Bed]:
    one = Bed()
    yield one
    one.thread.close()


def test_nobody_is_served_before_recovery(bed: Bed) -> None:
    assert bed.thread.open_ends == ("service.recovery",)
    bed.thread.with_devices()
    bed.desk.heard("recover", "debts")
    assert bed.changed.wait(WAIT_S)
    assert bed.thread.open_ends == ()


def test_one_citizen_after_the_other(bed: Bed) -> None:
    bed.thread.with_devices()
    bed.desk.heard("recover", "debts")
    bed.thread.begin(Begin("en"))
    bed.desk.heard("recover", "debts", "serve en", "debts")
    bed.thread.begin(Begin("zh_CN"))
    bed.desk.heard("recover", "debts", "serve en", "debts", "serve zh_CN", "debts")


def test_a_transaction_that_broke_off_is_recovered_before_the_next(bed: Bed) -> None:
    bed.thread.with_devices()
    bed.desk.heard("recover", "debts")
    bed.desk.breaks.append(RuntimeError("a broken promise"))
    bed.thread.begin(Begin("en"))
    bed.desk.heard("recover", "debts", "serve en")
    bed.later()
    bed.desk.heard("recover", "debts", "serve en", "recover", "debts")


@pytest.mark.parametrize(
    ("why", "reason"),
    [("card_inside", "service.card_inside"), ("journal", "service.storage")],
)
def test_what_keeps_the_machine_out_of_service_is_named(bed: Bed, why: str, reason: str) -> None:
    bed.desk.after_recovery = why
    bed.thread.with_devices()
    bed.desk.heard("recover", "debts")
    assert bed.changed.wait(WAIT_S)
    assert bed.thread.open_ends == (reason,)


def test_a_closed_case_lets_the_machine_serve_again(bed: Bed) -> None:
    bed.desk.after_recovery = "card_inside"
    bed.thread.with_devices()
    bed.desk.heard("recover", "debts")
    assert bed.changed.wait(WAIT_S)
    bed.changed.clear()
    bed.desk.why = ""
    bed.thread.look()
    assert bed.changed.wait(WAIT_S)
    assert bed.thread.open_ends == ()


def test_debts_are_tried_again_until_nothing_is_owed(bed: Bed) -> None:
    bed.desk.debts = [True, False]
    bed.thread.with_devices()
    bed.desk.heard("recover", "debts")
    bed.later()
    bed.desk.heard("recover", "debts", "debts")


def test_a_journal_that_cannot_be_written_is_tried_again(bed: Bed) -> None:
    bed.thread.with_devices()
    bed.desk.heard("recover", "debts")
    bed.desk.breaks.append(StorageError("disk full"))
    bed.thread.begin(Begin("en"))
    bed.desk.heard("recover", "debts", "serve en")
    bed.later()
    bed.desk.heard("recover", "debts", "serve en", "recover", "debts")


def test_a_wish_to_stop_reaches_whoever_waits(bed: Bed) -> None:
    bed.thread.tell(CancelAsked())
    assert bed.inbox.cancelled()
