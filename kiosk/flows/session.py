"""What every errand shares: language, look, idle countdown, cancel, help, the wipe at the end."""

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.domain.closed import Closed


class Language(StrEnum):
    """Languages a citizen can choose; the value is the locale's name."""

    ZH_CN = "zh_CN"
    EN = "en"
    ZH_HANT = "zh_Hant"


@dataclass(frozen=True, slots=True)
class Look:
    """How the screens look; both go back at the session's end."""

    large_type: bool = False
    high_contrast: bool = False


# Overlays: at most one lies over the errand's screen.


class Stake(StrEnum):
    """What a person would lose by stopping."""

    ANSWERS = "answers"
    """what they typed is wiped"""
    CARD = "card"
    """nothing: the machine gives the card back"""


@dataclass(frozen=True, slots=True)
class IdleWarning:
    """Nobody has touched the screen for a while.

    Args:
        seconds_left: until the session ends by itself.
        stake: what becomes of what is theirs then.
    """

    seconds_left: int
    stake: Stake = Stake.ANSWERS


@dataclass(frozen=True, slots=True)
class CancelQuestion:
    """The person asked to stop.

    Args:
        stake: what becomes of what is theirs if they confirm.
    """

    stake: Stake = Stake.ANSWERS


@dataclass(frozen=True, slots=True)
class HelpPage:
    """Help for what is on the screen.

    Args:
        topic: the state's own topic; message keys `help.<topic>.title` and `help.<topic>.body`.
    """

    topic: str


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    """The list of languages."""


Overlay = IdleWarning | CancelQuestion | HelpPage | LanguageChoice


@dataclass(frozen=True, slots=True)
class Session:
    """What belongs to the person at the machine, whatever errand they are on."""

    language: Language = Language.ZH_CN
    look: Look = field(default_factory=Look)
    overlay: Overlay | None = None


@dataclass(frozen=True, slots=True)
class Offers:
    """Which of the buttons that every screen may have, a state accepts.

    Args:
        back: one step back.
        cancel: stop.
        help_topic: of its help; empty for none.
    """

    back: bool
    cancel: bool
    help_topic: str


# Events every flow understands.


@dataclass(frozen=True, slots=True)
class LanguageAsked:
    """The person wants to choose a language."""


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """The person chose a language."""

    language: Language


@dataclass(frozen=True, slots=True)
class LargeTypeToggled:
    """The person switched large type on or off."""


@dataclass(frozen=True, slots=True)
class HighContrastToggled:
    """The person switched high contrast on or off."""


@dataclass(frozen=True, slots=True)
class HelpAsked:
    """The person wants help with this screen."""


@dataclass(frozen=True, slots=True)
class OverlayClosed:
    """The person went back to the screen below: help read, language kept, cancel withdrawn."""


@dataclass(frozen=True, slots=True)
class BackAsked:
    """One step back; nothing typed is lost."""


@dataclass(frozen=True, slots=True)
class CancelAsked:
    """The person wants to stop."""


@dataclass(frozen=True, slots=True)
class CancelConfirmed:
    """The person does want to stop."""


@dataclass(frozen=True, slots=True)
class MoreTimeAsked:
    """The person is still there."""


@dataclass(frozen=True, slots=True)
class Touched:
    """Somebody touched the screen, anywhere; restarts the idle time."""


@dataclass(frozen=True, slots=True)
class TimerRang:
    """A timer started by a flow has run out."""

    name: str


@dataclass(frozen=True, slots=True)
class ServiceStopped:
    """The machine can no longer serve.

    Args:
        reasons: message keys.
    """

    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServiceResumed:
    """The machine can serve, or can serve with more or less than before.

    Args:
        closed: errands that it cannot carry through now.
    """

    closed: tuple[Closed, ...] = ()
