"""What every machine can be asked to do; an errand of its own adds its own effects.

The runtime has one handler for each (`kiosk.runtime`).
"""

from dataclasses import dataclass, field

from kiosk.domain.claim import Claim
from kiosk.domain.ticket import Ticket
from kiosk.forms.bundle import ApplicationBundle


class Effect:
    """Something a machine is asked to do: an imperative, a value."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class ReadIdCard(Effect):
    """Wait for an identity card and read it; answers with `CardFound`, `CardRead` or trouble."""


@dataclass(frozen=True, slots=True)
class StopReadingIdCard(Effect):
    """No longer wait for a card; switches the field off."""


@dataclass(frozen=True, slots=True)
class SubmitApplication(Effect):
    """Keep the application durably, then get a number; answers with `TicketIssued` or why not.

    Args:
        visit_id: id of this visit, the same in every retry: one visit, one ticket.
        bundle: what the citizen applies for; None for a ticket without an application.
        services: ids of the services in the order they are wanted.
        claim: why the citizen goes first, and whose ticket it is.
    """

    visit_id: str
    bundle: ApplicationBundle | None
    services: tuple[str, ...]
    claim: Claim = field(default_factory=Claim)


@dataclass(frozen=True, slots=True)
class PrintTicket(Effect):
    """Print a ticket; answers with `TicketPrinted`, `TicketNotPrinted` or `TicketDoubtful`.

    Args:
        ticket: whose number is already durable.
        copy: whether an earlier try may have printed it; the paper then says so.
    """

    ticket: Ticket
    copy: bool = False


@dataclass(frozen=True, slots=True)
class SettleTicket(Effect):
    """Record how the ticket ended, for the desk and for recovery.

    Args:
        ticket_id: which.
        outcome: `taken`, `shown` (no paper, number shown and staff told) or `voided`.
    """

    ticket_id: str
    outcome: str


@dataclass(frozen=True, slots=True)
class CallStaff(Effect):
    """Tell the hall's staff that someone needs help here.

    Args:
        reason: message key of the staff's text.
        subject: id of the ticket or application; never a name.
    """

    reason: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class StartTimer(Effect):
    """Have `TimerRang(name)` reported after a while; replaces a running one of the same name.

    Args:
        name: of the timer.
        after_s: seconds.
    """

    name: str
    after_s: float


@dataclass(frozen=True, slots=True)
class StopTimer(Effect):
    """Forget a timer; harmless when it is not running."""

    name: str


@dataclass(frozen=True, slots=True)
class Speak(Effect):
    """Say aloud what the screen also shows; silent on a machine without a voice.

    Args:
        key: of the message, which has no placeholders and names nobody.
    """

    key: str


@dataclass(frozen=True, slots=True)
class StopSpeaking(Effect):
    """Fall silent: what is being said was answered by a touch."""


@dataclass(frozen=True, slots=True)
class WipeSession(Effect):
    """Forget everything about this citizen that is not waiting for central."""
