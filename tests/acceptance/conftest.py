"""One central for all visits, a fresh machine for each."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.kit.hall import Hall
from tests.kit.visitor import Visitor, visitor_at


@pytest.fixture(scope="session")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    opened = Hall(tmp_path_factory.mktemp("hall"))
    yield opened
    opened.close()


@pytest.fixture
def visitor(hall: Hall, tmp_path: Path) -> Iterator[Visitor]:
    with visitor_at(tmp_path / "machine", hall.url, f"K{uuid4().hex[:8]}") as someone:
        yield someone
