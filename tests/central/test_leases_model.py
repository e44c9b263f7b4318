"""Leased numbers under everything at once: no two citizens ever hold the same number of a day.

A model is worth what it can see, so mistakes are planted in the product and must be found.
"""

import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from kiosk.central.desk import Issued
from kiosk.central.desk_numbering import Numbering
from kiosk.central.leases import Leases, TakenNumber
from tests.kit.durable_bed import DurableBed, bundle
from tests.kit.fake_central import FakeCentral, Line
from tests.kit.fake_clock import FakeClock


class KilledError(Exception):
    """The machine dies here."""


class LeaseModel(RuleBasedStateMachine):
    """One machine, its central, its power supply and its backup disk."""

    restored_disk_keeps_its_boot_mark = False

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="lease-model-"))
        self.clock = FakeClock()
        self.central = FakeCentral(self.clock)
        self.bed = DurableBed(self.folder / "machine", self.central, self.clock, count=3)
        self.shown: dict[tuple[str, str], str] = {}
        self.twice: list[str] = []
        self.visits = 0
        self.boots = 1
        self.bed.work()
        self.bed.work()
        self.disk_image_is_taken()

    @rule()
    def line_is_cut_while_citizens_come(self) -> None:
        self.central.line = Line.DOWN
        self.citizen_comes(printed=True)
        self.citizen_comes(printed=False)

    @rule(line=st.sampled_from(Line))
    def line_changes(self, line: Line) -> None:
        self.central.line = line

    @rule()
    def time_passes(self) -> None:
        self.clock.advance(20)
        self.bed.work()

    @rule()
    def day_changes(self) -> None:
        self.clock.advance(24 * 3600)

    @rule(printed=st.booleans())
    def citizen_comes(self, printed: bool) -> None:
        visit = self._visit()
        answer = self.bed.desk.submit(visit, bundle(), ("passport",), "zh_CN")
        if isinstance(answer, Issued):
            self._show(visit, answer)
            if printed:
                self.bed.desk.printing(visit)
                self.bed.desk.printed(visit)
                self.bed.desk.settle(visit, "taken")

    @rule(after_commit=st.booleans())
    def killed_while_giving_a_number(self, after_commit: bool) -> None:
        visit = self._visit()
        decide = Numbering.decide
        take = Leases.take

        def die_after(numbering: Numbering, found: object) -> None:
            answer = decide(numbering, found)  # type: ignore[arg-type]  # passed through
            if isinstance(answer, Issued):
                self._show(visit, answer)
            raise KilledError

        def die_before(*arguments: object) -> TakenNumber | None:
            take(*arguments)  # type: ignore[arg-type]  # passed through
            raise KilledError

        with pytest.MonkeyPatch.context() as patch:
            if after_commit:
                patch.setattr(Numbering, "decide", die_after)
            else:
                patch.setattr(Leases, "take", die_before)
            try:
                answer = self.bed.desk.submit(visit, bundle(), ("passport",), "zh_CN")
            except KilledError:
                self._restart("")
                return
        if isinstance(answer, Issued):
            self._show(visit, answer)

    @rule(whole_computer=st.booleans())
    def machine_restarts(self, whole_computer: bool) -> None:
        self.boots += whole_computer
        self._restart(f"boot-{self.boots}")

    @rule()
    def disk_image_is_taken(self) -> None:
        self.bed.stop()
        shutil.copytree(self.bed.folder, self.folder / "image", dirs_exist_ok=True)
        self.bed.start()

    @rule()
    def disk_image_is_restored(self) -> None:
        self.bed.stop()
        shutil.rmtree(self.bed.folder)
        shutil.copytree(self.folder / "image", self.bed.folder)
        self.boots += 1
        keeps = self.restored_disk_keeps_its_boot_mark
        self.bed.start("" if keeps else f"boot-{self.boots}")
        self.bed.desk.recover()

    @invariant()
    def no_number_is_held_twice(self) -> None:
        assert self.twice == []
        assert self.central.problems == []

    def teardown(self) -> None:
        self.bed.stop()
        shutil.rmtree(self.folder)

    def _visit(self) -> str:
        self.visits += 1
        return f"visit-{self.visits}"

    def _show(self, visit: str, answer: Issued) -> None:
        place = answer.ticket.day.isoformat(), answer.ticket.number
        if self.shown.setdefault(place, visit) != visit:
            self.twice.append(f"{place} for {visit} and {self.shown[place]}")

    def _restart(self, boot_mark: str) -> None:
        self.bed.restart(boot_mark)
        self.bed.desk.recover()


CAREFUL = settings(max_examples=25, stateful_step_count=30, phases=[Phase.generate, Phase.shrink])
SEARCH = settings(max_examples=400, stateful_step_count=30, phases=[Phase.generate])


def test_no_number_is_ever_held_twice() -> None:
    run_state_machine_as_test(LeaseModel, settings=CAREFUL)


def test_the_model_sees_a_restored_disk_that_keeps_its_lease() -> None:
    class Planted(LeaseModel):
        restored_disk_keeps_its_boot_mark = True

    with pytest.raises(AssertionError):
        run_state_machine_as_test(Planted, settings=SEARCH)


def test_the_model_sees_a_number_that_is_shown_before_it_is_marked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def take_unmarked(
        leases: Leases, db: sqlite3.Connection, service_id: str, visit_id: str
    ) -> TakenNumber | None:
        db.execute("SAVEPOINT look")
        taken = take(leases, db, service_id, visit_id)
        db.execute("ROLLBACK TO look")
        return taken

    take = Leases.take
    monkeypatch.setattr(Leases, "take", take_unmarked)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(LeaseModel, settings=SEARCH)
