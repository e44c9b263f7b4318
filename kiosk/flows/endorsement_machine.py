"""All that a citizen can do at an endorsement machine, as one table; "endorsement" is its home."""

from kiosk.domain.rating import CaseKind
from kiosk.flows.closed.table import closed_errand
from kiosk.flows.endorsement.states import Finished, Resting
from kiosk.flows.endorsement.table import ENDORSEMENT_ERRAND
from kiosk.flows.errand import together
from kiosk.flows.rating.own import Served, own_rating_errand


def _served(state: Finished) -> Served | None:
    """What central approved was served, however it ended; a permit turned away was not."""
    if not state.may_be_rated:
        return None
    return Served(CaseKind.ENDORSEMENT, state.ended.order_id)


RATING_ERRAND = own_rating_errand(Resting(), Finished, _served)
CLOSED_ERRAND = closed_errand(Resting())
ENDORSEMENT_MACHINE = together(
    "endorsement_machine", (ENDORSEMENT_ERRAND, RATING_ERRAND, CLOSED_ERRAND)
)
