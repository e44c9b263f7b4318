"""One thread for services that wait on disk or network, so that the runner never does."""

import logging
import queue
import threading
from collections.abc import Callable

log = logging.getLogger(__name__)


class ServiceThread:
    """Runs calls one after the other, in the order given.

    Args:
        name: of the thread.
        failed: told of an exception that a call let through; the thread goes on.
    """

    def __init__(self, name: str, failed: Callable[[BaseException], None]) -> None:
        self._calls: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._failed = failed
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def run(self, call: Callable[[], None]) -> None:
        """Have a call done after all earlier ones."""
        self._calls.put(call)

    def close(self, timeout_s: float = 5.0) -> bool:
        """Let the calls already given end; whether they did within the time."""
        self._calls.put(None)
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while (call := self._calls.get()) is not None:
            try:
                call()
            except Exception as error:  # noqa: BLE001 - the thread must outlive one bad call
                # Types only: a message may quote what a citizen wrote.
                log.error("service call failed: %s", type(error).__name__)
                self._failed(error)
