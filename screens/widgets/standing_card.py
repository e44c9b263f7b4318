"""How far one document is, and what its holder does next."""

from kivy.properties import OptionProperty, StringProperty

from kiosk.domain.progress import Progress
from kiosk.flows.ticket.standing import Standing
from kiosk.locale import Speech
from screens import kv
from screens.widgets import icon, words  # noqa: F401 - named in standing_card.kv
from screens.widgets.panel import Panel

_TONES = {
    Progress.READY: "good",
    Progress.COLLECTED: "good",
    Progress.RETURNED: "warn",
    Progress.REFUSED: "warn",
}
_ICONS = {"good": "check", "warn": "warning", "plain": "clock"}


class StandingCard(Panel):
    """A document's name, how far it is, what comes next, and by when."""

    document = StringProperty("")
    state = StringProperty("")
    next_step = StringProperty("")
    term = StringProperty("")
    icon = StringProperty("clock")
    tone = OptionProperty("plain", options=list(_ICONS))

    def forget(self) -> None:
        """Keep nothing of what was shown."""
        self.document = self.state = self.next_step = self.term = ""

    def show(self, standing: Standing, speech: Speech) -> None:
        """Draw a document.

        Args:
            standing: of the document.
            speech: of the session's language.
        """
        separator = speech.text("apply.number.separator")
        self.tone = "warn" if standing.late else _TONES.get(standing.state, "plain")
        self.icon = _ICONS[self.tone]
        key = f"document.{standing.document}"
        self.document = speech.text(key) if speech.has(key) else standing.document
        state = speech.text(f"progress.state.{standing.state.value}")
        self.state = speech.text(
            "progress.seeing.state", state=state, day=speech.date(standing.since)
        )
        self.next_step = speech.text(
            standing.next_step,
            windows=separator.join(standing.windows),
            lacks=speech.text(standing.lacks) if standing.lacks else "",
        )
        self.term = ""
        if standing.expected is not None:
            term = "progress.seeing.late" if standing.late else "progress.seeing.expected"
            self.term = speech.text(term, day=speech.date(standing.expected))


kv.load(__file__)
