"""The composition root: a configuration becomes a machine."""

from collections.abc import Callable, Mapping

from kiosk.bootstrap import hall_kiosk
from kiosk.bootstrap.ground import Ground, new_visit_id
from kiosk.clock import Clock, SystemClock
from kiosk.config import Config
from kiosk.runtime.machine import Machine

__all__ = ["build", "new_visit_id"]

_COMPOSERS: Mapping[str, Callable[[Ground], Machine]] = {
    "kiosk": hall_kiosk.compose,
}
"""What makes a machine of each role."""


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
    return _COMPOSERS[config.machine.role](Ground(config, clock or SystemClock()))
