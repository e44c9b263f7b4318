"""A booking for somebody's calendar."""

from kiosk.central.contract.bookings import Booking
from kiosk.locale import CatalogueSpeech


def entry(booking: Booking, speech: CatalogueSpeech) -> str:
    """The booking as an iCalendar file (RFC 5545); it names nobody.

    Args:
        booking: to be noted.
        speech: of its reader.
    """
    stamp = "%Y%m%dT%H%M%S"
    names = booking.reminder.hall_names
    place = names.get(speech.language) or names.get("zh_CN", "")
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//hall central//bookings//",
        "BEGIN:VEVENT",
        f"UID:{booking.code}-{booking.starts_at:%Y%m%d}",
        f"DTSTAMP:{booking.starts_at:{stamp}}",
        f"DTSTART:{booking.starts_at:{stamp}}",
        f"DTEND:{booking.ends_at:{stamp}}",
        f"SUMMARY:{place} {speech.text('book.done.code')} {booking.code}",
        f"LOCATION:{place}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    )
    return "\r\n".join(lines)
