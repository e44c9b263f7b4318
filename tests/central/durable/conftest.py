"""The durable part of a machine before a central that does as it is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.durable_bed import DurableBed
from tests.kit.fake_central import FakeCentral
from tests.kit.fake_clock import FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def central(clock: FakeClock) -> FakeCentral:
    return FakeCentral(clock)


@pytest.fixture
def bed(tmp_path: Path, central: FakeCentral, clock: FakeClock) -> Iterator[DurableBed]:
    """A machine that has not spoken with central yet."""
    bed = DurableBed(tmp_path / "machine", central, clock)
    yield bed
    bed.stop()
