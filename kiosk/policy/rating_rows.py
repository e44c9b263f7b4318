"""Rows of the tables about ratings and what becomes of them."""

from typing import Annotated

from pydantic import Field, StrictBool, StrictInt

from kiosk.domain.rating import Level
from kiosk.policy.rows import Key, Row

Name = Annotated[str, Field(min_length=1, max_length=40)]
Share = Annotated[float, Field(gt=0, le=1)]


class RatingRules(Row):
    """How citizens are asked, and how soon a bad rating is looked into.

    Args:
        edition: of these rules and the reasons; goes with every rating.
        answer_within_s: how long a request stays open.
        late_days: so old may a rating from a machine's outbox be.
        most_reasons: that one citizen can choose.
        contact_working_days: until first contact after a bad rating.
        contact_calls: in vain, after which a bad rating is looked into without the citizen.
        close_working_days: until a bad rating is closed.
        ledger_working_days: until it is closed once it stands in the ledger.
        call_backs: served citizens drawn for a call each day.
    """

    edition: Annotated[str, Field(pattern=r"^[A-Za-z0-9.-]{1,30}$")]
    answer_within_s: Annotated[StrictInt, Field(ge=5, le=600)]
    late_days: Annotated[StrictInt, Field(ge=1, le=60)]
    most_reasons: Annotated[StrictInt, Field(ge=1, le=10)]
    contact_working_days: Annotated[StrictInt, Field(ge=1, le=30)]
    contact_calls: Annotated[StrictInt, Field(ge=1, le=20)]
    close_working_days: Annotated[StrictInt, Field(ge=1, le=60)]
    ledger_working_days: Annotated[StrictInt, Field(ge=1, le=120)]
    call_backs: Annotated[StrictInt, Field(ge=0, le=200)]


class RatingReason(Row):
    """Something a citizen may say about a level.

    Args:
        code: as stored.
        levels: it fits.
        names: by locale.
    """

    code: Key
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    names: Annotated[dict[str, Name], Field(min_length=1)]


class RatingCall(Row):
    """Whether who gives a level may leave a number to be called at."""

    level: Level
    may_be_called: StrictBool


class RatingSignals(Row):
    """When ratings look as if somebody else gave them; shown, never removed.

    Args:
        quick_s: an answer sooner after its request was hardly read.
        quick_share: so large a part of quick answers is shown.
        quick_least: from so many answers on.
        burst_s: a burst is several answers on one terminal within so long.
        burst_count: that many.
        far_stars: a terminal whose mean is so far from the hall's is shown.
        far_least: from so many answers on.
        far_days: over so many days.
        clock_s: a machine's clock so far from central's is shown.
        moves: so many changes of a window's terminal in one day are shown.
    """

    quick_s: Annotated[float, Field(gt=0, le=10)]
    quick_share: Share
    quick_least: Annotated[StrictInt, Field(ge=1)]
    burst_s: Annotated[StrictInt, Field(ge=1, le=3600)]
    burst_count: Annotated[StrictInt, Field(ge=2, le=100)]
    far_stars: Annotated[float, Field(gt=0, le=4)]
    far_least: Annotated[StrictInt, Field(ge=1)]
    far_days: Annotated[StrictInt, Field(ge=1, le=366)]
    clock_s: Annotated[StrictInt, Field(ge=1)]
    moves: Annotated[StrictInt, Field(ge=1)]


class Holiday(Row):
    """Days off, from `valid_from` to `valid_to`."""

    name: Name


class MadeUpDay(Row):
    """Weekend days that are worked, from `valid_from` to `valid_to`."""

    name: Name
