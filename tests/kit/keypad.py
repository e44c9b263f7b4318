"""A signed-in clerk's keypad: asks the window's page in JSON."""

from dataclasses import dataclass
from http import HTTPStatus

from tests.kit.central import new_id
from tests.kit.pages import Browser


class Keypad:
    """A clerk at a window that is opened for passports.

    Args:
        port: of the server.
        login: of the clerk.
        window: where.
    """

    def __init__(self, port: int, login: str, window: str) -> None:
        self._browser = Browser(_Place(port))  # type: ignore[arg-type]  # it asks for the port only
        self._browser.sign_in(login)
        self._path = f"/staff/window/{window}"
        self._browser.get(self._path)
        self.do("open", serve_passport="1")

    def do(self, act: str, **fields: str) -> str:
        """One act, its ticket.

        Raises:
            RuntimeError: central refused it.
        """
        json = {"Accept": "application/json"}
        page = self._browser.post(f"{self._path}/{act}", {"key": new_id("k"), **fields}, json)
        if page.status != HTTPStatus.OK:
            raise RuntimeError(f"{act}: {page.status} {page.text[:80]}")
        return page.text.split('"')[3] if '":"' in page.text else ""

    def serve(self, ticket_id: str) -> None:
        """To the end."""
        self.do("begin", ticket_id=ticket_id)
        self.do("finish", ticket_id=ticket_id)

    def close(self) -> None:
        """Hang up."""
        self._browser.close()


@dataclass(frozen=True, slots=True)
class _Place:
    port: int
