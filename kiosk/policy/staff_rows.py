"""Rows of the tables about the hall's staff."""

from typing import Annotated

from pydantic import Field, StrictInt

from kiosk.policy.rows import Row

Count = Annotated[StrictInt, Field(ge=1, le=100_000)]


class StaffRules(Row):
    """How staff sign in to central's pages.

    Args:
        password_min_chars: shortest password.
        failures: wrong tries in a row that lock an account.
        lock_minutes: how long it stays locked.
        idle_minutes: a session without a touch ends after so long.
        longest_hours: a session ends after so long in any case.
        code_minutes: how long a one-time code is good for.
    """

    password_min_chars: Annotated[StrictInt, Field(ge=8, le=64)]
    failures: Annotated[StrictInt, Field(ge=1, le=20)]
    lock_minutes: Count
    idle_minutes: Count
    longest_hours: Annotated[StrictInt, Field(ge=1, le=24)]
    code_minutes: Count
