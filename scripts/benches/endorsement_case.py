"""How long the software of a whole endorsement machine takes for one case, beyond its devices.

The machine is the product's, without its window: flow, transaction, journal on a real disk, papers,
central as a process over HTTP, and every driver over its wire simulator at the line's pace, the
chip behind pcscd. What moves, prints or thinks at the far end takes no time, and the citizen acts
as soon as a picture asks for it. They prove themselves by finger: how long a face takes is how long
a head takes to turn. What is drawn has figures of its own (`ui`).

A device's time runs from the call of its driver to the answer; in the rest of a case no device is
at work. The reference is what went over the serial lines, sent bare at the same pace.
"""

import statistics
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from hardware.timing import monotonic_s
from kiosk import config
from kiosk.domain.payment import Means
from kiosk.domain.transaction.outcome import Outcome
from kiosk.flows.endorsement import events, states
from kiosk.flows.endorsement.states import Purpose
from kiosk.touring import touring
from scripts.benches.device_watch import DeviceWatch, bare_s, busy_s
from scripts.benches.figure import Figure
from tests.kit.patience import until
from tests.kit.pcscd import running_pcscd
from tests.kit.windowless import Windowless

_CITIZENS = ("elder", "long_term", "adult", "rare_name")
_MACHINES, _MACHINES_QUICK = 4, 1
_LIMIT_MS = 1000.0
_DEVICES = frozenset(
    (
        *("card_printer", "chip_reader", "id_card_reader"),
        *("fingerprint_reader", "card_terminal", "ticket_printer"),
    )
)
"""What a case waits for; lamps and voice go beside it."""
_UNPACED = frozenset(("card_printer",))
"""Only a configured rate paces its simulated line."""
_NO_DELAYS = (
    ("card_printer", "move_ms"),
    ("card_printer", "print_ms"),
    ("id_card_reader", "card_delay_ms"),
    ("fingerprint_reader", "image_delay_ms"),
    ("card_terminal", "customer_delay_ms"),
)


@dataclass(frozen=True, slots=True)
class _Case:
    """What one case took, in seconds.

    Args:
        software_s: in which no device was at work.
        devices_s: in which one was.
        bare_s: of that, what the bytes alone need.
    """

    software_s: float
    devices_s: float
    bare_s: float


def measure(*, quick: bool) -> list[Figure]:
    """Four citizens at a fresh machine and central, again and again.

    Args:
        quick: one machine.

    Returns:
        The software's time, median and longest, beside the devices' time of the same cases; and
        the devices' time beside their bare bytes.
    """
    cases = [one for _ in range(_MACHINES_QUICK if quick else _MACHINES) for one in _cases()]
    software = [one.software_s for one in cases]
    devices_ms = _ms(statistics.median(one.devices_s for one in cases))
    bare_ms = _ms(statistics.median(one.bare_s for one in cases))
    return [
        _beside("endorsement.software_time", _ms(statistics.median(software)), devices_ms),
        _beside("endorsement.software_time_longest", _ms(max(software)), devices_ms),
        Figure("endorsement.device_time", devices_ms, "ms", bare_ms),
    ]


def _beside(figure: str, value_ms: float, reference_ms: float) -> Figure:
    goal = f"value <= {_LIMIT_MS:g}"
    return Figure(figure, value_ms, "ms", reference_ms, goal, value_ms <= _LIMIT_MS)


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


def _cases() -> Iterator[_Case]:
    own = config.load(Path(__file__).resolve().parents[2] / "config.toml", "endorsement")
    chip = {**own.devices["chip_reader"], "wire": "pcscd", "card_wait_s": 10.0}
    own = own.model_copy(update={"devices": {**own.devices, "chip_reader": chip}})
    watch = DeviceWatch(_DEVICES, _UNPACED)
    with ExitStack() as stack:
        stack.enter_context(running_pcscd())
        stack.enter_context(watch.watching())
        machine, _world = stack.enter_context(touring(own))
        someone = Windowless(machine)
        stack.enter_context(machine)
        someone.sees(states.Resting)
        for name, knob in _NO_DELAYS:
            someone.turn(name, knob, "0")
        for citizen in _CITIZENS:
            began_s = monotonic_s()
            _comes(someone, citizen)
            took_s = monotonic_s() - began_s
            calls = watch.between(began_s, began_s + took_s)
            devices_s = busy_s(calls)
            yield _Case(took_s - devices_s, devices_s, sum(bare_s(one) for one in calls))
            someone.does(events.NextAsked())
            someone.sees(states.Resting)


def _comes(someone: Windowless, citizen: str) -> None:
    """From the welcome to the slip, as fast as hands could be."""
    someone.does(events.BeginAsked(Purpose.ENDORSEMENT))
    someone.sees(states.InsertingPermit)
    someone.turn("card_printer", "card", citizen)
    someone.sees(states.PlacingIdCard)
    someone.turn("id_card_reader", "card", citizen)
    someone.turn("fingerprint_reader", "finger", citizen)
    someone.sees(states.LookingAtCamera)
    someone.turn("id_card_reader", "card", "none")
    someone.does(events.FingerAsked())
    offered = someone.sees(states.Choosing).choices
    someone.turn("fingerprint_reader", "finger", "none")
    first = next(one for one in offered if one.destination == "MAC")
    someone.does(events.ChoiceToggled(first), events.NextAsked())
    someone.sees(states.Confirming)
    someone.does(events.NextAsked())
    someone.sees(states.ChoosingPayment)
    someone.does(events.MeansChosen(Means.BANK_CARD))
    someone.sees(states.CheckingFace)
    someone.does(events.FaceJudged(right=True))
    someone.sees(states.TakingCard)
    until(lambda: _has_taken(someone))
    end = someone.sees(states.Finished).ended
    assert (end.outcome, end.slip, end.case_id) == (Outcome.MADE, True, ""), end


def _has_taken(someone: Windowless) -> bool:
    someone.turn("card_printer", "take")
    return not isinstance(someone.state, states.TakingCard)
