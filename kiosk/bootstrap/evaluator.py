"""The terminal of a window: no device but perhaps a voice."""

from kiosk.bootstrap.ground import Ground
from kiosk.bootstrap.notices import HallNotices
from kiosk.bootstrap.rating import Ratings
from kiosk.central.courier import Courier
from kiosk.central.event_stream import EventStream, Wanted
from kiosk.central.terminal_ear import KINDS, TerminalEar, Wakes
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
        stream: wakes it.
    """

    def __init__(self, courier: Courier, stream: EventStream) -> None:
        self._courier = courier
        self._stream = stream

    @property
    def open_ends(self) -> tuple[str, ...]:
        """Nothing is ever open."""
        return ()

    def before_devices(self) -> None:
        """Nothing to find out."""

    def with_devices(self) -> None:
        """Begin to look and to listen."""
        self._courier.start()
        self._stream.start()

    def close(self) -> None:
        """Listen and look no more."""
        self._stream.close()
        self._courier.close()


def compose(ground: Ground) -> Machine:
    """A window's terminal on its ground."""
    ratings = Ratings(ground)
    # Its own thread: an outbox that waits for a slow central must not keep a question waiting.
    watching = Courier(ground.clock, ground.service_failed)
    ear = TerminalEar(ground.config.place.window, Wakes(watching.wake, HallNotices(ground).read))
    terminal = _terminal(ground, ratings, ear)
    ground.later.post = lambda: terminal.post
    watching.add(terminal.look)

    def look_again() -> None:
        terminal.again()
        watching.wake()

    performers = Performers([TerminalTask(look_again), *ratings.performers()])
    wanted = Wanted(ground.config.machine.hall_id, KINDS)
    stream = EventStream(ground.client.transport, wanted, ear)
    return ground.machine(EVALUATOR_ERRAND, performers, Watching(watching, stream))


def _terminal(ground: Ground, ratings: Ratings, ear: TerminalEar) -> WindowTerminal:
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
            hears=lambda: ear.hears,
        ),
    )
