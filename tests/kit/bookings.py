"""People who book, for tests."""

from datetime import datetime
from typing import Any

from tests.kit.central import HALL, MORNING, new_id

HOLDER = "420299199003070012"


def holder(n: int) -> str:
    """A document number of the synthetic range; central only hashes it."""
    return f"42029919900307{n:04d}"


def today_at(hour: int, minute: int = 0) -> datetime:
    """A moment of the test's day in the hall's zone."""
    return MORNING.replace(hour=hour, minute=minute)


def booking_request(starts_at: datetime, number: str = HOLDER, **others: Any) -> dict[str, Any]:
    """Somebody books a passport slot."""
    return {
        "booking_id": new_id("booking"),
        "hall_id": HALL,
        "services": ["passport"],
        "starts_at": starts_at.isoformat(),
        "holder_number": number,
        **others,
    }


def check_in_request(number: str | None = HOLDER, **others: Any) -> dict[str, Any]:
    """Somebody comes to a machine with their card."""
    return {
        "ticket_id": new_id("t"),
        "machine_id": "kiosk-1",
        "hall_id": HALL,
        "holder_number": number,
        "taken_at": MORNING.isoformat(),
        **others,
    }
