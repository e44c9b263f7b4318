"""Hypothesis lives through days at the machine: citizens, faults, deaths, repairs, staff."""

import random
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from kiosk.saga.cases import close_case, open_cases
from kiosk.saga.desk import EndorsementDesk
from tests.kit.saga_world.citizen import WorldCitizen
from tests.kit.saga_world.hall import Hall
from tests.kit.saga_world.laws import broken_laws
from tests.kit.saga_world.plants import PLANTS, planted
from tests.kit.saga_world.runs import mix

SEED = st.integers(0, 2**32 - 1)


class Days(RuleBasedStateMachine):
    """One machine, many citizens; its world keeps everything."""

    @initialize()
    def open(self) -> None:
        memory = Path("/dev/shm")
        self.folder = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))
        self.hall = Hall(self.folder, WorldCitizen("c0"))
        self.count = 0

    @rule(seed=SEED)
    def a_morning_passes(self, seed: int) -> None:
        """Hypothesis draws few and similar values; a seed spreads them over everything."""
        rng = random.Random(seed.to_bytes(8, "big"))
        for _ in range(5):
            plan = mix(rng)
            self.count += 1
            self.hall.next_citizen(plan.citizen())
            self.hall.world.faults += plan.faults
            self._live(self.hall.serve, plan.kills[0] if plan.kills else None)
            self.hall.world.heal()

    @rule()
    def everything_is_mended(self) -> None:
        self.hall.world.heal()

    @rule(seed=SEED)
    def the_machine_starts_again(self, seed: int) -> None:
        self._live(self.hall.recover, random.Random(seed).choice((None, 5, 10, 20, 30)))

    @rule()
    def staff_close_what_is_open(self) -> None:
        def see_to_it(desk: EndorsementDesk) -> None:
            desk.recover()
            journal = desk._parts.journal
            for case in open_cases(journal):
                assert close_case(journal, case.case_id, "seen to", "op1")
            assert open_cases(journal) == ()

        # Staff take out what is stuck, and give it to its citizen.
        self.hall.path.staff_clear()
        self.hall.path.retained.clear()
        self.hall.live(see_to_it)

    def _live(self, act: object, death: int | None) -> None:
        assert callable(act)
        ended = self.hall.live(act, death)
        self.hall.path.power_lost()
        if ended != "ended":
            while self.hall.live(self.hall.recover) != "ended":
                pass

    @invariant()
    def no_law_is_broken(self) -> None:
        assert self.hall.world.broken == []

    def teardown(self) -> None:
        if not hasattr(self, "hall"):
            return

        def pay(desk: EndorsementDesk) -> None:
            desk.recover()
            desk.pay_debts()

        self.hall.world.heal()
        assert self.hall.live(pay) == "ended"
        found = [one for one in broken_laws(self.hall, settled=True) if "silence" not in one]
        shutil.rmtree(self.folder)
        assert not [one for one in found if not _closed_by_staff(one)], found


def _closed_by_staff(law: str) -> bool:
    """Staff closed the case without giving the money back or issuing: theirs to answer for."""
    return "left standing" in law or "the chip was written" in law


Days.TestCase.settings = settings(max_examples=25, stateful_step_count=8, deadline=None)
TestDays = Days.TestCase


@pytest.mark.parametrize(
    "mistake",
    [
        "no recovery before the next citizen",
        "card left in the mouth",
        "debts forgotten after the end",
    ],
)
def test_the_days_are_rough_enough_to_show_a_mistake(mistake: str) -> None:
    plant = next(one for one in PLANTS if one.name == mistake)
    once = settings(Days.TestCase.settings, phases=[Phase.generate], max_examples=100)
    with planted(plant), pytest.raises(AssertionError):
        run_state_machine_as_test(Days, settings=once)
