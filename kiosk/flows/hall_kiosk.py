"""All that a citizen can do at a hall kiosk, as one table; "apply" is its home."""

from kiosk.domain.rating import CaseKind
from kiosk.flows.application.states import Thanks, Welcome
from kiosk.flows.application.table import APPLICATION_ERRAND
from kiosk.flows.closed.table import closed_errand
from kiosk.flows.errand import together
from kiosk.flows.guide.table import GUIDE_ERRAND
from kiosk.flows.rating.own import Served, own_rating_errand
from kiosk.flows.suggestion.table import SUGGESTION_ERRAND
from kiosk.flows.ticket.table import TICKET_ERRAND


def _served(state: Thanks) -> Served | None:
    if not state.ticket_id:
        return None
    return Served(CaseKind.APPLICATION, state.ticket_id, state.services)


RATING_ERRAND = own_rating_errand(Welcome(), Thanks, _served)
CLOSED_ERRAND = closed_errand(Welcome())
ERRANDS = (
    *(APPLICATION_ERRAND, TICKET_ERRAND, GUIDE_ERRAND, SUGGESTION_ERRAND, RATING_ERRAND),
    CLOSED_ERRAND,
)
HALL_KIOSK = together("hall_kiosk", ERRANDS)
