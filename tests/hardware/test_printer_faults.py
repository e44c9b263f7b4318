"""The ticket printer: what comes out, and what is honestly known of it.

Over both wires where all is well, and over a slow and a faulty line.
"""

import os
import threading
from collections.abc import Iterator

import cv2
import numpy as np
import pytest

from hardware.codecs.escpos import CUT
from hardware.drivers.escpos.ticket_printer import EscPosTicketPrinter
from hardware.interfaces.ticket_printer import (
    Align,
    Doubtful,
    Feed,
    NotPrinted,
    Paper,
    PaperTrouble,
    Printed,
    QrCode,
    Rule,
    TextLine,
)
from hardware.simulators.escpos_machine import EscPosMachine
from hardware.simulators.ticket_printer import TicketPrinterSimulator
from hardware.status import DeviceState, Supply
from tests.kit.patience import PATIENCE_S

TICKET = Paper(
    "T-1",
    (
        TextLine("测试市公安局出入境接待大厅", Align.CENTER, bold=True),
        Feed(),
        TextLine("A023", Align.CENTER, bold=True, width=4, height=4),
        Rule(),
        TextLine("· 普通护照 ￥120.00：〇 ①"),
        TextLine("前面还有 3 人，预计等候约 12 分钟"),
        QrCode("T1:0123456789abcdef", 5),
    ),
)
NEVER = threading.Event()


class Desk:
    """A printer, its far end, and the driver between."""

    def __init__(self, connection: str, **more: int) -> None:
        options: dict[str, str | int | float] = {
            "connection": connection,
            "answer_timeout_s": 0.3,
            "confirm_timeout_s": 3.0,
            **more,
        }
        self.far = TicketPrinterSimulator("ticket_printer", options)
        self.near = EscPosTicketPrinter("ticket_printer", {**options, **self.far.start()})
        self.near.open()

    def close(self) -> None:
        self.near.close()
        self.far.stop()


@pytest.fixture(params=["ideal", "ideal network", "slow", "faulty"])
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    slow = {"baudrate": 38400} if request.param == "slow" else {}
    made = Desk("network" if "network" in request.param else "serial", **slow)
    if slow:
        made.far.machine.change(line_s=0.02)
    elif request.param == "faulty":
        made.far.machine.change(noisy=True)
    yield made
    made.close()


def test_a_ticket_comes_out_whole_and_is_confirmed(desk: Desk) -> None:
    assert desk.near.print_paper(TICKET, NEVER) == Printed()
    (sheet,) = desk.far.machine.record.sheets
    assert desk.far.machine.record.refused == []
    assert sheet.lines[1] == "A023"
    assert "· 普通护照 ￥120.00：〇 ①" in sheet.lines
    assert sheet.codes == ["T1:0123456789abcdef"]


def test_the_code_can_be_read_back_from_the_paper(desk: Desk) -> None:
    desk.near.print_paper(TICKET, NEVER)
    png = desk.far.pictures()[0].png
    image = cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_COLOR)
    assert cv2.QRCodeDetector().detectAndDecode(image)[0] == "T1:0123456789abcdef"


@pytest.mark.parametrize(
    ("knob", "value", "trouble"),
    [
        ("paper", "out", PaperTrouble.PAPER_OUT),
        ("cover_open", True, PaperTrouble.COVER_OPEN),
        ("jammed", True, PaperTrouble.JAMMED),
        ("broken", True, PaperTrouble.HARDWARE),
        ("silent", True, PaperTrouble.LINK_LOST),
        ("unplugged", True, PaperTrouble.LINK_LOST),
    ],
)
def test_trouble_before_a_job_means_that_nothing_was_sent(
    desk: Desk, knob: str, value: str | bool, trouble: PaperTrouble
) -> None:
    next(one for one in desk.far.knobs() if one.key == knob).set(value)
    assert desk.near.print_paper(TICKET, NEVER) == NotPrinted(trouble)
    assert desk.far.machine.record.sheets == []


