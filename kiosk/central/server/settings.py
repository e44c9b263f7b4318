"""What the server must be told."""

from dataclasses import dataclass, field
from pathlib import Path

EXAMPLE_CATALOGUE = Path(__file__).with_name("catalogue.toml")


@dataclass(frozen=True, slots=True)
class CentralSettings:
    """Settings of one server.

    Args:
        database: path of an SQLite file, or a `postgresql://` URL.
        field_key: 32 bytes that seal personal data at rest.
        catalogue: TOML file of halls and services; the example that comes along by default.
        keep_keys_days: how long the answers to idempotency keys are kept.
    """

    database: str
    field_key: bytes = field(repr=False)
    catalogue: Path = EXAMPLE_CATALOGUE
    keep_keys_days: int = 90
