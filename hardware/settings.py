"""Device tables of the configuration, read once; every mistake is reported at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hardware.errors import SettingsError

OptionValue = str | int | float | bool
Options = Mapping[str, OptionValue]

OPEN_DEADLINE_S = 5.0
STATUS_DEADLINE_S = 5.0
STATUS_INTERVAL_S = 5.0
_LONGEST_S = 600.0
_OWN_KEYS = frozenset(
    {"kind", "driver", "simulated", "open_deadline_s", "status_deadline_s", "status_interval_s"}
)


@dataclass(frozen=True, slots=True)
class DeviceSettings:
    """One `[devices.<name>]` table.

    Args:
        name: of the device, for example `id_card_reader`.
        kind: what it is, for example `ticket_printer`.
        driver: how it is spoken to, for example `escpos`.
        simulated: whether a simulator stands at the other end of the wire.
        options: everything else; the driver knows what it means.
        open_deadline_s: longest time to open it.
        status_deadline_s: longest time to ask how it is.
        status_interval_s: between two such questions while it is idle.
    """

    name: str
    kind: str
    driver: str
    simulated: bool = False
    options: Options = field(default_factory=dict)
    open_deadline_s: float = OPEN_DEADLINE_S
    status_deadline_s: float = STATUS_DEADLINE_S
    status_interval_s: float = STATUS_INTERVAL_S


class OptionReader:
    """Reads a table key by key and remembers what is wrong.

    Args:
        path: of the table in the configuration, for example `devices.id_card_reader`.
        table: its keys and values.
    """

    def __init__(self, path: str, table: Mapping[str, Any]) -> None:
        self._path = path
        self._table = table
        self._read: set[str] = set()
        self.mistakes: list[str] = []

    def text(self, key: str, default: str | None = None) -> str:
        """A text that is not empty; required when there is no default."""
        value = self._take(key, default)
        if isinstance(value, str) and value:
            return value
        self._wrong(key, value, "a text that is not empty")
        return ""

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self._take(key, default)
        if isinstance(value, bool):
            return value
        self._wrong(key, value, "true or false")
        return default

    def number(self, key: str, default: float, least: float, most: float) -> float:
        """A number within limits."""
        value = self._take(key, default)
        if (
            isinstance(value, int | float)
            and not isinstance(value, bool)
            and least <= value <= most
        ):
            return float(value)
        self._wrong(key, value, f"a number from {least:g} to {most:g}")
        return default

    def one_of(self, key: str, default: int, choices: Sequence[int]) -> int:
        """One of a few whole numbers."""
        value = self._take(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and value in choices:
            return value
        self._wrong(key, value, f"one of {', '.join(str(one) for one in choices)}")
        return default

    def reject(self, key: str, why: str) -> None:
        """Say that a value, though of the right kind, cannot be used."""
        self.mistakes.append(f"{self._path}.{key}: {why}")

    def end(self) -> None:
        """Say that every key has been asked for.

        Raises:
            SettingsError: something was wrong, or a key is not known.
        """
        for key in self._table:
            if key not in self._read:
                self.mistakes.append(f"{self._path}.{key}: unknown key")
        if self.mistakes:
            raise SettingsError(self.mistakes)

    def _take(self, key: str, default: OptionValue | None) -> Any:
        self._read.add(key)
        return self._table.get(key, default)

    def _wrong(self, key: str, value: Any, wanted: str) -> None:
        found = "missing" if value is None else repr(value)
        self.mistakes.append(f"{self._path}.{key}: {found}, must be {wanted}")


def parse(tables: Mapping[str, Mapping[str, Any]]) -> tuple[DeviceSettings, ...]:
    """Read the `[devices.<name>]` tables of a configuration.

    Args:
        tables: by device name, as TOML gives them.

    Raises:
        SettingsError: lists every mistake of every table with its key path.
    """
    mistakes: list[str] = []
    devices = []
    for name, table in tables.items():
        reader = OptionReader(f"devices.{name}", table)
        devices.append(_device(name, table, reader))
        mistakes += reader.mistakes
    if mistakes:
        raise SettingsError(mistakes)
    return tuple(devices)


def _device(name: str, table: Mapping[str, Any], reader: OptionReader) -> DeviceSettings:
    options = {key: value for key, value in table.items() if key not in _OWN_KEYS}
    for key, value in options.items():
        if not isinstance(value, str | int | float | bool):
            reader.mistakes.append(f"devices.{name}.{key}: must be a text, a number or true/false")
    return DeviceSettings(
        name=name,
        kind=reader.text("kind"),
        driver=reader.text("driver"),
        simulated=reader.flag("simulated", default=False),
        options=options,
        open_deadline_s=reader.number("open_deadline_s", OPEN_DEADLINE_S, 0.01, _LONGEST_S),
        status_deadline_s=reader.number("status_deadline_s", STATUS_DEADLINE_S, 0.01, _LONGEST_S),
        status_interval_s=reader.number("status_interval_s", STATUS_INTERVAL_S, 0.01, _LONGEST_S),
    )
