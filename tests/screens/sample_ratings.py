"""Sample pictures of a window's terminal, and of rating on any machine."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from PIL import Image, ImageDraw

from kiosk.central.server.ratings.rules import rating_policy
from kiosk.domain.notice_board import HallNotice, NoticeBoard
from kiosk.domain.rating import Level
from kiosk.domain.rating_question import LevelChoice, Question, Reason
from kiosk.domain.window_post import Clerk, WindowPost
from kiosk.flows.evaluator import states as terminal
from kiosk.flows.rating import states
from kiosk.flows.session import HelpPage, Language, LanguageChoice, Look, Session
from kiosk.runtime.view import MachineFacts, View
from tests.screens.sample_views import DAY, MACHINE

_OPTIONS = rating_policy(DAY).options
QUESTION = Question(
    "r-1",
    28.0,
    _OPTIONS.most_reasons,
    tuple(
        LevelChoice(
            one.level,
            one.may_be_called,
            tuple(Reason(reason.code, reason.names) for reason in one.reasons),
        )
        for one in _OPTIONS.levels
    ),
)
WHILE_AWAY = frozenset({"04_level", "05_reasons_bad", "06_phone_unfit", "09_lost"})
OVERLAYS = {"20_help": HelpPage("rating"), "21_languages": LanguageChoice()}


def photo() -> bytes:
    """A photo of nobody."""
    image = Image.new("RGB", (300, 400), (206, 221, 226))
    draw = ImageDraw.Draw(image)
    draw.ellipse((90, 70, 210, 210), fill=(226, 190, 160))
    draw.pieslice((30, 230, 270, 560), 180, 360, fill=(24, 53, 64))
    written = io.BytesIO()
    image.save(written, "JPEG")
    return written.getvalue()


NOTICES = (
    HallNotice(
        {
            "zh_CN": "元旦假期服务安排",
            "en": "New Year opening hours",
            "zh_Hant": "元旦假期服務安排",
        },
        {
            "zh_CN": "2027年1月1日至3日休息，1月4日起照常办理。"
            "急需出境的，请拨打 12367，随时有人接听并为您安排加急办理。",
            "en": "Closed from 1 to 3 January 2027, open as usual from 4 January. If you must "
            "travel at once, call 12367 at any hour and an urgent appointment will be arranged.",
            "zh_Hant": "2027年1月1日至3日休息，1月4日起照常辦理。"
            "急需出境的，請撥打 12367，隨時有人接聽並為您安排加急辦理。",
        },
    ),
    HallNotice({"zh_CN": "请勿委托他人代为排队取号。"}, {}),
)
CLERK = Clerk("4201", "欧阳晓云", 4, photo())
AT_WINDOW = replace(MACHINE, simulated=("voice",), machine_name="V1", post=WindowPost("3", CLERK))


def own_states() -> Iterator[tuple[str, object, MachineFacts]]:
    """What only a window's terminal shows."""
    unknown = replace(AT_WINDOW, post=WindowPost("3", replace(CLERK, photo=None, stars=0)))
    yield "01_resting", terminal.Resting(), AT_WINDOW
    yield "01_resting_no_photo", terminal.Resting(), unknown
    yield "01_resting_nobody", terminal.Resting(), replace(AT_WINDOW, post=WindowPost("3"))
    yield "01_resting_away", terminal.Resting(), replace(AT_WINDOW, central_away=True)
    board = NoticeBoard(NOTICES)
    yield "01_resting_notice", terminal.Resting(), replace(AT_WINDOW, notices=board)
    kept = NoticeBoard(NOTICES, MACHINE.now - timedelta(days=1))
    old = replace(AT_WINDOW, notices=kept, central_away=True)
    yield "01_resting_notice_away", terminal.Resting(), old
    yield "02_greeting", terminal.Greeting(), AT_WINDOW
    yield "03_paused", terminal.Paused(), AT_WINDOW
    yield "03_paused_ill", terminal.Paused(("service.storage",)), AT_WINDOW


def rating_states() -> Iterator[tuple[str, object]]:
    """What every machine that asks shows."""
    bad = Level.VERY_DISSATISFIED
    yield "04_level", states.ChoosingLevel(QUESTION)
    yield "05_reasons_good", states.ChoosingReasons(QUESTION, Level.SATISFIED, ("level_good",))
    yield "05_reasons_fair", states.ChoosingReasons(QUESTION, Level.FAIRLY_SATISFIED)
    yield "05_reasons_bad", states.ChoosingReasons(QUESTION, bad, ("efficiency", "other"))
    yield "06_phone_empty", states.LeavingPhone(QUESTION, bad, ())
    yield "06_phone", states.LeavingPhone(QUESTION, bad, (), "13800000001")
    yield "06_phone_unfit", states.LeavingPhone(QUESTION, bad, (), "1380000", unfit=True)
    yield "07_keeping", states.KeepingRating("r-1", called=False)
    yield "08_thanks", states.ThankingForRating(called=False)
    yield "08_thanks_called", states.ThankingForRating(called=True)
    yield "09_lost", states.RatingNotKept("r-1", called=False)


def views(language: Language, look: Look) -> Iterator[tuple[str, View]]:
    """Every picture of a window's terminal.

    Args:
        language: of the session.
        look: large type, high contrast.
    """
    for name, state, facts in own_states():
        yield name, View(state, Session(language, look), facts)
    away = replace(AT_WINDOW, central_away=True)
    for name, state in rating_states():
        yield name, View(state, Session(language, look), AT_WINDOW, time_left_s=24.0)
        if name in WHILE_AWAY:
            yield f"{name}_away", View(state, Session(language, look), away, time_left_s=24.0)
    for name, overlay in OVERLAYS.items():
        session = Session(language, look, overlay)
        yield name, View(states.ChoosingLevel(QUESTION), session, AT_WINDOW, time_left_s=24.0)
