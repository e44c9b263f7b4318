"""What policy says about ratings today, ready to be used and to be told to machines."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kiosk.central.contract.ratings import LevelOptions, RatingOptions, ReasonOption
from kiosk.domain.rating import Level
from kiosk.policy.loader import shipped
from kiosk.policy.rating_rows import RatingCall, RatingReason, RatingRules, RatingSignals


@dataclass(frozen=True, slots=True)
class RatingPolicy:
    """All of a day's rules.

    Args:
        rules: times and counts.
        signals: when ratings look odd.
        options: as machines get them.
        reason_names: by code, then by locale; also of reasons that are no longer offered.
        ever: codes of every edition, by level.
    """

    rules: RatingRules
    signals: RatingSignals
    options: RatingOptions
    reason_names: dict[str, dict[str, str]]
    ever: dict[Level, frozenset[str]]

    def fits(self, level: Level, reasons: tuple[str, ...], phone: str | None) -> bool:
        """Whether an answer is one that could be given; lists of earlier editions count as well."""
        offered = next(one for one in self.options.levels if one.level is level)
        once_each = len(set(reasons)) == len(reasons) <= self.rules.most_reasons
        known = set(reasons) <= self.ever[level]
        return once_each and known and (phone is None or offered.may_be_called)


@lru_cache(maxsize=16)
def rating_policy(day: date) -> RatingPolicy:
    """The rules in force on a day."""
    tables = shipped().on(day)
    rules = tables.table(RatingRules)[0]
    reasons = tables.table(RatingReason)
    called = {one.level for one in tables.table(RatingCall) if one.may_be_called}
    levels = tuple(
        LevelOptions(
            level=level,
            stars=level.stars,
            may_be_called=level in called,
            reasons=tuple(
                ReasonOption(code=one.code, names=one.names)
                for one in reasons
                if level in one.levels
            ),
        )
        for level in Level
    )
    options = RatingOptions(
        version=rules.edition,
        answer_within_s=rules.answer_within_s,
        most_reasons=rules.most_reasons,
        levels=levels,
    )
    every = [row for row in shipped().rows if isinstance(row, RatingReason)]
    names = {one.code: one.names for one in every}
    ever = {level: frozenset(one.code for one in every if level in one.levels) for level in Level}
    return RatingPolicy(rules, tables.table(RatingSignals)[0], options, names, ever)
