"""A hall's catalogue is checked when central starts, before anybody gets a number from it."""

from pathlib import Path

import pytest

from kiosk.central.server import catalogue
from kiosk.central.server.settings import EXAMPLE_CATALOGUE
from tests.kit.central import HALL


def test_two_services_of_a_hall_cannot_share_a_prefix(tmp_path: Path) -> None:
    """Their numbers would be one another's."""
    shared = tmp_path / "catalogue.toml"
    text = EXAMPLE_CATALOGUE.read_text(encoding="utf-8")
    shared.write_text(text.replace('prefix = "B"', 'prefix = "A"'), encoding="utf-8")
    with pytest.raises(ValueError, match=f"hall {HALL}: two services share a prefix"):
        catalogue.load(shared)
