"""The screens of the errand "closed"."""

from collections.abc import Mapping
from typing import Any

from kiosk.flows.closed import states
from screens.gallery import Pictures

SCREENS: Mapping[type[Any], str] = {states.ErrandClosed: "errand_closed.ErrandClosedScreen"}
"""Every state of the errand and, as `module.Class` in screens.closed, its screen."""
PICTURES = Pictures("screens.closed", SCREENS)
