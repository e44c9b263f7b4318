"""Mistakes put into the transaction on purpose: the crash tests must see every one of them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from enum import IntEnum
from unittest.mock import patch

from tests.kit.saga_world import mistakes
from tests.kit.saga_world.mistakes import Patches


class Needs(IntEnum):
    """What it takes to see a mistake."""

    WALK = 0
    """any whole transaction shows it"""
    DEATHS = 1
    """a machine that dies"""
    FAULTS = 2
    """a world that is unkind"""
    FAULTS_AND_DEATHS = 3
    """both at once"""


@dataclass(frozen=True)
class Plant:
    """One mistake.

    Args:
        name: what is wrong.
        needs: the least it takes to see it.
        patches: object, attribute and what stands there instead.
        aim: beginnings of the faults that strike where the mistake is.
    """

    name: str
    needs: Needs
    patches: Callable[[], Patches]
    aim: tuple[str, ...] = ("",)


@contextmanager
def planted(plant: Plant) -> Iterator[None]:
    """The product with the mistake in it."""
    with ExitStack() as stack:
        for target, name, wrong in plant.patches():
            stack.enter_context(patch.object(target, name, wrong))
        yield


PLANTS = (
    Plant("no intent before the chip is written", Needs.WALK, mistakes.no_chip_intent),
    Plant("no intent before money is taken", Needs.WALK, mistakes.no_payment_intent),
    Plant("what was interrupted is not looked at", Needs.DEATHS, mistakes.no_chip_probe),
    Plant("no recovery before the next citizen", Needs.DEATHS, mistakes.no_recovery),
    Plant("undone after the chip was written", Needs.DEATHS, mistakes.turned_back_after_the_pivot),
    Plant("refund forgotten", Needs.DEATHS, mistakes.refund_forgotten),
    Plant("silence taken for no money", Needs.FAULTS, mistakes.silence_is_no_money, aim=("bank.",)),
    Plant("a new key for every try", Needs.FAULTS, mistakes.new_key_for_every_try, aim=("bank.",)),
    Plant(
        "charged twice and booked once",
        Needs.FAULTS,
        mistakes.twice_is_once,
        aim=("bank.",),
    ),
    Plant(
        "no case for a note that nobody can tell of",
        Needs.FAULTS,
        mistakes.no_case_for_an_unknown_note,
        aim=("cash.",),
    ),
    Plant(
        "confirmed before it was printed",
        Needs.FAULTS,
        mistakes.confirm_before_print,
        aim=("face.",),
    ),
    Plant(
        "no case for a stuck card", Needs.FAULTS, mistakes.no_case_for_a_stuck_card, aim=("card.",)
    ),
    Plant(
        "a doubtful face is printed again",
        Needs.FAULTS,
        mistakes.two_valued_face_probe,
        aim=("face.",),
    ),
    Plant(
        "cash booked in the escrow",
        Needs.FAULTS,
        mistakes.cash_booked_in_the_escrow,
        aim=("cash.",),
    ),
    Plant(
        "a key left open for a late charge",
        Needs.FAULTS,
        mistakes.key_left_open,
        aim=("central.pay",),
    ),
    Plant(
        "paid while central is away",
        Needs.FAULTS,
        mistakes.paid_while_central_is_away,
        aim=("central.cut_off",),
    ),
    Plant("card left in the mouth", Needs.WALK, mistakes.card_left_in_the_mouth),
    Plant(
        "another body under the same key",
        Needs.FAULTS,
        mistakes.another_body_under_the_key,
        aim=("central.",),
    ),
    Plant(
        "debts forgotten after the end",
        Needs.WALK,
        mistakes.debts_forgotten_after_the_end,
    ),
    Plant(
        "a chip is not read back",
        Needs.FAULTS,
        mistakes.not_read_back,
        aim=("chip.harmed",),
    ),
    Plant(
        "an order on its way is dropped unasked",
        Needs.FAULTS,
        mistakes.void_unasked,
        aim=("central.order.late",),
    ),
    Plant(
        "silence taken for nothing to give back",
        Needs.FAULTS_AND_DEATHS,
        mistakes.silence_is_nothing_to_give_back,
        aim=("bank.cancel_unknown", "card_terminal."),
    ),
    Plant(
        "only the first try is announced",
        Needs.FAULTS_AND_DEATHS,
        mistakes.no_second_chip_intent,
        aim=("chip.not_written", "chip.torn_before"),
    ),
)
