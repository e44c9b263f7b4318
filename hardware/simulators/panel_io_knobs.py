"""What a tester can turn on a simulated cabinet."""

from hardware.interfaces.panel_io import OperatorSwitch
from hardware.simulators.base import Knob
from hardware.simulators.cabinet import Cabinet
from hardware.simulators.knob_board import KnobBoard
from hardware.simulators.wire import PtyPeer

_SWITCHES = ("silent", "noise", "other_unit", "fragmented", "refuses")
_NUMBERS = ("wrong_checks", "cut_answers", "bouncing")
_POSITIONS = (OperatorSwitch.RUN, OperatorSwitch.MAINTENANCE, OperatorSwitch.SUPERVISOR)


def panel_knobs(cabinet: Cabinet, peer: PtyPeer) -> tuple[Knob, ...]:
    """The knobs of a cabinet.

    Args:
        cabinet: with its board.
        peer: the cable.
    """
    board = KnobBoard("panel_io", cabinet.board.misbehaviour)
    return (
        *(_door(board, cabinet, name) for name in cabinet.wiring.doors),
        board.pick(
            "operator_switch",
            _POSITIONS,
            lambda: cabinet.switch,
            lambda value: cabinet.turn_switch(OperatorSwitch(value)),
        ),
        board.lever(
            "mains_lost",
            lambda: cabinet.mains_lost,
            lambda on: cabinet.turn_mains(good=not on),
        ),
        *(board.switch(key) for key in _SWITCHES),
        *(board.number(key) for key in _NUMBERS),
        board.cable(peer),
    )


def _door(board: KnobBoard, cabinet: Cabinet, name: str) -> Knob:
    return board.lever(
        f"door_{name}",
        lambda: cabinet.door_open(name),
        lambda on: cabinet.turn_door(name, is_open=on),
    )
