"""The terminal's own screens."""

from collections.abc import Mapping
from typing import Any

from kiosk.flows.evaluator import states
from screens.gallery import Pictures

SCREENS: Mapping[type[Any], str] = {
    states.Resting: "resting.TerminalRestingScreen",
    states.Greeting: "greeting.GreetingScreen",
    states.Paused: "paused.PausedScreen",
}

PICTURES = Pictures("screens.evaluator", SCREENS)
