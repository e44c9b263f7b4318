"""The visitor chooses what they have come for."""

from typing import Any, ClassVar

from kivy.properties import StringProperty

from kiosk.domain.document import DocumentKind
from kiosk.flows.ticket.events import ServiceChosen
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen, Tools
from screens.widgets import advice  # noqa: F401 - named in choosing_service.kv
from screens.widgets.way import Ways

ICONS = {"collect": "passport", "enquiry": "help", "foreigner": "globe"}
FORMS = frozenset(kind.value for kind in DocumentKind)
"""Services that begin with the form; the errand "apply" leads to them."""


class ChoosingServiceScreen(FlowScreen):
    """The hall's services that need no form, each a way that leads on."""

    says: ClassVar = {"title": "number.service.title", "lead": "number.service.lead"}
    nothing = StringProperty("")

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._ways = Ways(lambda service: self.report(ServiceChosen(service)))
        self.ids.services.add_widget(self._ways)

    def show(self, view: View) -> None:
        """Draw the services; before central was ever heard, none is known."""
        assert self.speech is not None
        language = self.speech.language
        found = [one for one in view.machine.services if one.service_id not in FORMS]
        self._ways.show(
            [
                (
                    one.service_id,
                    ICONS.get(one.service_id, "ticket"),
                    one.names.get(language) or one.names.get("zh_CN", ""),
                    self._note(one.service_id),
                )
                for one in found
            ]
        )
        self.nothing = "" if found else self.text("number.service.nothing")

    def _note(self, service_id: str) -> str:
        assert self.speech is not None
        key = f"number.service.{service_id}"
        return self.text(key) if self.speech.has(key) else ""


kv.load(__file__)
