"""The tours, one for each role."""

import importlib
from collections.abc import Callable, Mapping
from pathlib import Path

from kiosk.flows.session import Session
from screens.app import WindowParts
from screens.tours.tour import Played, Tour, World

_TOURS: Mapping[str, str] = {
    "evaluator": "evaluator.EvaluatorTour",
    "kiosk": "hall_kiosk.HallKioskTour",
    "endorsement": "endorsement.EndorsementTour",
}
"""By role, as `module.Class` in this package."""


def play(
    parts: WindowParts, world: World, folder: Path, reader: Session, begin: Callable[[], object]
) -> Played:
    """Play the tour.

    Args:
        parts: of the machine's window.
        world: devices and central.
        folder: for the pictures; pictures of an earlier tour in it are removed.
        reader: language and look that the citizen chooses.
        begin: starts the machine.

    Returns:
        The pictures, and what is in none of them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    module, name = _TOURS[parts.role].split(".")
    tour: type[Tour] = getattr(importlib.import_module(f"screens.tours.{module}"), name)
    return tour(parts, world, folder, reader).play(begin)
