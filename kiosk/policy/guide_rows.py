"""Rows of the tables about the guide."""

from typing import Annotated

from pydantic import Field

from kiosk.policy.rows import Key, Row


class GuideTopic(Row):
    """One topic of the guide.

    Args:
        topic: its name; message keys `guide.topic.<topic>.title` and `.note`.
        parts: its paragraphs, message keys `guide.part.<part>`.
        hotlines: numbers to call that belong to it.
    """

    topic: Key
    parts: Annotated[tuple[Key, ...], Field(min_length=1)]
    hotlines: tuple[Key, ...] = ()


class Hotline(Row):
    """A number to call.

    Args:
        hotline: whose; message key `guide.hotline.<hotline>`.
        number: as dialled.
    """

    hotline: Key
    number: Annotated[str, Field(pattern=r"^[0-9+-]{3,20}$")]
