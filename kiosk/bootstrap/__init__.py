"""The composition root: a configuration becomes a machine."""

import importlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from kiosk.clock import Clock, SystemClock
from kiosk.config import Config
from kiosk.locale import Languages

if TYPE_CHECKING:
    # A window opens before any of the machine is read; `opening` is the part it needs.
    from kiosk.runtime.machine import Machine

__all__ = ["build"]

_COMPOSERS: Mapping[str, str] = {
    "endorsement": "kiosk.bootstrap.endorsement",
    "evaluator": "kiosk.bootstrap.evaluator",
    "kiosk": "kiosk.bootstrap.hall_kiosk",
}
"""The module that makes a machine of each role; read only for the role that starts."""


def build(
    config: Config, clock: Clock | None = None, languages: Languages | None = None
) -> "Machine":
    """Put a machine together; it runs while its `with` block does.

    Args:
        config: checked.
        clock: tests pass their own.
        languages: where a window has read them already.

    Returns:
        The machine, not started; simulators already answer.

    Raises:
        DevicesError: the device tables are wrong; lists every mistake.
        StorageError: the machine's records or its key cannot be used.
    """
    from kiosk.bootstrap.ground import Ground  # noqa: PLC0415 - slow to import

    compose: Callable[[Ground], Machine] = importlib.import_module(
        _COMPOSERS[config.machine.role]
    ).compose
    return compose(Ground(config, clock or SystemClock(), languages))
