"""The clerk of a demonstration, who works at a window's page as a browser would."""

import http.client
import re
import secrets
from urllib.parse import urlencode, urlsplit

from kiosk.central.answer import Answered
from kiosk.central.client import CentralClient
from kiosk.central.contract import TicketIn
from kiosk.clock import Clock, SystemClock

_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
_FORM = "application/x-www-form-urlencoded"
_LIMIT_S = 10.0
SERVICE = "passport"


class DemoClerk:
    """Signs in at once.

    Args:
        url: of central.
        hall_id: whose window.
        window: where they sit.
        password: of the invented staff.
        clock: for the tickets of those who come.
    """

    def __init__(
        self, url: str, hall_id: str, window: str, password: str, clock: Clock | None = None
    ) -> None:
        self._clock = clock or SystemClock()
        self._central = CentralClient(url, self._clock)
        self._hall_id = hall_id
        self._base = f"/staff/window/{window}"
        self._line = http.client.HTTPConnection(urlsplit(url).netloc, timeout=_LIMIT_S)
        self._cookie = ""
        self._token = ""
        self._ticket_id = ""
        self._send("POST", "/staff/sign-in", {"login": "clerk1", "password": password})
        found = _TOKEN.search(self._send("GET", self._base, {}))
        if found is None:
            msg = "the window's page did not open"
            raise RuntimeError(msg)
        self._token = found[1]

    def open_window(self) -> None:
        """Take people."""
        self._act("open", **{f"serve_{SERVICE}": "1"})

    def serve(self) -> None:
        """Somebody comes, is called, and is at the window."""
        self._ticket_id = secrets.token_hex(16)
        asked = TicketIn(
            ticket_id=self._ticket_id,
            machine_id="D1",
            hall_id=self._hall_id,
            services=(SERVICE,),
            taken_at=self._clock.now(),
        )
        outcome = self._central.take_ticket(asked, secrets.token_hex(16))
        if not isinstance(outcome, Answered):
            msg = f"no number for the demonstration: {outcome}"
            raise RuntimeError(msg)
        self._act("next")
        self._act("begin", ticket_id=self._ticket_id)

    def finish(self) -> None:
        """Their case is done."""
        self._act("finish", ticket_id=self._ticket_id)

    def close(self) -> None:
        """Go home."""
        self._line.close()
        self._central.close()

    def _act(self, name: str, **fields: str) -> None:
        self._send("POST", f"{self._base}/{name}", {"form_token": self._token, **fields})

    def _send(self, method: str, path: str, fields: dict[str, str]) -> str:
        headers = {"Cookie": self._cookie, "Content-Type": _FORM}
        self._line.request(method, path, urlencode(fields) or None, headers)
        response = self._line.getresponse()
        text = response.read().decode("utf-8", "replace")
        for line in response.headers.get_all("Set-Cookie") or []:
            self._cookie = line.split(";", 1)[0]
        if response.status >= 400:
            msg = f"{path}: {response.status}"
            raise RuntimeError(msg)
        return text
