"""What the server must be told."""

from dataclasses import dataclass, field
from pathlib import Path

EXAMPLE_CATALOGUE = Path(__file__).with_name("catalogue.toml")
EXAMPLE_EXPORT = Path(__file__).with_name("overview") / "export.toml"


@dataclass(frozen=True, slots=True)
class CentralSettings:
    """Settings of one server.

    Args:
        database: path of an SQLite file, or a `postgresql://` URL.
        field_key: 32 bytes that seal personal data at rest.
        catalogue: TOML file of halls and services; the example that comes along by default.
        stand_ins: whether a payment gateway and a face service for demos stand in for real ones.
        permits: JSON file of permits to put on file at the start; None for none.
        export_mapping: TOML file with the columns of the export of ratings.
        recordings: folder of recorded parts of calls; None where the hall has none.
        any_machine: whether everybody is believed to be the machine they say; for tests only.
        demo_code: a code that lets every machine of a demonstration in; empty for none.
        keep_keys_days: how long the answers to idempotency keys are kept.
    """

    database: str
    field_key: bytes = field(repr=False)
    catalogue: Path = EXAMPLE_CATALOGUE
    stand_ins: bool = False
    permits: Path | None = None
    export_mapping: Path = EXAMPLE_EXPORT
    recordings: Path | None = None
    any_machine: bool = False
    demo_code: str = field(default="", repr=False)
    keep_keys_days: int = 90
