"""The one table that names drivers and simulators.

A simulator is the far end of a wire; the driver in front of it is the one that runs in the hall,
led to the simulator by the options the simulator gives.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hardware.drivers.uart.card_terminal import MisPosCardTerminal
from hardware.drivers.uart.ccnet_cash_acceptor import CcnetCashAcceptor
from hardware.drivers.uart.code_scanner import SerialCodeScanner
from hardware.drivers.uart.ict104_cash_acceptor import Ict104CashAcceptor
from hardware.drivers.uart.id_card_reader import SamVIdCardReader
from hardware.errors import SettingsError
from hardware.interfaces.device import Device
from hardware.settings import DeviceSettings, Options
from hardware.simulators.base import Neighbour, Simulator
from hardware.simulators.bench.desk import Bench
from hardware.simulators.bench.server import BenchServer, Speak
from hardware.simulators.card_terminal import CardTerminalSimulator
from hardware.simulators.cash_acceptor import CashAcceptorSimulator, MakeMachine
from hardware.simulators.ccnet_machine import CcnetMachine
from hardware.simulators.code_scanner import CodeScannerSimulator
from hardware.simulators.ict104_machine import Ict104Machine
from hardware.simulators.id_card_reader import IdCardReaderSimulator
from hardware.simulators.people.portrait import unpack as unpack_drawn_portrait

_CHIP_SIMULATOR_OPTIONS = frozenset({"wire", "vpcd_port", "slot_port"})
"""What leads the simulated chip and its slot to each other, and is not the driver's."""


def _samv(name: str, options: Options, *, simulated: bool) -> Device:
    # No open decoder for the pictures of real cards exists (hardware facts 1.6).
    return SamVIdCardReader(name, options, unpack_drawn_portrait if simulated else None)


def _escpos(name: str, options: Options, *, simulated: bool) -> Device:
    from hardware.drivers.escpos.ticket_printer import EscPosTicketPrinter  # noqa: PLC0415 - a machine without a printer need not load its libraries

    del simulated
    return EscPosTicketPrinter(name, options)


def _ticket_printer_simulator(key: str, options: Options) -> Simulator:
    from hardware.simulators.ticket_printer import TicketPrinterSimulator  # noqa: PLC0415 - only a demo loads it

    return TicketPrinterSimulator(key, options)


def _face_helper(name: str, options: Options, *, simulated: bool) -> Device:
    from hardware.drivers.face_engine.face_matcher import HelperFaceMatcher  # noqa: PLC0415 - a machine without one need not load it

    del simulated
    return HelperFaceMatcher(name, options)


def _face_onnx(name: str, options: Options, *, simulated: bool) -> Device:
    from hardware.drivers.opencv.onnx_face_matcher import OnnxFaceMatcher  # noqa: PLC0415 - a machine without one need not load its libraries

    if simulated:
        raise SettingsError([f"devices.{name}.simulated: models have no wire to simulate"])
    return OnnxFaceMatcher(name, options)


def _face_matcher_simulator(key: str, options: Options) -> Simulator:
    from hardware.simulators.face_matcher import FaceMatcherSimulator  # noqa: PLC0415 - only a demo loads it

    return FaceMatcherSimulator(key, options)


def _opencv_camera(name: str, options: Options, *, simulated: bool) -> Device:
    from hardware.drivers.opencv.camera import OpenCvCamera  # noqa: PLC0415 - a machine without a camera need not load its libraries

    del simulated
    return OpenCvCamera(name, options)


def _camera_simulator(key: str, options: Options) -> Simulator:
    from hardware.simulators.camera import CameraSimulator  # noqa: PLC0415 - only a demo loads it

    return CameraSimulator(key, options)


def _r30x(name: str, options: Options, *, simulated: bool) -> Device:
    from hardware.drivers.uart.fingerprint_reader import R30xFingerprintReader  # noqa: PLC0415 - a machine without one need not load it

    del simulated
    return R30xFingerprintReader(name, options)


def _fingerprint_simulator(key: str, options: Options) -> Simulator:
    from hardware.simulators.fingerprint_reader import FingerprintReaderSimulator  # noqa: PLC0415 - only a demo loads it

    return FingerprintReaderSimulator(key, options)


def _pcsc(name: str, options: Options, *, simulated: bool) -> Device:
    from hardware.drivers.pcsc.chip_reader import PcscChipReader  # noqa: PLC0415 - a machine without one need not load PC/SC

    if not simulated:
        return PcscChipReader(name, options)
    from hardware.simulators.chip_slots import VpcdSlot  # noqa: PLC0415 - only a demo loads it

    own = {key: value for key, value in options.items() if key not in _CHIP_SIMULATOR_OPTIONS}
    port = options.get("slot_port")
    return PcscChipReader(name, own, None if port is None else VpcdSlot(name, int(port)))


def _chip_simulator(key: str, options: Options) -> Simulator:
    from hardware.simulators.chip_reader import ChipReaderSimulator  # noqa: PLC0415 - only a demo loads it

    return ChipReaderSimulator(key, options)


def _plain(driver: Callable[[str, Options], Device]) -> Callable[..., Device]:
    """A driver that is the same before a simulator."""

    def make(name: str, options: Options, *, simulated: bool) -> Device:
        del simulated
        return driver(name, options)

    return make


def _easyprinter(name: str, options: Options, *, simulated: bool) -> Device:
    from hardware.drivers.card_path.card_printer import EasyPrinterCardPath  # noqa: PLC0415 - a machine without one need not load it

    del simulated
    return EasyPrinterCardPath(name, options)


def _card_printer_simulator(key: str, options: Options) -> Simulator:
    from hardware.simulators.card_printer import CardPrinterSimulator  # noqa: PLC0415 - only a demo loads it

    return CardPrinterSimulator(key, options)


