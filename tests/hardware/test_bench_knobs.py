"""The bench: every knob of every simulator turns, stays as it was set, and has its words."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from hardware import registry
from hardware.simulators.base import Knob, KnobKind, Simulator
from hardware.simulators.camera import CameraSimulator
from hardware.simulators.card_printer import CardPrinterSimulator
from hardware.simulators.card_terminal import CardTerminalSimulator
from hardware.simulators.cash_acceptor import CashAcceptorSimulator
from hardware.simulators.ccnet_machine import CcnetMachine
from hardware.simulators.chip_reader import ChipReaderSimulator
from hardware.simulators.code_scanner import CodeScannerSimulator
from hardware.simulators.face_matcher import FaceMatcherSimulator
from hardware.simulators.fingerprint_reader import FingerprintReaderSimulator
from hardware.simulators.id_card_reader import IdCardReaderSimulator
from hardware.simulators.panel_io import PanelIoSimulator
from hardware.simulators.people import people
from hardware.simulators.people.permits import permits
from hardware.simulators.ticket_printer import TicketPrinterSimulator
from hardware.simulators.voice import VoiceSimulator
from tests.kit.laws.words import catalogue

ROOT = Path(__file__).resolve().parents[2]
EVERYTHING_WIRED = {
    "doors": "cabinet:0 safe:1 paper:4 cards:5",
    "mains_input": 6,
}
SIMULATORS: dict[str, Callable[[], Simulator]] = {
    "camera": partial(CameraSimulator, "camera", {}),
    "card_printer": partial(CardPrinterSimulator, "card_printer", {}),
    "card_terminal": partial(CardTerminalSimulator, "card_terminal", {}),
    "cash_acceptor": partial(CashAcceptorSimulator, "cash_acceptor", {}, CcnetMachine),
    "chip_reader": partial(ChipReaderSimulator, "chip_reader", {}),
    "code_scanner": partial(CodeScannerSimulator, "code_scanner", {}, paced=False),
    "face_matcher": partial(FaceMatcherSimulator, "face_matcher", {}),
    "fingerprint_reader": partial(FingerprintReaderSimulator, "fingerprint_reader", {}),
    "id_card_reader": partial(IdCardReaderSimulator, "id_card_reader", {}),
    "panel_io": partial(PanelIoSimulator, "panel_io", EVERYTHING_WIRED),
    "ticket_printer": partial(TicketPrinterSimulator, "ticket_printer", {}),
    "voice": partial(VoiceSimulator, "voice", {}),
}
CITIZENS = {
    "camera": {"person": people(), "second": people()},
    "card_printer": {"card": permits()},
    "fingerprint_reader": {"finger": people()},
    "id_card_reader": {"card": people()},
}


def test_no_simulator_is_left_out() -> None:
    assert set(SIMULATORS) == {kind for kind, _driver in registry.MAKERS}


@pytest.mark.parametrize("name", SIMULATORS)
def test_every_knob_turns_and_stays_as_it_was_set(name: str) -> None:
    simulator = SIMULATORS[name]()
    simulator.start()
    try:
        for knob in simulator.knobs():
            # A card in the path stays there until it is taken; another test is about that.
            if (name, knob.key) != ("card_printer", "card"):
                turn_to_and_fro(knob)
    finally:
        simulator.stop()


@pytest.mark.parametrize("language", ["zh_CN", "en", "zh_Hant"])
@pytest.mark.parametrize("name", SIMULATORS)
def test_the_bench_has_words_for_every_knob_and_no_others(name: str, language: str) -> None:
    wanted = {f"bench.{name}.title"}
    for knob in SIMULATORS[name]().knobs():
        wanted |= {knob.label_key, *(choice.label_key for choice in knob.choices)}
    said = set(catalogue(ROOT, language))
    assert wanted <= said
    assert {key for key in said if key.startswith(f"bench.{name}.")} <= wanted


@pytest.mark.parametrize(
    ("name", "key"), [(name, key) for name, keys in CITIZENS.items() for key in keys]
)
def test_every_citizen_and_nobody_can_be_chosen(name: str, key: str) -> None:
    knobs = {knob.key: knob for knob in SIMULATORS[name]().knobs()}
    assert {one.value for one in knobs[key].choices} == {"none", *CITIZENS[name][key]}


def turn_to_and_fro(knob: Knob) -> None:
    """Set everything that can be set; then nothing is left over but what was there before."""
    before = knob.get()
    if knob.kind is KnobKind.SWITCH:
        for on in (True, False):
            knob.set(on)
            assert knob.get() is on, knob.key
    elif knob.kind is KnobKind.NUMBER:
        for number, kept in ((7, 7), (-1, 0)):
            knob.set(number)
            assert knob.get() == kept, knob.key
    for choice in knob.choices:
        knob.set(choice.value)
        assert knob.get() == choice.value, knob.key
    knob.set(before)
    if knob.choices:
        knob.set("nothing of the kind")
    assert knob.get() == before, knob.key
