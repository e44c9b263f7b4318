"""Levels and reasons as central last gave them."""

from kiosk.central.contract.ratings import RatingOptions, RatingRequest
from kiosk.central.last_good import Keeping, LastGood
from kiosk.central.rating_client import RatingClient
from kiosk.domain.rating_question import LevelChoice, Question, Reason


class OptionsKeeper(LastGood[RatingOptions]):
    """Keeps the last list.

    Args:
        keeping: what it takes.
        client: gives the list.
        hall_id: whose list.
    """

    def __init__(self, keeping: Keeping, client: RatingClient, hall_id: str) -> None:
        super().__init__("rating_options", RatingOptions, lambda: client.options(hall_id), keeping)

    def fetch(self, version: str) -> RatingOptions | None:
        """The list of a version if central can be asked for it, else the last one.

        Args:
            version: that a request wants.
        """
        current = self.current()
        if current is None or current.version != version:
            self.ask_anew()
            self.keep()
        return self.current()


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