def _modbus(name: str, options: Options, *, simulated: bool) -> Device:
    from hardware.drivers.uart.panel_io import ModbusPanel  # noqa: PLC0415 - a machine without one need not load it

    del simulated
    return ModbusPanel(name, options)


def _panel_simulator(key: str, options: Options) -> Simulator:
    from hardware.simulators.panel_io import PanelIoSimulator  # noqa: PLC0415 - only a demo loads it

    return PanelIoSimulator(key, options)


def _espeak(name: str, options: Options, *, simulated: bool) -> Device:
    from hardware.drivers.voice.espeak_voice import EspeakVoice  # noqa: PLC0415 - a machine without one need not load it

    del simulated
    return EspeakVoice(name, options)


def _voice_simulator(key: str, options: Options) -> Simulator:
    from hardware.simulators.voice import VoiceSimulator  # noqa: PLC0415 - only a demo loads it

    return VoiceSimulator(key, options)


def _cash(machine: MakeMachine) -> Callable[[str, Options], Simulator]:
    return lambda key, options: CashAcceptorSimulator(key, options, machine)


@dataclass(frozen=True, slots=True)
class _Maker:
    driver: Callable[..., Device]
    simulator: Callable[[str, Options], Simulator]


MAKERS: Mapping[tuple[str, str], _Maker] = {
    ("id_card_reader", "sam_v"): _Maker(_samv, IdCardReaderSimulator),
    ("face_matcher", "helper"): _Maker(_face_helper, _face_matcher_simulator),
    ("face_matcher", "onnx"): _Maker(_face_onnx, _face_matcher_simulator),
    ("camera", "opencv"): _Maker(_opencv_camera, _camera_simulator),
    ("fingerprint_reader", "r30x"): _Maker(_r30x, _fingerprint_simulator),
    ("card_printer", "easyprinter"): _Maker(_easyprinter, _card_printer_simulator),
    ("panel_io", "modbus"): _Maker(_modbus, _panel_simulator),
    ("voice", "espeak"): _Maker(_espeak, _voice_simulator),
    ("ticket_printer", "escpos"): _Maker(_escpos, _ticket_printer_simulator),
    ("chip_reader", "pcsc"): _Maker(_pcsc, _chip_simulator),
    ("card_terminal", "mispos"): _Maker(_plain(MisPosCardTerminal), CardTerminalSimulator),
    ("code_scanner", "serial"): _Maker(_plain(SerialCodeScanner), CodeScannerSimulator),
    ("cash_acceptor", "ccnet"): _Maker(_plain(CcnetCashAcceptor), _cash(CcnetMachine)),
    ("cash_acceptor", "ict104"): _Maker(_plain(Ict104CashAcceptor), _cash(Ict104Machine)),
}
"""By kind and driver."""


@dataclass(frozen=True, slots=True)
class Equipment:
    """What a configuration describes, ready to be opened.

    Args:
        devices: drivers by name, none of them open.
        settings: by name.
        simulators: running peers by name.
    """

    devices: Mapping[str, Device]
    settings: Mapping[str, DeviceSettings]
    simulators: Mapping[str, Simulator]

    @property
    def simulated(self) -> tuple[str, ...]:
        """Names of simulated devices."""
        return tuple(self.simulators)

    def stop_simulators(self) -> None:
        """End the peers, after the drivers were closed."""
        for simulator in self.simulators.values():
            simulator.stop()


def assemble(settings: Sequence[DeviceSettings], *, demo: bool) -> Equipment:
    """Make the drivers, and start a simulator for each simulated one.

    Args:
        settings: of all devices.
        demo: whether the machine runs in demo mode; only then may anything be simulated.

    Raises:
        SettingsError: lists every device that cannot be made and why; no simulator is left
            running.
    """
    mistakes = [mistake for one in settings for mistake in _mistakes(one, demo=demo)]
    if mistakes:
        raise SettingsError(mistakes)
    devices: dict[str, Device] = {}
    simulators: dict[str, Simulator] = {}
    for one in settings:
        try:
            devices[one.name] = _make(one, simulators)
        except SettingsError as error:
            mistakes += error.mistakes
    for simulator in simulators.values():
        if isinstance(simulator, Neighbour):
            simulator.meet(simulators)
    equipment = Equipment(devices, {one.name: one for one in settings}, simulators)
    if mistakes:
        equipment.stop_simulators()
        raise SettingsError(mistakes)
    return equipment


def bench(equipment: Equipment, port: int, speak: Speak) -> BenchServer:
    """The bench over all running simulators; it answers once it is started.

    Args:
        equipment: with simulators.
        port: on loopback; 0 for any free one.
        speak: the words of a language.
    """
    return BenchServer(Bench(equipment.simulators), port, speak)


def _mistakes(one: DeviceSettings, *, demo: bool) -> list[str]:
    path = f"devices.{one.name}"
    mistakes = []
    if (one.kind, one.driver) not in MAKERS:
        known = ", ".join(f"{kind}/{driver}" for kind, driver in MAKERS)
        mistakes.append(f"{path}.driver: no {one.kind}/{one.driver}; known are {known}")
    if one.simulated and not demo:
        mistakes.append(f'{path}.simulated: refused, because mode is not "demo"')
    return mistakes


def _make(one: DeviceSettings, simulators: dict[str, Simulator]) -> Device:
    maker = MAKERS[one.kind, one.driver]
    options = dict(one.options)
    if one.simulated:
        simulator = maker.simulator(one.name, options)
        simulators[one.name] = simulator
        options |= simulator.start()
    return maker.driver(one.name, options, simulated=one.simulated)
