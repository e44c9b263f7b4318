"""Draws every picture of a window's terminal in a lying window; a process of its own.

`python -m tests.screens.terminal_window LANGUAGE LOOK [FOLDER]` prints one mistake per line, and
leaves pictures in the folder if one is named.
"""

import itertools
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kiosk.config import ScreenConfig
from kiosk.flows.evaluator.table import EVALUATOR_ERRAND
from kiosk.flows.session import Language, Look
from tests.screens import sample_ratings
from tests.screens.stand import Stand, StandParts

OWN_SENTENCES = 4
SCREEN = ScreenConfig(width_px=1280, height_px=800, panel_width_mm=331.0)
LOOKS = {
    "normal": Look(),
    "large": Look(large_type=True),
    "contrast": Look(high_contrast=True),
    "large-contrast": Look(large_type=True, high_contrast=True),
}


def main(language: str, look: str, folder: str = "") -> int:
    """Draw everything; 1 when something is wrong."""
    from screens.person import Person
    from tests.screens import measuring

    person = Person()
    wrong: list[str] = []
    with Stand(StandParts("evaluator", SCREEN, offers=EVALUATOR_ERRAND.offers)) as stand:
        for name, view in sample_ratings.views(Language(language), LOOKS[look]):
            stand.show(view)
            person.frames(4)
            for part, lost in _parts(person):
                seen = list(person.widgets())
                worn = stand.app.navigator.look
                wrong += [f"{name}: {one}" for one in measuring.mistakes(seen, worn, person.size())]
                wrong += [f"{name}: nowhere told: {one}" for one in lost]
                if name not in sample_ratings.OVERLAYS and person.find(name="scroll_down"):
                    wrong.append(f"{name}: has to be scrolled")
                if folder:
                    person.shot(Path(folder) / f"{name}{part}.png")
        wrong += [f"an error was logged ({stand.app.failures_seen})"] * stand.app.failures_seen
        speech = stand.parts.languages.speech(language)
        wrong += [f"no message {key}" for key in sorted(speech.missing)]
    sys.stdout.write("\n".join(wrong))
    return int(bool(wrong))


def _parts(person: Any) -> Iterator[tuple[str, list[str]]]:
    """A picture, and one more each time its notices turn; what of them was never told."""
    from screens.widgets.notice_roll import NoticeRoll

    rolls = [one for one in person.widgets() if isinstance(one, NoticeRoll)]
    if not rolls or len(rolls[0].notices) <= OWN_SENTENCES:
        yield "", []
        return
    (roll,) = rolls
    untold = [line for one in roll.notices for part in roll.parts(one) for line in part.split("\n")]
    first = (roll.heading, roll.lines)
    for number in itertools.count(1):
        for line in roll.lines.split("\n"):
            if line in untold:
                untold.remove(line)
        roll.turn()
        person.frames(2)
        came_round = (roll.heading, roll.lines) == first
        yield f"_{number}", untold if came_round else []
        if came_round:
            return


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
