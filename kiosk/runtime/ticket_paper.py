"""The queue ticket as paper: what the hall prints, in the citizen's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from hardware.interfaces.ticket_printer import (
    Align,
    Feed,
    Paper,
    PaperElement,
    QrCode,
    Rule,
    TextLine,
)
from kiosk.central.contract import Catalogue
from kiosk.domain.queueing import TicketClass
from kiosk.domain.ticket import Ticket
from kiosk.locale import Languages, Speech

QR_MARK = "T1"
"""First part of the code's content, so that a scanner knows a ticket and its version."""


@dataclass(frozen=True, slots=True)
class TicketContext:
    """What the ticket says beyond the number.

    Args:
        hall_name: in the citizen's language.
        service_names: of the ticket's services, in their order.
        machine_name: for staff.
    """

    hall_name: str
    service_names: tuple[str, ...]
    machine_name: str


def compose(ticket: Ticket, context: TicketContext, speech: Speech, *, copy: bool) -> Paper:
    """Lay out a ticket (domain facts 9.2).

    Args:
        ticket: already durable.
        context: names around it.
        speech: the citizen's language.
        copy: an earlier try may have printed it; the paper says so (补打).

    Returns:
        The paper; its code holds only the ticket's id, no personal data.
    """
    elements: list[PaperElement] = [
        TextLine(context.hall_name, Align.CENTER, bold=True),
        Feed(),
        TextLine(speech.text("ticket.paper.your_number"), Align.CENTER),
        TextLine(ticket.number, Align.CENTER, bold=True, width=4, height=4),
    ]
    elements.extend(_marks(ticket, speech, copy=copy))
    elements.append(Rule())
    elements.extend(TextLine(f"· {name}", bold=True) for name in context.service_names)
    elements.append(Rule())
    elements.extend(_waiting(ticket, speech))
    elements += [
        TextLine(
            speech.text(
                "ticket.paper.taken_at",
                day=speech.date(ticket.issued_at.date()),
                time=speech.time(ticket.issued_at),
            )
        ),
        Feed(),
        QrCode(f"{QR_MARK}:{ticket.ticket_id}", module_dots=5),
        TextLine(speech.text("ticket.paper.show_code"), Align.CENTER),
        TextLine(speech.text("ticket.paper.listen"), Align.CENTER),
        TextLine(f"{context.machine_name}", Align.RIGHT),
    ]
    return Paper(ticket.ticket_id, tuple(elements))


class TicketComposer:
    """Composes tickets with the names that the catalogue gives.

    Args:
        languages: every message.
        catalogue: the last one central gave, None before the first.
        machine_name: for staff.
    """

    def __init__(
        self,
        languages: Languages,
        catalogue: Callable[[], Catalogue | None],
        machine_name: str,
    ) -> None:
        self._languages = languages
        self._catalogue = catalogue
        self._machine_name = machine_name

    def __call__(self, ticket: Ticket, language: str, *, copy: bool) -> Paper:
        """The paper of a ticket in a language."""
        catalogue = self._catalogue()
        services = {one.service_id: one for one in catalogue.services} if catalogue else {}
        context = TicketContext(
            hall_name=self._named(catalogue.hall.names, language) if catalogue else "",
            service_names=tuple(
                self._named(services[one].names, language)
                for one in ticket.services
                if one in services
            ),
            machine_name=self._machine_name,
        )
        return compose(ticket, context, self._languages.speech(language), copy=copy)

    def _named(self, names: Mapping[str, str], language: str) -> str:
        return names.get(language) or names.get(self._languages.known()[0], "")


def _waiting(ticket: Ticket, speech: Speech) -> list[PaperElement]:
    if ticket.ahead is None:
        # Cut off from central the machine cannot know the queue, and does not guess.
        lines: list[PaperElement] = [TextLine(speech.text("ticket.paper.wait_for_call"))]
    elif ticket.ahead == 0:
        lines = [TextLine(speech.text("ticket.paper.nobody_ahead"))]
    else:
        lines = [TextLine(speech.text("ticket.paper.ahead", n=ticket.ahead))]
        if ticket.estimate_min:
            lines.append(TextLine(speech.text("ticket.paper.estimate", n=ticket.estimate_min)))
    if ticket.windows:
        windows = speech.text("ticket.paper.list_separator").join(ticket.windows)
        n = len(ticket.windows)
        lines.append(TextLine(speech.text("ticket.paper.windows", n=n, windows=windows)))
    return lines


def _marks(ticket: Ticket, speech: Speech, *, copy: bool) -> list[PaperElement]:
    """What stands out below the number: that it is a copy, and who goes first."""
    marks = [speech.text("ticket.paper.copy")] if copy else []
    if ticket.ticket_class is not TicketClass.ORDINARY:
        marks.append(speech.text(f"ticket.class.{ticket.ticket_class.value}"))
    return [TextLine(mark, Align.CENTER, bold=True) for mark in marks]
