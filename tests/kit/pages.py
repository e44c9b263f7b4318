"""A browser without scripts for central's pages: cookies, forms, tokens."""

import http.client
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
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


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a page, as a browser would send it.

    Args:
        action: where to.
        hidden: what goes along unseen.
        buttons: name and value of those that can be pressed.
    """

    action: str
    hidden: dict[str, str] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Forms of plain hidden fields and buttons."""
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.found.append(Form(said["action"]))
        elif self.found and tag == "input" and said.get("type") == "hidden":
            self.found[-1].hidden[said["name"]] = said["value"]
        elif self.found and tag == "button" and "name" in said and "disabled" not in said:
            self.found[-1].buttons.append((said["name"], said["value"]))


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

    def press(self, page: str, name: str, value: str, to: str = "") -> Page:
        """Open a page, press the one button of that name and value, see what follows.

        Args:
            page: its path.
            name: of the button.
            value: of the button.
            to: end of the form's action, where several forms have such a button.
        """
        forms = _Forms()
        forms.feed(self.get(page).text)
        (form,) = (
            one for one in forms.found if (name, value) in one.buttons and one.action.endswith(to)
        )
        sent = self.post(form.action, {**form.hidden, name: value})
        assert sent.status == HTTPStatus.SEE_OTHER, sent.text
        return self.get(sent.to)

    def upload(self, path: str, fields: dict[str, str], files: dict[str, bytes]) -> Page:
        """Send a form with files, as a browser encodes it."""
        edge = "edge-of-a-part"
        parts = [
            f'form-data; name="{name}"\r\n\r\n'.encode() + value.encode()
            for name, value in {"form_token": self.token, **fields}.items()
        ]
        parts += [
            f'form-data; name="{name}"; filename="{name}"\r\n'.encode()
            + b"Content-Type: image/jpeg\r\n\r\n"
            + content
            for name, content in files.items()
        ]
        begins = f"--{edge}\r\nContent-Disposition: ".encode()
        body = b"".join(begins + part + b"\r\n" for part in parts) + f"--{edge}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={edge}"}
        return self._send("POST", path, body, kind)

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
