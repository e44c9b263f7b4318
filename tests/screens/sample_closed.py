"""Sample pictures of machines that offer a part of what they can do."""

from collections.abc import Iterator

from kiosk.domain.closed import Closed
from kiosk.flows.application.states import OutOfService, Welcome
from kiosk.flows.closed.states import ErrandClosed
from kiosk.flows.endorsement.states import Resting

READER, PAPER = "service.id_card_reader.away", "service.ticket_printer.paper_out"
NO_CARD_PATH = (Closed("endorsement", ("service.card_printer.away", "service.chip_reader.away")),)
CARD_INSIDE = (Closed("endorsement", ("service.card_inside",)),)
NO_SLIPS = (Closed("endorsement", (PAPER,)), Closed("slip", (PAPER,)))
NO_READER = (Closed("apply", (READER,)), Closed("progress", (READER,)))
NO_PAPER = tuple(Closed(one, (PAPER,)) for one in ("apply", "number", "booking"))
NEITHER = (
    Closed("apply", (READER, PAPER)),
    *(Closed(one, (PAPER,)) for one in ("number", "booking")),
    Closed("progress", (READER,)),
)


def permit_machine() -> Iterator[tuple[str, object]]:
    """Without card path, with a card inside, without paper; and what was touched all the same."""
    yield "01_resting_no_card_path", Resting(NO_CARD_PATH)
    yield "01_resting_card_inside", Resting(CARD_INSIDE)
    yield "01_resting_no_slips", Resting(NO_SLIPS)
    yield "01_errand_closed", ErrandClosed(NO_CARD_PATH[0])


def hall_kiosk() -> Iterator[tuple[str, object]]:
    """Out of service; without reader, paper, both; and what was touched all the same."""
    yield "17_out_of_service", OutOfService(())
    yield "17_welcome_no_reader", Welcome(NO_READER)
    yield "17_welcome_no_paper", Welcome(NO_PAPER)
    yield "17_welcome_neither", Welcome(NEITHER)
    yield "17_errand_closed", ErrandClosed(NEITHER[0])