def test_paper_that_ends_within_a_job_leaves_it_doubtful(desk: Desk) -> None:
    desk.far.machine.change(lines_left=2)
    assert desk.near.print_paper(TICKET, NEVER) == Doubtful(PaperTrouble.PAPER_OUT)
    assert desk.far.machine.record.sheets == []


def test_the_copy_after_new_paper_comes_out_once(desk: Desk) -> None:
    desk.far.machine.change(lines_left=2)
    desk.near.print_paper(TICKET, NEVER)
    desk.far.machine.change(paper="full")
    assert desk.near.print_paper(TICKET, NEVER) == Printed()
    assert [sheet.lines.count("A023") for sheet in desk.far.machine.record.sheets][-1] == 1


def test_a_link_lost_within_a_job_leaves_it_doubtful_and_comes_back(desk: Desk) -> None:
    desk.far.lose_link_after(150)
    assert desk.near.print_paper(TICKET, NEVER) == Doubtful(PaperTrouble.LINK_LOST)
    assert desk.near.status().state is DeviceState.NO_DEVICE
    desk.far.wire.plug()
    assert desk.near.print_paper(TICKET, NEVER) == Printed()


def test_a_confirmation_that_is_lost_leaves_the_job_doubtful(desk: Desk) -> None:
    desk.far.lose_link_before_answer()
    assert desk.near.print_paper(TICKET, NEVER) == Doubtful(PaperTrouble.LINK_LOST)
    assert len(desk.far.machine.record.sheets) == 1


def test_low_paper_still_prints_and_is_told(desk: Desk) -> None:
    desk.far.machine.change(paper="low")
    assert desk.near.print_paper(TICKET, NEVER) == Printed()
    assert desk.near.status().supplies == {"paper": Supply.LOW}


def test_a_character_the_printer_lacks_is_drawn(desk: Desk) -> None:
    rare = Paper("T-2", (TextLine("王\U0002a84a"),))
    assert desk.near.print_paper(rare, NEVER) == Printed()
    assert desk.far.machine.record.refused == []
    assert desk.far.machine.record.sheets[0].lines == [""]


def test_money_is_printed_in_the_printers_own_characters(desk: Desk) -> None:
    assert desk.near.print_paper(Paper("T-3", (TextLine("共 ¥15.50"),)), NEVER) == Printed()
    assert desk.far.machine.record.sheets[0].lines == ["共 ￥15.50"]


@pytest.mark.parametrize(
    ("sent", "refused"),
    [
        ("1b 70 00", "1b 70"),
        ("1d 49 01", "1d 49"),
        ("1d 28 6b 03 00 30 43 05", "a code that is no QR code"),
        ("1d 28 6b 01 00 31", "a code that is no QR code"),
        ("1d 28 6b 03 00 31 99 30", "QR function 153"),
        ("1d 28 6b 02 00 31 43", "QR function 67"),
    ],
    ids=["drawer", "model", "bar code", "cut short", "unknown function", "no module size"],
)
def test_a_command_it_does_not_know_is_refused_and_the_next_line_prints(
    sent: str, refused: str
) -> None:
    machine = EscPosMachine(send=lambda _answer: None)
    machine.start()
    machine.feed(bytes.fromhex(sent) + b"\nnext\n" + CUT)
    assert machine.settled(PATIENCE_S)
    machine.stop()
    assert machine.record.refused == [refused]
    assert machine.record.sheets[0].lines[-1] == "next"


@pytest.mark.hardware
@pytest.mark.skipif("KIOSK_PRINTER_PORT" not in os.environ, reason="KIOSK_PRINTER_PORT is not set")
def test_a_real_printer_prints_one_ticket() -> None:
    options = {"connection": "serial", "port": os.environ["KIOSK_PRINTER_PORT"]}
    printer = EscPosTicketPrinter("ticket_printer", options)
    printer.open()
    assert printer.status().state is DeviceState.ONLINE
    assert printer.print_paper(TICKET, NEVER) == Printed()
    printer.close()
