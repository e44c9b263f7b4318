"""The cabinet around a machine: lamps follow its flow, doors and key are watched."""

from collections.abc import Mapping
from typing import Any

from hardware.interfaces.panel_io import Lamp, LampState
from kiosk.bootstrap.ground import Ground
from kiosk.runtime.maintenance.panel_lamps import PANEL, PanelLamps
from kiosk.runtime.maintenance.panel_watch import PanelSays, PanelWatch


def with_panel(
    ground: Ground,
    lamps: Mapping[type[Any], Mapping[Lamp, LampState]],
    *,
    home: object,
    closed: tuple[type[Any], ...],
    entries: tuple[type[Any], ...],
) -> None:
    """Connect the panel, where the machine has one.

    Args:
        ground: of the machine.
        lamps: by type of state.
        home: where the flow begins.
        closed: types of the states in which nobody is served.
        entries: types of the states from which staff may enter.
    """
    if PANEL not in ground.equipment.devices:
        return
    shown = PanelLamps(ground.manager, lamps, closed, home)
    says = PanelSays(
        record=ground.recorder.said,
        call_staff=lambda reason, subject: ground.services.run(
            lambda: ground.side.desk.call_staff(reason, subject)
        ),
        report=ground.later.report,
        changed=ground.later.look,
    )
    watch = PanelWatch(ground.manager, ground.clock, says, entries)

    def there() -> None:
        watch.begin()
        shown.again()

    ground.recorder.follow(shown.moved)
    ground.recorder.follow(watch.moved)
    ground.stops.append(lambda: watch.reasons)
    ground.hears[PANEL] = there
    ground.closes("panel", watch.close)
