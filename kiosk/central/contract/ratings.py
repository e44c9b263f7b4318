"""Ratings: one served case, one request, at most one answer, by the citizen only.

A window's case is asked about by central, and the request goes to the one terminal bound to that
window. A machine that served a citizen itself asks by itself, and both its request and the rating
may wait in its outbox. Silence needs no message: a request that nobody answers expires.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field

from kiosk.central.contract.base import Id, Model, Moment, ShortText
from kiosk.domain.rating import CaseKind, Level

__all__ = [
    "CaseKind",
    "ClerkCard",
    "ClerkPhoto",
    "Level",
    "LevelOptions",
    "OwnRequestIn",
    "RatingIn",
    "RatingOptions",
    "RatingReceipt",
    "RatingRequest",
    "ReasonOption",
    "TerminalHello",
    "TerminalLook",
    "TerminalState",
    "TerminalView",
]

Token = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{22,64}$")]
"""16 random bytes or more, base64url; whoever holds it may answer"""
Phone = Annotated[str, Field(pattern=r"^[0-9]{10,12}$")]
Seconds = Annotated[float, Field(ge=0, le=86_400)]


class ReasonOption(Model):
    """Something a citizen may say about a level."""

    code: Id
    names: dict[str, ShortText]
    """by locale: zh_CN, en, zh_Hant"""


class LevelOptions(Model):
    """One level and the reasons that fit it."""

    level: Level
    stars: Annotated[int, Field(ge=1, le=5)]
    may_be_called: bool
    """whether the citizen may leave a number to be called back at"""
    reasons: tuple[ReasonOption, ...]


class RatingOptions(Model):
    """What may be answered; machines keep the last one they saw and may not change it."""

    version: ShortText
    answer_within_s: int
    """how long a request stays open"""
    most_reasons: int
    levels: tuple[LevelOptions, ...]
    """best first"""


class ClerkCard(Model):
    """Who sits at a window, as the idle terminal shows it."""

    number: ShortText
    name: ShortText
    stars: Annotated[int, Field(ge=0, le=5)]
    """0 where the hall gives none"""
    photo_version: ShortText = ""
    """changes with the photo; empty where there is none"""


class ClerkPhoto(Model):
    """A clerk's photo."""

    number: ShortText
    photo_version: ShortText
    jpeg_base64: str


class RatingRequest(Model):
    """A question for one citizen about one case, on one terminal."""

    request_id: Id
    token: Token
    machine_id: Id
    hall_id: Id
    window: ShortText = ""
    asked_at: AwareDatetime
    closes_at: AwareDatetime
    seconds_left: Seconds
    """counted by central; a terminal goes by this, whatever its own clock says"""
    options_version: ShortText


class TerminalState(StrEnum):
    """What a window's terminal should show."""

    IDLE = "idle"  # the clerk's card and notices
    SERVING = "serving"  # greet the citizen
    ASKING = "asking"  # `request` waits for an answer
    PAUSED = "paused"  # window closed, or another terminal has taken this one's place


class TerminalHello(Model):
    """A terminal says which window it stands at; the newest at a window takes its place.

    The secret is made once by the terminal and kept by it. The first hello of a machine fixes it;
    afterwards nobody else can look at what that machine is asked, nor take its name.
    """

    machine_id: Id
    hall_id: Id
    window: Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[^\x00-\x1f\x7f]+$")]
    secret: Token


class TerminalLook(Model):
    """A terminal asks what to show; needs no key, for it changes nothing."""

    secret: Token


class TerminalView(Model):
    """What one terminal should show now; a push is only a hint to look again."""

    machine_id: Id
    hall_id: Id
    window: ShortText
    state: TerminalState
    clerk: ClerkCard | None = None
    request: RatingRequest | None = None
    options_version: ShortText
    server_time: AwareDatetime


class OwnRequestIn(Model):
    """A machine has served a citizen itself and asks them; may arrive late, from an outbox."""

    request_id: Id
    """made by the machine"""
    token: Token
    machine_id: Id
    hall_id: Id
    case_kind: CaseKind
    case_id: Id
    """the application or the order; is rated once, whatever machine asks"""
    services: Annotated[tuple[Id, ...], Field(max_length=10)] = ()
    asked_at: Moment


class RatingIn(Model):
    """What a citizen answered; the same in every delivery."""

    request_id: Id
    token: Token
    machine_id: Id
    level: Level
    reasons: Annotated[tuple[Id, ...], Field(max_length=10)] = ()
    options_version: ShortText
    given_at: Moment
    """by the machine's wall clock"""
    given_after_s: Seconds
    """between asking and the touch, by a clock that never jumps"""
    language: ShortText = ""
    call_back_phone: Phone | None = None
    """only where `may_be_called`, and only if the citizen wants to be called"""


class RatingReceipt(Model):
    """The rating is stored."""

    request_id: Id
    received_at: AwareDatetime
    followed_up: bool
    """whether somebody will look into it"""
