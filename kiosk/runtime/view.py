"""What the screens are given: one immutable picture of everything they show."""

from dataclasses import dataclass, field
from datetime import date, datetime

from kiosk.domain.notice_board import NoticeBoard
from kiosk.domain.window_post import WindowPost
from kiosk.flows.session import Session


@dataclass(frozen=True, slots=True)
class ServiceName:
    """A service of the hall in all languages.

    Args:
        service_id: id in the catalogue.
        names: by locale.
    """

    service_id: str
    names: dict[str, str]


@dataclass(frozen=True, slots=True)
class MachineFacts:
    """What a screen may show of the machine itself.

    Args:
        hall_names: by locale.
        opening_hours: as text.
        today: the hall's date.
        now: the hall's time, to the minute.
        services: of the catalogue.
        simulated: names of devices that are simulated; a mark is shown while there are any.
        central_away: the machine works on its own for now.
        printer_ready: tickets can be printed.
        machine_name: for staff, for example `K1`.
        devices_away: names of devices that cannot be used now; says what still works.
        post: where a window's terminal stands; None for other machines.
        may_rate: whether the machine can ask for a rating.
        notices: what the hall tells, on a machine that shows it.
    """

    hall_names: dict[str, str]
    opening_hours: str
    today: date
    now: datetime
    services: tuple[ServiceName, ...] = ()
    simulated: tuple[str, ...] = ()
    central_away: bool = False
    printer_ready: bool = True
    machine_name: str = ""
    devices_away: tuple[str, ...] = ()
    post: WindowPost | None = None
    may_rate: bool = False
    notices: NoticeBoard = field(default_factory=NoticeBoard)


@dataclass(frozen=True, slots=True)
class View:
    """One picture.

    Args:
        state: of the errand; its type decides the screen.
        session: language, look, overlay.
        machine: facts about the machine.
        time_left_s: until the state leaves by itself, for states that do.
    """

    state: object
    session: Session
    machine: MachineFacts = field(repr=False)
    time_left_s: float | None = None
