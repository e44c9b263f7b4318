"""A city with several halls that offer the same services under the same prefixes."""

from collections.abc import Sequence
from pathlib import Path

from kiosk.central.server.settings import EXAMPLE_CATALOGUE
from tests.kit.central import HALL


def catalogue_of(halls: Sequence[str], folder: Path) -> Path:
    """The example's hall once for each id, named after it.

    Args:
        halls: ids.
        folder: where the file is to be.
    """
    example = EXAMPLE_CATALOGUE.read_text(encoding="utf-8")
    name = "黄石市公安局出入境接待大厅"
    assert (example.count(HALL), example.count(name)) == (1, 1), "the example has one hall"
    parts = [example.replace(HALL, one).replace(name, name_of(one)) for one in halls]
    path = folder / "halls.toml"
    path.write_text("\n".join(parts), encoding="utf-8")
    return path


def name_of(hall_id: str) -> str:
    """What such a hall is called in Chinese."""
    return f"测试大厅{hall_id}"
