"""What becomes of an error in a touch or a timer: it is logged, and the window lives on."""

import logging
import traceback

from kivy.base import ExceptionHandler, ExceptionManager

LOG = logging.getLogger(__name__)


class Failures(ExceptionHandler):
    """Logs where an error happened, never what it says: that may hold a citizen's words."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = 0

    def handle_exception(self, error: BaseException) -> int:
        """Log and go on; the state on the screen is still the runner's."""
        if not isinstance(error, Exception):
            return int(ExceptionManager.RAISE)
        self.seen += 1
        places = [
            f"{frame.filename}:{frame.lineno}"
            for frame in traceback.extract_tb(error.__traceback__)
        ]
        LOG.error("screen failed: %s at %s", type(error).__name__, " < ".join(reversed(places)))
        return int(ExceptionManager.PASS)
