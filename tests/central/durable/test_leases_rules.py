"""Numbers held in reserve: filled up while connected, bound to boot and day."""

from pathlib import Path

from kiosk.central.desk import Issued, NoNumber
from tests.kit.durable_bed import DurableBed
from tests.kit.fake_central import PREFIXES, FakeCentral, Line
from tests.kit.fake_clock import FakeClock


def left(bed: DurableBed) -> list[int]:
    return [bed.side.leases.left(service) for service in PREFIXES]


def take(bed: DurableBed, count: int, first: int = 0) -> list[str]:
    numbers = []
    for n in range(first, first + count):
        answer = bed.desk.submit(f"visit-{n}", None, ("passport",), "en")
        numbers.append(answer.ticket.number if isinstance(answer, Issued) else "")
    return numbers


def test_a_connected_machine_holds_numbers_for_every_service(bed: DurableBed) -> None:
    bed.connect()
    assert left(bed) == [4, 4, 4]
    assert bed.side.leases.epoch == 1


def test_a_machine_that_never_reached_central_has_none(
    bed: DurableBed, central: FakeCentral
) -> None:
    central.line = Line.DOWN
    bed.connect()
    assert left(bed) == [0, 0, 0]
    assert isinstance(bed.desk.submit("v", None, ("enquiry",), "en"), NoNumber)


def test_the_reserve_is_filled_up_below_half_and_not_before(
    bed: DurableBed, central: FakeCentral, clock: FakeClock
) -> None:
    bed.connect()
    central.line = Line.DOWN
    assert take(bed, 2) == ["A001", "A002"]
    central.line = Line.UP
    clock.advance(20)
    bed.connect()
    assert left(bed)[0] == 2
    central.line = Line.DOWN
    assert take(bed, 1, 2) == ["A003"]
    central.line = Line.UP
    clock.advance(20)
    bed.connect()
    assert left(bed)[0] == 5


def test_a_lost_answer_costs_no_second_range(
    bed: DurableBed, central: FakeCentral, clock: FakeClock
) -> None:
    bed.side.catalogue.keep()
    bed.side.leases.keep()
    assert len(central.leases) == 3
    central.line = Line.DOWN
    take(bed, 3)
    central.line = Line.LOST_AFTER
    clock.advance(60)
    bed.side.leases.keep()
    central.line = Line.UP
    clock.advance(20)
    bed.side.leases.keep()
    assert len(central.leases) == 4
    assert left(bed)[0] == 5


def test_numbers_die_with_the_day_and_new_ones_are_fetched(
    bed: DurableBed, central: FakeCentral, clock: FakeClock
) -> None:
    bed.connect()
    central.line = Line.DOWN
    clock.advance(15 * 3600)
    assert left(bed) == [0, 0, 0]
    assert take(bed, 1) == [""]
    central.line = Line.UP
    clock.advance(20)
    bed.connect()
    bed.connect()
    assert left(bed) == [4, 4, 4]


def test_the_day_is_centrals_even_when_the_machines_clock_is_wrong(
    tmp_path: Path, central: FakeCentral
) -> None:
    wrong = FakeClock(FakeClock().now().replace(day=1))
    bed = DurableBed(tmp_path / "wrong", central, wrong)
    bed.connect()
    central.line = Line.DOWN
    answer = bed.desk.submit("visit", None, ("passport",), "en")
    assert isinstance(answer, Issued)
    assert answer.ticket.day.isoformat() == "2026-11-24"
    # Central refuses a leased number that was taken on another day than the lease's.
    central.line = Line.UP
    bed.side.link.saw(central.catalogue("hs-1"))
    bed.work()
    assert central.tickets["visit"].request["taken_at"].startswith("2026-11-24")
    bed.stop()


def test_a_restarted_program_may_use_its_reserve_while_central_is_away(
    bed: DurableBed, central: FakeCentral
) -> None:
    bed.connect()
    central.line = Line.DOWN
    assert take(bed, 1) == ["A001"]
    bed.restart()
    assert take(bed, 1, 1) == ["A002"]


def test_a_restarted_computer_asks_first_because_its_disk_may_be_an_old_image(
    bed: DurableBed, central: FakeCentral
) -> None:
    bed.connect()
    central.line = Line.DOWN
    bed.restart("boot-2")
    assert left(bed) == [0, 0, 0]
    assert take(bed, 1) == [""]


def test_a_new_epoch_drops_what_an_older_one_left(bed: DurableBed, central: FakeCentral) -> None:
    bed.connect()
    central.line = Line.DOWN
    take(bed, 1)
    central.line = Line.UP
    bed.restart("boot-2")
    bed.connect()
    assert bed.side.leases.epoch == 2
    rows = bed.storage.rows("SELECT epoch, used_by IS NULL AS free FROM leased_numbers")
    assert {(row["epoch"], row["free"]) for row in rows} == {(1, 0), (2, 1)}


def test_a_machine_whose_epoch_central_no_longer_knows_registers_again(
    bed: DurableBed, central: FakeCentral, clock: FakeClock
) -> None:
    bed.connect()
    central.epochs["K1"] = 7
    central.line = Line.DOWN
    take(bed, 3)
    central.line = Line.UP
    for _ in range(3):
        clock.advance(20)
        bed.connect()
    assert bed.side.leases.epoch == 8
    assert left(bed)[0] == 4


def test_when_machine_and_central_disagree_about_the_day_numbers_are_not_eaten_up(
    tmp_path: Path, clock: FakeClock
) -> None:
    class Yesterday(FakeCentral):
        def _lease(self, body: dict[str, object]) -> tuple[int, bytes]:
            status, answer = super()._lease(body)
            return status, answer.replace(b"2026-11-24", b"2026-11-23")

    central = Yesterday(clock)
    bed = DurableBed(tmp_path / "yesterday", central, clock)
    for _ in range(20):
        bed.connect()
        clock.advance(60)
    assert len(central.leases) == len(PREFIXES)
    bed.stop()
