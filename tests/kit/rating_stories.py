"""Beginnings of stories about rating, at a window's terminal."""

from kiosk.domain.rating import Level
from kiosk.domain.rating_question import LevelChoice, Question, Reason
from kiosk.flows.conductor import Conductor
from kiosk.flows.evaluator.events import Stand, WindowSeen
from kiosk.flows.evaluator.table import EVALUATOR_ERRAND
from kiosk.flows.rating.events import LevelChosen
from tests.kit.flow_script import FlowScript


def question(request_id: str = "r-1", left_s: float = 30.0) -> Question:
    """A question with two reasons per level; bad levels may be called back."""
    return Question(
        request_id,
        left_s,
        most_reasons=2,
        choices=tuple(
            LevelChoice(
                level,
                level.is_bad,
                tuple(
                    Reason(code, {"zh_CN": name, "en": code})
                    for code, name in (
                        ("efficiency", "效率"),
                        ("attitude", "态度"),
                        ("other", "其他"),
                    )
                ),
            )
            for level in Level
        ),
    )


def asking(request_id: str = "r-1", left_s: float = 30.0) -> WindowSeen:
    """Central asks."""
    return WindowSeen(Stand.ASKING, question(request_id, left_s))


def at_rest() -> FlowScript:
    """A terminal whose window is open and empty."""
    return FlowScript(Conductor(EVALUATOR_ERRAND.flow, EVALUATOR_ERRAND.conduct))


def asked() -> FlowScript:
    """A citizen before five faces."""
    return at_rest().do(asking())


def answering(level: Level = Level.DISSATISFIED) -> FlowScript:
    """A citizen who has touched a face."""
    return asked().do(LevelChosen(level))
