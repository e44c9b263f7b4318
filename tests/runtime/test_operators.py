"""Who may open the maintenance screens, and who may not, or not yet."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from kiosk import enrolling
from kiosk.errors import OperatorsError, StorageError
from kiosk.flows.maintenance.events import SignedIn, SignInRefused
from kiosk.flows.maintenance.states import Door, Refusal
from kiosk.operators import FILE, LockOut, OperatorBook, pin_mistake
from kiosk.runtime.maintenance.front_door import FrontDoor
from tests.kit.fake_clock import FakeClock

KEY = bytes(range(32))
PIN = "294817"
CARD = "420299198001010013"


class Log:
    """Keeps audit events."""

    def __init__(self) -> None:
        self.events: list[tuple[str, dict[str, str | int | bool]]] = []
        self.full = False

    def write(self, event: str, fields: Mapping[str, str | int | bool]) -> None:
        if self.full:
            raise StorageError("disk full")
        self.events.append((event, dict(fields)))


@pytest.fixture
def book(tmp_path: Path) -> OperatorBook:
    return OperatorBook(tmp_path, KEY)


def door_of(book: OperatorBook, clock: FakeClock, log: Log) -> FrontDoor:
    return FrontDoor(book, clock, log.write, LockOut())


def test_an_enrolled_operator_comes_in_and_is_recorded(book: OperatorBook) -> None:
    number = book.add("Wang", PIN).number
    log = Log()
    door = door_of(book, FakeClock(), log)
    assert door.check(number, PIN, Door.SWITCH) == SignedIn("1001")
    door.leave()
    door.leave()
    assert log.events == [
        ("staff_signed_in", {"operator": "1001", "door": "switch"}),
        ("staff_signed_out", {"operator": "1001"}),
    ]


def test_a_new_machine_lets_nobody_in(book: OperatorBook) -> None:
    door = door_of(book, FakeClock(), Log())
    assert door.check("1001", "123456", Door.TOUCH) == SignInRefused(Refusal.NOBODY_ENROLLED)


def test_failures_lock_the_door_for_longer_and_longer(book: OperatorBook) -> None:
    book.add("Wang", PIN)
    clock, log = FakeClock(), Log()
    door = door_of(book, clock, log)
    waits = []
    for _ in range(7):
        answer = door.check("1001", "000000", Door.TOUCH)
        assert isinstance(answer, SignInRefused)
        waits.append((answer.refusal, answer.wait_s))
        clock.advance(answer.wait_s)
    wrong, locked = Refusal.WRONG, Refusal.LOCKED
    assert waits[:3] == [(wrong, 0), (wrong, 0), (locked, 30)]
    assert waits[3:] == [(locked, 60), (locked, 120), (locked, 300), (locked, 300)]
    assert door.check("1001", PIN, Door.TOUCH) == SignedIn("1001")
    assert isinstance(door.check("1001", "000000", Door.TOUCH), SignInRefused)
    assert log.events[-1] == ("staff_refused", {"refusal": "wrong", "failures": 1})


def test_while_the_door_is_locked_even_the_right_pin_waits(book: OperatorBook) -> None:
    book.add("Wang", PIN)
    clock = FakeClock()
    door = door_of(book, clock, Log())
    for _ in range(3):
        door.check("1001", "000000", Door.TOUCH)
    clock.advance(29.5)
    assert door.check("1001", PIN, Door.TOUCH) == SignInRefused(Refusal.LOCKED, 1)
    clock.advance(0.5)
    assert door.check("1001", PIN, Door.TOUCH) == SignedIn("1001")


def test_trying_one_pin_on_many_numbers_locks_as_well(book: OperatorBook) -> None:
    book.add("Wang", PIN)
    door = door_of(book, FakeClock(), Log())
    answers = [door.check(number, "111222", Door.TOUCH) for number in ("1001", "1002", "1003")]
    assert answers[-1] == SignInRefused(Refusal.LOCKED, 30)


def test_nobody_works_unrecorded(book: OperatorBook) -> None:
    book.add("Wang", PIN)
    log = Log()
    log.full = True
    door = door_of(book, FakeClock(), log)
    assert door.check("1001", PIN, Door.TOUCH) == SignInRefused(Refusal.UNRECORDED)
    log.full = False
    door.leave()
    assert log.events == []


def test_a_list_that_cannot_be_read_lets_nobody_in(book: OperatorBook, tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("[{", encoding="utf-8")
    door = door_of(book, FakeClock(), Log())
    assert door.check("1001", PIN, Door.TOUCH) == SignInRefused(Refusal.UNRECORDED)
    assert door.of_card(CARD) == ""


def test_a_card_belongs_to_its_operator_only(book: OperatorBook) -> None:
    book.add("Wang", PIN)
    number = book.add("Li", PIN, CARD).number
    assert (book.of_card(CARD), book.of_card("420299198001010021")) == (number, "")


def test_the_file_tells_neither_pin_nor_card(book: OperatorBook, tmp_path: Path) -> None:
    operator = book.add("Li", PIN, CARD)
    kept = (tmp_path / FILE).read_text(encoding="utf-8")
    assert PIN not in kept
    assert CARD not in kept
    assert "argon2id" in kept
    assert "argon2id" not in repr(operator)
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


def test_a_removed_operator_stays_outside_and_the_number_of_another_stands(
    book: OperatorBook,
) -> None:
    book.add("Wang", PIN)
    book.add("Li", "583920")
    assert book.remove("1001")
    assert not book.remove("1001")
    assert (book.fits("1001", PIN), book.fits("1002", "583920")) == (False, True)


@pytest.mark.parametrize("pin", ["", "12345", "111111", "123456", "987654", "12a456", "1" * 13])
def test_a_simple_pin_is_refused(book: OperatorBook, pin: str) -> None:
    assert pin_mistake(pin)
    with pytest.raises(OperatorsError):
        book.add("Wang", pin)
    assert book.all() == ()


def test_a_pin_is_typed_twice(book: OperatorBook) -> None:
    said = iter([PIN, PIN])
    assert enrolling.add(book, "Wang", card=False, ask=lambda _q: next(said)) == (
        "operator 1001: Wang"
    )
    different = iter([CARD, PIN, "294818"])
    with pytest.raises(OperatorsError, match="differs"):
        enrolling.add(book, "Li", card=True, ask=lambda _q: next(different))
    assert enrolling.listed(book) == ["1001  Wang"]
