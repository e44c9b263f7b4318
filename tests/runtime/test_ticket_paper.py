"""What the ticket's paper says of the wait: what central knows, never a guess."""

from dataclasses import replace
from pathlib import Path

import pytest

from hardware.interfaces.ticket_printer import Feed, Paper, Rule, TextLine
from kiosk import locale
from kiosk.domain.queueing import TicketClass
from kiosk.domain.ticket import Ticket
from kiosk.runtime.ticket_paper import TicketContext, compose
from tests.kit.applicants import ticket

LANGUAGES = locale.load(Path(__file__).resolve().parents[2] / "locales")
AROUND = TicketContext("出入境接待大厅", ("普通护照",), "自助机 1")
FOUR_AHEAD = ticket()
ONE_AHEAD = replace(FOUR_AHEAD, ahead=1, estimate_min=None, windows=("3", "4"))
NOBODY_AHEAD = replace(FOUR_AHEAD, ahead=0, estimate_min=0)
CUT_OFF = replace(FOUR_AHEAD, ahead=None, estimate_min=None, windows=())


def paper_of(taken: Ticket, language: str = "zh_CN", *, copy: bool = False) -> Paper:
    return compose(taken, AROUND, LANGUAGES.speech(language), copy=copy)


def texts(paper: Paper) -> list[str]:
    return [one.text for one in paper.elements if isinstance(one, TextLine)]


def of_the_wait(paper: Paper) -> list[str]:
    """What stands between the services and the time at which the ticket was taken."""
    last_rule = max(i for i, one in enumerate(paper.elements) if isinstance(one, Rule))
    below = paper.elements[last_rule + 1 :]
    *wait, _taken_at = below[: below.index(Feed())]
    return [one.text for one in wait if isinstance(one, TextLine)]


@pytest.mark.parametrize(
    ("taken", "language", "lines"),
    [
        (FOUR_AHEAD, "zh_CN", ["前面还有 4 人", "预计等候约 12 分钟", "办理窗口：3"]),
        (FOUR_AHEAD, "zh_Hant", ["前面還有 4 人", "預計等候約 12 分鐘", "辦理窗口：3"]),
        (FOUR_AHEAD, "en", ["4 people ahead of you", "About 12 minutes to wait", "Window: 3"]),
        (ONE_AHEAD, "zh_CN", ["前面还有 1 人", "办理窗口：3、4"]),
        (ONE_AHEAD, "en", ["1 person ahead of you", "Windows: 3, 4"]),
        (NOBODY_AHEAD, "zh_CN", ["前面没有人，请马上到大厅等候", "办理窗口：3"]),
        (NOBODY_AHEAD, "en", ["Nobody is ahead of you", "Window: 3"]),
        (CUT_OFF, "zh_CN", ["请在大厅等候叫号"]),
        (CUT_OFF, "en", ["Please wait in the hall for your call"]),
    ],
)
def test_the_paper_tells_people_minutes_and_windows_as_far_as_known(
    taken: Ticket, language: str, lines: list[str]
) -> None:
    assert of_the_wait(paper_of(taken, language)) == lines


def test_the_number_and_who_goes_first_stand_large_above() -> None:
    paper = paper_of(replace(FOUR_AHEAD, ticket_class=TicketClass.BOOKED), copy=True)
    large = [one.text for one in paper.elements if isinstance(one, TextLine) and one.height > 1]
    assert large == ["A023"]
    assert texts(paper)[:5] == ["出入境接待大厅", "您的排队号", "A023", "补打", "预约"]
    assert not {"补打", "普通"} & set(texts(paper_of(FOUR_AHEAD)))
