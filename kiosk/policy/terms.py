"""When a document must be ready at the latest, by the deadlines of the day of acceptance."""

from datetime import date, timedelta

from kiosk.domain.document import DocumentKind
from kiosk.policy.loader import shipped
from kiosk.policy.working_days import work_calendar


def last_day(document: DocumentKind, region: str, accepted: date) -> date | None:
    """The last day of the term, None when the tables do not say.

    Args:
        document: that is made.
        region: of the household; an unknown one counts as at home.
        accepted: day on which the window took the papers; the first day counted is the next.
    """
    row = shipped().on(accepted).processing(document, region)
    if row is None:
        return None
    if row.working:
        return work_calendar().after(accepted, row.days)
    return accepted + timedelta(days=row.days)
