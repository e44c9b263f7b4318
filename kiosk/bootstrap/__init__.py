"""The composition root: a configuration becomes a machine."""

import importlib
from collections.abc import Callable, Mapping

from kiosk.bootstrap.ground import Ground, new_visit_id
from kiosk.clock import Clock, SystemClock
from kiosk.config import Config
from kiosk.runtime.machine import Machine

__all__ = ["build", "new_visit_id"]

_COMPOSERS: Mapping[str, str] = {
    "endorsement": "kiosk.bootstrap.endorsement",
    "evaluator": "kiosk.bootstrap.evaluator",
    "kiosk": "kiosk.bootstrap.hall_kiosk",
}
"""The module that makes a machine of each role; read only for the role that starts."""


def build(config: Config, clock: Clock | None = None) -> Machine:
    """Put a machine together; it runs while its `with` block does.

    Args:
        config: checked.
        clock: tests pass their own.

    Returns:
        The machine, not started; simulators already answer.

    Raises:
        DevicesError: the device tables are wrong; lists every mistake.
        StorageError: the machine's records or its key cannot be used.
    """
    compose: Callable[[Ground], Machine] = importlib.import_module(
        _COMPOSERS[config.machine.role]
    ).compose
    return compose(Ground(config, clock or SystemClock()))
