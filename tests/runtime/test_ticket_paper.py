"""What the ticket's paper says: all that is known, never a guess, in one printer's buffer."""

from dataclasses import replace
from pathlib import Path

import pytest

from hardware.codecs.escpos import Dots, encode
from hardware.interfaces.ticket_printer import Feed, Paper, QrCode, Rule, TextLine
from kiosk import locale
from kiosk.central.contract import Catalogue
from kiosk.central.server import catalogue
from kiosk.domain.queueing import TicketClass
from kiosk.domain.ticket import Ticket
from kiosk.runtime.ticket_paper import TicketComposer, TicketContext, compose
from tests.kit.applicants import ticket
from tests.kit.fake_clock import MORNING

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = locale.load(ROOT / "locales")
AROUND = TicketContext("出入境接待大厅", ("普通护照",), "自助机 1")
FOUR_AHEAD = ticket()
ONE_AHEAD = replace(FOUR_AHEAD, ahead=1, estimate_min=None, windows=("3", "4"))
NOBODY_AHEAD = replace(FOUR_AHEAD, ahead=0, estimate_min=0)
CUT_OFF = replace(FOUR_AHEAD, ahead=None, estimate_min=None, windows=())

OFFER = catalogue.load(ROOT / "kiosk" / "central" / "server" / "catalogue.toml").of("hs-1")
OFFERED = Catalogue(
    version="1",
    hall=OFFER.hall,
    services=OFFER.services,
    server_time=MORNING,
    business_day=MORNING.date(),
)
MOST_BYTES = 2048
"""What the README promises of a ticket on the wire."""
PRINTABLE_DOTS = 576
FULLEST = Ticket(
    ticket_id="3f" * 16,
    number="A023",
    day=MORNING.date(),
    issued_at=MORNING,
    services=tuple(one.service_id for one in OFFER.services),
    windows=("1", "2", "3", "4", "5", "6"),
    ahead=123,
    estimate_min=240,
    ticket_class=TicketClass.PRIORITY,
)
SAID = {
    "zh_CN": """黄石市公安局出入境接待大厅
您的排队号
A023
补打
优先
· 普通护照
· 往来港澳通行证
· 往来台湾通行证
· 咨询
· 领取证件
· 外国人签证、居留
前面还有 123 人
预计等候约 240 分钟
办理窗口：1、2、3、4、5、6
取号时间：2026年11月24日 09:30
到窗口时请出示此码
请留意叫号，过号请到咨询台
K01""",
    "en": """Huangshi Exit-Entry Hall
Your number
A023
Reprint
Priority
· Passport
· Hong Kong and Macao permit
· Taiwan permit
· Enquiry
· Collect a document
· Visas and residence for foreigners
123 people ahead of you
About 240 minutes to wait
Windows: 1, 2, 3, 4, 5, 6
Taken: 24 November 2026 09:30
Show this code at the window
Watch for your number; if missed, ask the desk
K01""",
    "zh_Hant": """黃石市公安局出入境接待大廳
您的號碼
A023
補印
優先
· 普通護照
· 往來港澳通行證
· 往來臺灣通行證
· 諮詢
· 領取證件
· 外國人簽證、居留
前面還有 123 人
預計等候約 240 分鐘
辦理窗口：1、2、3、4、5、6
取號時間：2026年11月24日 09:30
到窗口時請出示此碼
請留意叫號，過號請到諮詢台
K01""",
}


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


def named(language: str, offered: Catalogue | None = OFFERED) -> Paper:
    return TicketComposer(LANGUAGES, lambda: offered, "K01")(FULLEST, language, copy=True)


def never_drawn(line: TextLine) -> Dots:
    raise AssertionError(f"drawn as dots: {line.text}")


@pytest.mark.parametrize("language", SAID)
def test_the_fullest_ticket_says_every_line_in_its_language(language: str) -> None:
    assert "\n".join(texts(named(language))) == SAID[language]


@pytest.mark.parametrize("language", SAID)
def test_the_fullest_ticket_is_two_kilobytes_of_text_at_most(language: str) -> None:
    sent = b"".join(encode(named(language), PRINTABLE_DOTS, never_drawn))
    assert len(sent) <= MOST_BYTES


def test_the_code_holds_the_tickets_id_and_nothing_of_the_citizen() -> None:
    (code,) = (one for one in named("en").elements if isinstance(one, QrCode))
    assert code.data == f"T1:{FULLEST.ticket_id}"


def test_the_number_is_at_least_twice_as_large_as_all_else() -> None:
    lines = [one for one in named("en").elements if isinstance(one, TextLine)]
    (number,) = (one for one in lines if one.text == FULLEST.number)
    others = [max(one.width, one.height) for one in lines if one is not number]
    assert min(number.width, number.height) >= 2 * max(others)


def test_a_machine_that_never_heard_central_prints_the_number_all_the_same() -> None:
    said = texts(named("en", offered=None))
    assert "A023" in said
    assert not [line for line in said if line.startswith("·")]
