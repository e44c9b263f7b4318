"""The configuration file, read once into frozen models; every mistake is reported at once."""

import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from kiosk.errors import ConfigError
from kiosk.roles import ROLES

Seconds = Annotated[float, Field(gt=0, le=600)]
Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$")]


def _known_role(name: str) -> str:
    if name not in ROLES:
        msg = f"no role {name!r}; known are {', '.join(ROLES)}"
        raise ValueError(msg)
    return name


class Section(BaseModel):
    """Frozen; an unknown key is a mistake, most often a misspelt one."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class MachineConfig(Section):
    """Which machine this is."""

    machine_id: Name
    hall_id: Name
    role: Annotated[str, AfterValidator(_known_role)] = "kiosk"
    data_folder: Path = Path("var/machine")
    device_key: str = ""
    language: Literal["zh_CN", "en", "zh_Hant"] = "zh_CN"


class ScreenConfig(Section):
    """The window and the panel it fills."""

    width_px: Annotated[int, Field(ge=320, le=7680)] = 1080
    height_px: Annotated[int, Field(ge=320, le=7680)] = 1920
    panel_width_mm: Annotated[float, Field(gt=50, le=2000)] = 336.0
    fullscreen: bool = False


class CentralConfig(Section):
    """Where central is and how long to wait for it."""

    url: Annotated[str, Field(pattern=r"^https?://[^\s/]+$")] = "http://127.0.0.1:8600"
    authority: str = ""
    connect_timeout_s: Seconds = 2.0
    read_timeout_s: Seconds = 5.0
    citizen_deadline_s: Seconds = 8.0
    heartbeat_s: Seconds = 10.0
    lease_count: Annotated[int, Field(ge=1, le=50)] = 20


class TicketsConfig(Section):
    """What becomes of tickets after a restart."""

    reprint_within_min: Annotated[int, Field(ge=0, le=240)] = 10


class PlaceConfig(Section):
    """Where in the hall the machine stands."""

    window: Annotated[str, Field(pattern=r"^([A-Za-z0-9]{1,8})?$")] = ""


class BenchConfig(Section):
    """The simulator bench."""

    enabled: bool = True
    port: Annotated[int, Field(ge=0, le=65535)] = 8610


class Config(Section):
    """The whole file.

    `devices` stays a plain table: each driver knows its own options, and
    `hardware.settings` reads them with the same care.
    """

    mode: Literal["demo", "production"] = "production"
    machine: MachineConfig
    screen: ScreenConfig = ScreenConfig()
    central: CentralConfig = CentralConfig()
    tickets: TicketsConfig = TicketsConfig()
    place: PlaceConfig = PlaceConfig()
    bench: BenchConfig = BenchConfig(enabled=False)
    devices: dict[str, dict[str, Any]] = Field(default_factory=dict)

    @property
    def demo(self) -> bool:
        """Whether simulated devices are allowed."""
        return self.mode == "demo"


def load(path: Path, role: str | None = None) -> Config:
    """Read a configuration file.

    Args:
        path: of a TOML file; relative folders in it count from the file's own folder.
        role: what the machine shall be; None for what the file says.

    Returns:
        The configuration with absolute paths.

    Raises:
        ConfigError: the file cannot be read or says something wrong; lists every mistake.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError([f"{path}: {error.strerror}"]) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError([f"{path}: {error}"]) from error
    return parse(table, path.resolve().parent, role)


def parse(table: dict[str, Any], folder: Path, role: str | None = None) -> Config:
    """Check a configuration that is already a table.

    `[roles.<role>.<section>]` says what a role has otherwise than the file's sections.

    Args:
        table: as TOML gives it.
        folder: relative folders count from here.
        role: what the machine shall be; None for what the table says.

    Raises:
        ConfigError: lists every mistake with its key path.
    """
    try:
        config = Config.model_validate(_of_role(table, role))
    except ValidationError as error:
        raise ConfigError(
            [f"{'.'.join(str(part) for part in e['loc'])}: {e['msg']}" for e in error.errors()]
        ) from error
    mistakes = _contradictions(config)
    if mistakes:
        raise ConfigError(mistakes)
    data_folder = (folder / config.machine.data_folder).resolve()
    machine = config.machine.model_copy(update={"data_folder": data_folder})
    named = config.central.authority
    authority = str((folder / named).resolve()) if named else ""
    central = config.central.model_copy(update={"authority": authority})
    return config.model_copy(update={"machine": machine, "central": central})


def _of_role(table: dict[str, Any], role: str | None) -> dict[str, Any]:
    machine = table.get("machine")
    named = machine.get("role", "kiosk") if isinstance(machine, dict) else "kiosk"
    wanted = role or named
    every = table.get("roles", {})
    own = every.get(wanted, {}) if isinstance(every, dict) else {}
    merged = {key: value for key, value in table.items() if key != "roles"}
    for section, keys in own.items():
        merged[section] = {**merged.get(section, {}), **keys}
    if isinstance(merged.get("machine"), dict):
        merged["machine"] = {**merged["machine"], "role": wanted}
    return merged


def _contradictions(config: Config) -> list[str]:
    mistakes = []
    if config.bench.enabled and not config.demo:
        mistakes.append('bench.enabled: the simulator bench needs mode = "demo"')
    if config.machine.role == "evaluator" and not config.place.window:
        mistakes.append("place.window: a window's terminal needs to know its window")
    if not config.devices:
        mistakes.append("devices: no device is configured")
    return mistakes
