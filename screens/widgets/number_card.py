"""The ticket's number, as large as a person far away can read it."""

from kivy.properties import ListProperty, StringProperty

from kiosk.domain.queueing import TicketClass
from kiosk.domain.ticket import Ticket
from kiosk.locale import Speech
from kiosk.runtime.view import MachineFacts
from screens import kv
from screens.widgets import words  # noqa: F401 - named in number_card.kv
from screens.widgets.panel import Panel, Rule
from screens.widgets.words import Words


class NumberCard(Panel):
    """The number, and below it what the ticket says."""

    caption = StringProperty("")
    number = StringProperty("")
    facts = ListProperty()

    def show(
        self, ticket: Ticket, machine: MachineFacts, speech: Speech, *, brief: bool = False
    ) -> None:
        """Draw a ticket.

        Args:
            ticket: whose number it is.
            machine: knows the names of services.
            speech: of the session's language.
            brief: the number alone.
        """
        self.caption = speech.text("apply.number.caption")
        self.number = ticket.number
        self.facts = [] if brief else list(_facts(ticket, machine, speech))

    def on_facts(self, *_changed: object) -> None:
        """Write the lines."""
        self.ids.facts.clear_widgets()
        for index, fact in enumerate(self.facts):
            if index == 0:
                self.ids.facts.add_widget(Rule())
            self.ids.facts.add_widget(Words(text=fact, halign="center"))


def _facts(ticket: Ticket, machine: MachineFacts, speech: Speech) -> list[str]:
    names = {one.service_id: one.names for one in machine.services}
    services = [
        names[each].get(speech.language, names[each].get("zh_CN", ""))
        for each in ticket.services
        if each in names
    ]
    separator = speech.text("apply.number.separator")
    facts = []
    if ticket.ticket_class is not TicketClass.ORDINARY:
        facts.append(speech.text(f"ticket.class.{ticket.ticket_class.value}"))
    if services:
        facts.append(separator.join(services))
    if ticket.windows:
        windows = separator.join(ticket.windows)
        facts.append(speech.text("apply.number.windows", n=len(ticket.windows), windows=windows))
    if ticket.ahead == 0:
        facts.append(speech.text("apply.number.nobody_ahead"))
    elif ticket.ahead is not None:
        facts.append(speech.text("apply.number.ahead", n=ticket.ahead))
        if ticket.estimate_min:
            facts.append(speech.text("apply.number.estimate", n=ticket.estimate_min))
    return facts


kv.load(__file__)
