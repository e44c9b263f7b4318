"""Finding one's own booking again."""

from sqlalchemy import Connection, select

from kiosk.central.server.bookings import books
from kiosk.central.server.bookings.tables import booking
from kiosk.central.server.office import Office


def by_code(connection: Connection, office: Office, code: str, number: str) -> str | None:
    """Id of the booking that has this code and this holder, None for none.

    Args:
        connection: with an open transaction.
        office: the server's parts.
        code: as typed, digits only.
        number: of the holder's document.
    """
    query = (
        select(booking.c.booking_id)
        .where(
            booking.c.code == code, booking.c.holder == office.sealer.index(books.HOLDER, number)
        )
        .order_by(booking.c.day.desc())
        .limit(1)
    )
    return connection.execute(query).scalar_one_or_none()
