"""All that a citizen can do at a hall kiosk, as one table; "apply" is its home."""

from kiosk.flows.application.table import APPLICATION_ERRAND
from kiosk.flows.errand import together
from kiosk.flows.ticket.table import TICKET_ERRAND

ERRANDS = (APPLICATION_ERRAND, TICKET_ERRAND)
HALL_KIOSK = together("hall_kiosk", ERRANDS)
