"""The staff of a demonstration, who work at central's pages as a browser would."""

import http.client
import re
import secrets
from collections.abc import Mapping
from urllib.parse import urlencode, urlsplit

from kiosk.central.answer import Answered
from kiosk.central.client import CentralClient
from kiosk.central.contract import TicketIn
from kiosk.central.contract.notices import NoticeKind
from kiosk.clock import Clock, SystemClock

_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')
_FORM = "application/x-www-form-urlencoded"
_LIMIT_S = 10.0
SERVICE = "passport"


class _Pages:
    """One person's browser, as far as a demonstration needs one; signs in at once."""

    def __init__(self, url: str, login: str, password: str, base: str) -> None:
        self._base = base
        self._line = http.client.HTTPConnection(urlsplit(url).netloc, timeout=_LIMIT_S)
        self._cookie = ""
        self._send("POST", "/staff/sign-in", {"login": login, "password": password})
        found = _TOKEN.search(self._send("GET", base, {}))
        if found is None:
            msg = f"{base} did not open"
            raise RuntimeError(msg)
        self._token = found[1]

    def post(self, path: str, **fields: str) -> None:
        """Send a form of the page.

        Raises:
            RuntimeError: central says no.
        """
        self._send("POST", f"{self._base}{path}", {"form_token": self._token, **fields})

    def close(self) -> None:
        """Hang up."""
        self._line.close()

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
        self._pages = _Pages(url, "clerk1", password, f"/staff/window/{window}")
        self._ticket_id = ""

    def open_window(self) -> None:
        """Take people."""
        self._pages.post("/open", **{f"serve_{SERVICE}": "1"})

    def close_window(self) -> None:
        """Take nobody any longer."""
        self._pages.post("/close")

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
        self._pages.post("/next")
        self._pages.post("/begin", ticket_id=self._ticket_id)

    def finish(self) -> None:
        """Their case is done."""
        self._pages.post("/finish", ticket_id=self._ticket_id)

    def close(self) -> None:
        """Go home."""
        self._pages.close()
        self._central.close()


def tell_notice(
    url: str,
    password: str,
    titles: Mapping[str, str],
    texts: Mapping[str, str],
    kind: NoticeKind = NoticeKind.ANNOUNCEMENT,
) -> None:
    """The supervisor of a demonstration writes a notice.

    Args:
        url: of central.
        password: of the invented staff.
        titles: by locale.
        texts: by locale.
        kind: what it is about.
    """
    pages = _Pages(url, "supervisor", password, "/staff/notices")
    said = {f"title_{name}": text for name, text in titles.items()}
    said |= {f"text_{name}": text for name, text in texts.items()}
    pages.post("", kind=kind.value, priority="5", **said)
    pages.close()
