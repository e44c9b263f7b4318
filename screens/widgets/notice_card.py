"""One notice of the hall."""

from kivy.properties import StringProperty

from kiosk.domain.notice_board import HallNotice
from kiosk.locale import Speech
from screens import kv
from screens.widgets import words  # noqa: F401 - named in notice_card.kv
from screens.widgets.panel import Panel


class NoticeCard(Panel):
    """What it is about, its headline, and its text."""

    kind = StringProperty("")
    heading = StringProperty("")
    body = StringProperty("")

    def show(self, notice: HallNotice, speech: Speech) -> None:
        """Draw a notice.

        Args:
            notice: to draw.
            speech: of the session's language.
        """
        self.kind = speech.text(f"notice.kind.{notice.kind}") if notice.kind else ""
        self.heading = notice.title(speech.language)
        self.body = notice.text(speech.language)


kv.load(__file__)
