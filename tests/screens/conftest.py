"""The window of the hall kiosk, for tests that ask for no other."""

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture
def stand() -> Iterator[Any]:
    from tests.screens.stand import Stand

    with Stand() as opened:
        yield opened


@pytest.fixture
def person(stand: Any) -> Any:
    """Somebody before the welcome screen."""
    from kiosk.flows.application import states
    from screens.person import Person
    from tests.screens import sample_views

    stand.show(sample_views.view(states.Welcome()))
    who = Person()
    who.frames(3)
    return who
