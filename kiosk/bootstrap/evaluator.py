"""The terminal of a window: no device but perhaps a voice."""

from kiosk.bootstrap.ground import Ground
from kiosk.bootstrap.rating import Ratings
from kiosk.central.courier import Courier
from kiosk.central.window_terminal import (
    Standing,
    TerminalParts,
    WindowNow,
    WindowTerminal,
    kept_secret,
)
from kiosk.flows.evaluator.table import EVALUATOR_ERRAND
from kiosk.runtime.machine import Machine
from kiosk.runtime.performers import Performers
from kiosk.runtime.terminal_task import TerminalTask, seen


class Watching:
    """Looks at the window while the terminal runs; there is nothing to recover.

    The outbox holds every answer, and questions are central's.

    Args:
        courier: looks.
    """

    def __init__(self, courier: Courier) -> None:
        self._courier = courier

    @property
    def open_ends(self) -> tuple[str, ...]:
        """Nothing is ever open."""
        return ()

    def before_devices(self) -> None:
        """Nothing to find out."""

    def with_devices(self) -> None:
        """Begin to look."""
        self._courier.start()

    def close(self) -> None:
        """Look no more."""
        self._courier.close()


def compose(ground: Ground) -> Machine:
    """A window's terminal on its ground."""
    ratings = Ratings(ground)
    # Its own thread: an outbox that waits for a slow central must not keep a question waiting.
    watching = Courier(ground.clock, ground.service_failed)
    terminal = _terminal(ground, ratings)
    ground.later.post = lambda: terminal.post
    watching.add(terminal.look)

    def look_again() -> None:
        terminal.again()
        watching.wake()

    performers = Performers([TerminalTask(look_again), *ratings.performers()])
    return ground.machine(EVALUATOR_ERRAND, performers, Watching(watching))


def _terminal(ground: Ground, ratings: Ratings) -> WindowTerminal:
    machine = ground.config.machine

    def tell(now: WindowNow) -> None:
        ground.later.report(seen(now))

    return WindowTerminal(
        Standing(machine.machine_id, machine.hall_id, ground.config.place.window),
        TerminalParts(
            client=ratings.client,
            book=ratings.book,
            link=ground.side.link,
            secret=kept_secret(ground.storage, ground.cipher),
            new_key=ground.side.outbox.new_key,
            tell=tell,
            changed=ground.later.look,
        ),
    )
