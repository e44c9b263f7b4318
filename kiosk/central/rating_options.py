"""Levels and reasons as central last gave them, kept for when it is away."""

import threading

from pydantic import ValidationError

from kiosk.central.answer import Answered
from kiosk.central.contract.ratings import RatingOptions, RatingRequest
from kiosk.central.link import LinkState
from kiosk.central.rating_client import RatingClient
from kiosk.clock import Clock
from kiosk.domain.rating_question import LevelChoice, Question, Reason
from kiosk.storage import Storage, write_note

_NOTE = "rating_options"
_REFRESH_S = 600.0
_RETRY_S = 15.0


class OptionsKeeper:
    """Keeps the last list; `keep` is an errand of the courier.

    Args:
        storage: of the machine.
        client: gives the list.
        link: told how each call ended.
        clock: for the pause between looks.
        hall_id: whose list.
    """

    def __init__(
        self, storage: Storage, client: RatingClient, link: LinkState, clock: Clock, hall_id: str
    ) -> None:
        self._storage = storage
        self._client = client
        self._link = link
        self._clock = clock
        self._hall_id = hall_id
        self._lock = threading.Lock()
        self._asked_s: float | None = None
        self._current = self._kept()

    @property
    def current(self) -> RatingOptions | None:
        """The last list; None when central never gave one."""
        return self._current

    def fetch(self, version: str) -> RatingOptions | None:
        """The list of a version if central can be asked for it, else the last one.

        Args:
            version: that a request wants.
        """
        current = self._current
        if current is None or current.version != version:
            self._asked_s = None
            self.keep()
        return self._current

    def keep(self) -> float:
        """Ask for the list when it is time; returns seconds until it is again."""
        with self._lock:
            left_s = self._left_s()
            if left_s > 0:
                return left_s
            outcome = self._client.options(self._hall_id)
            self._asked_s = self._clock.monotonic_s()
            self._link.saw(outcome)
            if isinstance(outcome, Answered):
                with self._storage.transaction() as db:
                    write_note(db, _NOTE, outcome.value.model_dump_json())
                self._current = outcome.value
            return self._left_s()

    def _left_s(self) -> float:
        if self._asked_s is None:
            return 0.0
        pause_s = _RETRY_S if self._link.away or self._current is None else _REFRESH_S
        return self._asked_s + pause_s - self._clock.monotonic_s()

    def _kept(self) -> RatingOptions | None:
        text = self._storage.note(_NOTE)
        try:
            return RatingOptions.model_validate_json(text) if text else None
        except ValidationError:
            return None  # written by other software; central will give it anew


def question(request: RatingRequest, options: RatingOptions, left_s: float) -> Question:
    """A request as a machine puts it.

    Args:
        request: central's or the machine's own.
        options: to answer with.
        left_s: how long it stays open.
    """
    return Question(
        request.request_id,
        left_s,
        options.most_reasons,
        tuple(
            LevelChoice(
                one.level,
                one.may_be_called,
                tuple(Reason(reason.code, reason.names) for reason in one.reasons),
            )
            for one in options.levels
        ),
    )
