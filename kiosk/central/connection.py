"""A connection to central, and an answer without end that comes over one."""

from collections.abc import Iterator

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError

from kiosk.central.wire import Line
from kiosk.clock import Clock


class Connection:
    """A session of one thread, whose line can be cut from outside.

    Args:
        clock: rings its deadlines.
        authority: file with the certificates by which central's is checked; empty for those that
            come along with requests.
    """

    def __init__(self, clock: Clock, authority: str = "") -> None:
        self.line = Line(clock)
        self.session = requests.Session()
        if authority:
            self.session.verify = authority
        # The environment would override proxies and the pinned authority (facts 2.5).
        self.session.trust_env = False
        for scheme in ("http://", "https://"):
            adapter = HTTPAdapter()
            adapter.poolmanager.pool_classes_by_scheme = self.line.pools()
            self.session.mount(scheme, adapter)


class Feed:
    """An answer without end, line by line.

    Args:
        connection: its own.
        response: begun.
    """

    def __init__(self, connection: Connection, response: requests.Response) -> None:
        self._connection = connection
        self._response = response

    def lines(self) -> Iterator[str]:
        """Lines as they come; ends when the feed is lost or closed, whatever the reason."""
        try:
            for line in self._response.iter_lines():
                yield line.decode("utf-8", "replace")
        except (requests.RequestException, HTTPError, OSError, ValueError, AttributeError):
            return  # an answer closed by another thread has lost its file

    def close(self) -> None:
        """Hang up, from any thread."""
        self._connection.line.cut()
        self._connection.session.close()
