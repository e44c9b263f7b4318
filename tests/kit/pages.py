"""A browser without scripts for central's pages: cookies, forms, tokens."""

import http.client
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from kiosk.central.demo_staff import DEMO_STAFF
from kiosk.central.server.staff.first import make_demo_staff
from tests.kit.central import HALL, RunningCentral
from tests.kit.patience import PATIENCE_S

PASSWORD = "correct-horse"
_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Page:
    """What a browser got."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def to(self) -> str:
        """Where it is sent on."""
        return self.headers.get("location", "")


class Browser:
    """One person at one browser.

    Args:
        central: whose pages.
        language: preferred.
    """

    def __init__(self, central: RunningCentral, language: str = "zh-CN") -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", central.port, timeout=PATIENCE_S)
        self.host = f"127.0.0.1:{central.port}"
        self.cookies: dict[str, str] = {}
        self.set_cookie: list[str] = []
        self._language = language
        self.token = ""

    def get(self, path: str) -> Page:
        """Open a page."""
        return self._send("GET", path, None, {})

    def post(
        self, path: str, fields: dict[str, str], headers: dict[str, str] | None = None
    ) -> Page:
        """Send a form, with the token of the page seen last unless the fields bring another."""
        sent = urlencode({"form_token": self.token, **fields}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._send("POST", path, sent, {**kind, **(headers or {})})

    def sign_in(self, login: str, password: str = PASSWORD) -> Page:
        """Sign in and open the page that follows, whose form token is kept."""
        answer = self.post("/staff/sign-in", {"login": login, "password": password})
        if answer.status == 303:
            self.get("/staff/me")
        return answer

    def close(self) -> None:
        """Hang up."""
        self._line.close()

    def _send(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Page:
        jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        own = {"Accept-Language": self._language, **({"Cookie": jar} if jar else {})}
        self._line.request(method, path, body, {**own, **headers})
        response = self._line.getresponse()
        raw = response.read()
        self.set_cookie = response.headers.get_all("Set-Cookie") or []
        for line in self.set_cookie:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        text = raw.decode("utf-8", "replace")
        found = _TOKEN.search(text)
        self.token = found.group(1) if found else self.token
        names = {name.lower(): value for name, value in response.getheaders()}
        return Page(response.status, names, text)


@contextmanager
def signed_in(central: RunningCentral, login: str, language: str = "zh-CN") -> Iterator[Browser]:
    """Somebody of the hall's staff at a browser of their own."""
    one = Browser(central, language)
    assert one.sign_in(login).status == HTTPStatus.SEE_OTHER
    yield one
    one.close()


def staffed(central: RunningCentral) -> tuple[str, ...]:
    """Give the hall its invented staff, all with `PASSWORD`.

    Returns:
        Their logins.
    """
    make_demo_staff(central.office, HALL, PASSWORD)
    return tuple(one.login for one in DEMO_STAFF)
