"""What a machine and a window's terminal ask central about ratings."""

from urllib.parse import quote

from kiosk.central.answer import Outcome
from kiosk.central.contract import ratings
from kiosk.central.transport import Transport


class RatingClient:
    """Calls of the ratings' area; safe to share between threads.

    Args:
        transport: the way to central.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    def options(self, hall_id: str) -> Outcome[ratings.RatingOptions]:
        """Levels and reasons in force."""
        path = f"/v1/rating-options?hall_id={quote(hall_id)}"
        return self._transport.get(path, ratings.RatingOptions)

    def hello(self, hello: ratings.TerminalHello, key: str) -> Outcome[ratings.TerminalView]:
        """Take one's place at a window."""
        return self._transport.post("/v1/evaluators", hello, key, ratings.TerminalView)

    def look(self, machine_id: str, secret: str) -> Outcome[ratings.TerminalView]:
        """What to show now; tried once, the next look follows soon."""
        look = ratings.TerminalLook(secret=secret)
        path = f"/v1/evaluators/{quote(machine_id)}/view"
        return self._transport.post(path, look, None, ratings.TerminalView)

    def clerk_photo(self, hall_id: str, number: str) -> Outcome[ratings.ClerkPhoto]:
        """The photo of a clerk."""
        path = f"/v1/clerks/{quote(number, safe='')}/photo?hall_id={quote(hall_id)}"
        return self._transport.get(path, ratings.ClerkPhoto)

    def ask(self, own: ratings.OwnRequestIn, key: str) -> Outcome[ratings.RatingRequest]:
        """Report that a machine asks a citizen it served itself."""
        return self._transport.post("/v1/rating-requests", own, key, ratings.RatingRequest)

    def rate(self, rating: ratings.RatingIn, key: str) -> Outcome[ratings.RatingReceipt]:
        """Hand in an answer."""
        return self._transport.post("/v1/ratings", rating, key, ratings.RatingReceipt)
