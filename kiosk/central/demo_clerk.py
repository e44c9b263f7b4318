"""The staff of a demonstration, who work at central's pages as a browser would."""

import http.client
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a clerk of a demonstration sits.

    Args:
        hall_id: whose window.
        window: its name.
        machine_id: by which those who come have taken their tickets.
    """

    hall_id: str
    window: str
    machine_id: str


class DemoClerk:
    """Signs in at once.

    Args:
        url: of central.
        password: of the invented staff.
        seat: where they sit.
        central: the client of the seat's machine.
        clock: for the tickets of those who come.
    """

    def __init__(
        self,
        url: str,
        password: str,
        seat: Seat,
        central: CentralClient,
        clock: Clock | None = None,
    ) -> None:
        self._clock = clock or SystemClock()
        self._central = central
        self._seat = seat
        self._pages = _Pages(url, "clerk1", password, f"/staff/window/{seat.window}")
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
            machine_id=self._seat.machine_id,
            hall_id=self._seat.hall_id,
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
