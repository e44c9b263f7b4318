"""A hall with its staff, and its supervisor at a browser.

One engine is enough for pages; the rows behind them are tested on both.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.central import RunningCentral
from tests.kit.pages import Browser, signed_in, staffed


@pytest.fixture
def central(tmp_path: Path) -> Iterator[RunningCentral]:
    with RunningCentral(str(tmp_path / "central.db")) as server:
        staffed(server)
        yield server


@pytest.fixture
def supervisor(central: RunningCentral) -> Iterator[Browser]:
    with signed_in(central, "supervisor", "en") as one:
        yield one
