"""A window's terminal towards central: takes its place, and looks what to show.

The terminal decides nothing: what it shows, and whether somebody is asked, central says. A look
that fails changes nothing either; what was shown stays.
"""

import base64
import binascii
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.central.answer import Answered, Outcome, Refused
from kiosk.central.contract import ErrorCode
from kiosk.central.contract.ratings import (
    ClerkCard,
    TerminalHello,
    TerminalState,
    TerminalView,
)
from kiosk.central.link import LinkState
from kiosk.central.rating_book import RatingBook
from kiosk.central.rating_client import RatingClient
from kiosk.central.sealed_note import read_sealed, write_sealed
from kiosk.cipher import FieldCipher
from kiosk.domain.rating_question import Question
from kiosk.domain.window_post import Clerk, WindowPost
from kiosk.storage import Storage

LOOK_EVERY_S = 1.0
"""while no event would tell of a change"""
LOOK_HEARING_S = 10.0
"""while events do; who sits there, and their picture, change without one"""
RETRY_S = 3.0
REFUSED_S = 15.0
"""until a terminal whose name is somebody else's asks once more"""
_SECRET = "terminal_secret"  # noqa: S105 - a note's name
_SECRET_BYTES = 24
_LARGEST_PHOTO = 512 * 1024


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the terminal stands.

    Args:
        machine_id: its name.
        hall_id: its hall.
        window: its window.
    """

    machine_id: str
    hall_id: str
    window: str


@dataclass(frozen=True, slots=True)
class WindowNow:
    """How the window stands.

    Args:
        state: as central says.
        question: to be put now; None when nobody is asked, or was asked this already.
    """

    state: TerminalState
    question: Question | None = None


@dataclass(frozen=True, slots=True)
class TerminalParts:
    """What a terminal works with.

    Args:
        client: to central.
        book: keeps questions and answers.
        link: told how each call ended.
        secret: of this terminal, see `kept_secret`.
        new_key: makes idempotency keys.
        tell: told how the window stands when that changes.
        changed: told when the clerk at the window, or the picture, is another one.
        hears: whether events tell of changes at once.
    """

    client: RatingClient
    book: RatingBook
    link: LinkState
    secret: str = field(repr=False)
    new_key: Callable[[], str]
    tell: Callable[[WindowNow], None]
    changed: Callable[[], None]
    hears: Callable[[], bool] = lambda: False


class WindowTerminal:
    """One terminal; `look` is an errand of a courier of its own.

    Args:
        place: where it stands.
        parts: what it works with.
    """

    def __init__(self, place: Standing, parts: TerminalParts) -> None:
        self._place = place
        self._parts = parts
        self._placed = False
        self._anew = threading.Event()
        self._told: tuple[TerminalState, str] | None = None
        self._put: set[str] = set()
        self._card: ClerkCard | None = None
        self._photo: tuple[str, str, bytes | None] = ("", "", None)
        self._state = TerminalState.IDLE

    @property
    def post(self) -> WindowPost:
        """The window and its clerk, as far as they are known."""
        card = self._card
        if card is None:
            return WindowPost(self._place.window)
        number, version, photo = self._photo
        fits = (number, version) == (card.number, card.photo_version)
        clerk = Clerk(card.number, card.name, card.stars, photo if fits else None)
        return WindowPost(self._place.window, clerk)

    def again(self) -> None:
        """Have the next look told even if nothing has changed; wake the courier as well."""
        self._anew.set()

    def look(self) -> float:
        """Look once; returns seconds until the next look."""
        outcome = self._ask()
        self._parts.link.saw(outcome)
        if isinstance(outcome, Answered):
            self._placed = True
            self._take(outcome.value)
            return LOOK_HEARING_S if self._parts.hears() else LOOK_EVERY_S
        if isinstance(outcome, Refused):
            self._placed = False
            known = outcome.problem.code is not ErrorCode.UNKNOWN_TERMINAL
            self._tell(TerminalState.PAUSED if known else self._state, None)
            return REFUSED_S if known else RETRY_S
        if self._anew.is_set():
            # Central is away: nobody can be asked, and the window stands as it last did.
            self._tell(self._unasked(self._state), None)
        return RETRY_S

    def _ask(self) -> Outcome[TerminalView]:
        place, parts = self._place, self._parts
        if self._placed:
            return parts.client.look(place.machine_id, parts.secret)
        hello = TerminalHello(
            machine_id=place.machine_id,
            hall_id=place.hall_id,
            window=place.window,
            secret=parts.secret,
        )
        return parts.client.hello(hello, parts.new_key())

    def _take(self, view: TerminalView) -> None:
        self._state = view.state
        card_before = self._card
        self._card = view.clerk
        request = view.request
        if request is None:
            self._tell(view.state, None)
        elif request.request_id in self._put:
            if self._anew.is_set():
                self._tell(self._unasked(view.state), None, request.request_id)
        else:
            put = self._parts.book.question(request)
            self._put.add(request.request_id)
            state = view.state if put else self._unasked(view.state)
            self._tell(state, put, request.request_id)
        if view.clerk != card_before:
            self._parts.changed()
        self._fetch_photo(view.clerk)

    def _unasked(self, state: TerminalState) -> TerminalState:
        return TerminalState.IDLE if state is TerminalState.ASKING else state

    def _tell(self, state: TerminalState, put: Question | None, request_id: str = "") -> None:
        anew = self._anew.is_set()
        self._anew.clear()
        if anew or (state, request_id) != self._told:
            self._told = (state, request_id)
            self._parts.tell(WindowNow(state, put))

    def _fetch_photo(self, card: ClerkCard | None) -> None:
        if card is None or not card.photo_version:
            return
        wanted = (card.number, card.photo_version)
        if self._photo[:2] == wanted:
            return
        outcome = self._parts.client.clerk_photo(self._place.hall_id, card.number)
        if not isinstance(outcome, Answered):
            return
        try:
            jpeg = base64.b64decode(outcome.value.jpeg_base64, validate=True)
        except (binascii.Error, ValueError):
            jpeg = b""
        usable = 0 < len(jpeg) <= _LARGEST_PHOTO
        self._photo = (card.number, outcome.value.photo_version, jpeg if usable else None)
        self._parts.changed()


def kept_secret(storage: Storage, cipher: FieldCipher) -> str:
    """The terminal's secret: made once, sealed, and the same after every restart.

    Args:
        storage: of the machine.
        cipher: seals it.

    Raises:
        StorageError: it cannot be kept, or does not open.
    """
    kept = read_sealed(storage, cipher, _SECRET)
    if kept is not None:
        return kept.decode()
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    with storage.transaction() as db:
        write_sealed(db, cipher, _SECRET, secret.encode())
    return secret
