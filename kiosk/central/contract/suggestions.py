"""The suggestions box of a hall: what somebody wrote, without saying who they are.

    POST /v1/suggestions      SuggestionIn -> SuggestionReceipt

It may come late, from a machine's outbox; the same id is kept once.
"""

from typing import Annotated

from pydantic import AwareDatetime, Field

from kiosk.central.contract.base import Id, Model, Moment, ShortText


class SuggestionIn(Model):
    """What somebody wrote."""

    suggestion_id: Id
    """made by the machine"""
    machine_id: Id
    hall_id: Id
    made_at: Moment
    language: ShortText
    text: Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
    phone: Annotated[str, Field(pattern=r"^[0-9]{10,12}$")] | None = None
    """for an answer; only when they wanted one"""


class SuggestionReceipt(Model):
    """It is kept, sealed."""

    suggestion_id: Id
    received_at: AwareDatetime
