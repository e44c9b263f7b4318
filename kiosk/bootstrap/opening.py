"""The window first: what it shows is light, and the machine is put together behind it."""

import importlib
import threading
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

from kiosk import locale
from kiosk.clock import Clock, SystemClock
from kiosk.config import Config
from kiosk.roles import ROLES
from kiosk.runtime.opening import Opening
from kiosk.runtime.view import MachineFacts

LOCALES = Path(__file__).resolve().parents[2] / "locales"
_HOMES: Mapping[str, tuple[str, str]] = {
    "endorsement": ("kiosk.flows.endorsement.states.Resting", "endorsement"),
    "evaluator": ("kiosk.flows.evaluator.states.Resting", "evaluator"),
    "kiosk": ("kiosk.flows.application.states.Welcome", "welcome"),
}
"""The state in which the machine of a role begins, and its help; the tables say the same."""


def opening(config: Config, clock: Clock | None = None) -> Opening:
    """What a window shows while its machine is being put together.

    Args:
        config: checked.
        clock: tests pass their own.
    """
    name, help_topic = _HOMES[config.machine.role]
    module, state = name.rsplit(".", 1)
    home = getattr(importlib.import_module(module), state)()
    now = (clock or SystemClock()).now().replace(second=0, microsecond=0)
    own = ROLES[config.machine.role].devices
    facts = MachineFacts(
        hall_names={},
        opening_hours="",
        today=now.date(),
        now=now,
        simulated=tuple(
            name for name, table in config.devices.items() if name in own and table.get("simulated")
        ),
        machine_name=config.machine.machine_id,
    )
    languages = locale.load(LOCALES)
    return Opening(config.machine.role, config.screen, languages, home, help_topic, facts)


class Behind:
    """Brings a machine up on a thread of its own, while its window stands already.

    Args:
        bring_up: enters everything that runs, in order.
        failed: called on that thread when it raises; the window then has to close.
    """

    def __init__(self, bring_up: Callable[[ExitStack], None], failed: Callable[[], object]) -> None:
        self._bring_up = bring_up
        self._failed = failed
        self._running = ExitStack()
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="opening", daemon=True)

    def start(self) -> None:
        """Begin; returns at once."""
        self._thread.start()

    def close(self) -> None:
        """End what runs, once all of it stands.

        Raises:
            BaseException: what bringing it up raised.
        """
        if self._thread.ident is not None:
            self._thread.join()
        self._running.close()
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        try:
            self._bring_up(self._running)
        except BaseException as error:  # noqa: BLE001 - raised again where the program waits
            self._error = error
            self._failed()
