"""The application is being kept and a number fetched."""

from typing import ClassVar

from screens import kv
from screens.base import FlowScreen
from screens.widgets import message, working  # noqa: F401 - named in submitting.kv
from screens.widgets.working import Moving


class SubmittingScreen(Moving, FlowScreen):
    """Please wait a moment."""

    says: ClassVar = {"title": "apply.submitting.title", "lead": "apply.submitting.lead"}


kv.load(__file__)
