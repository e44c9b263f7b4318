"""How satisfied a citizen says they are (domain facts 8)."""

from enum import StrEnum


class Level(StrEnum):
    """The five levels of 好差评, best first; there is no sixth for saying nothing."""

    VERY_SATISFIED = "very_satisfied"  # 非常满意
    SATISFIED = "satisfied"  # 满意
    FAIRLY_SATISFIED = "fairly_satisfied"  # 基本满意
    DISSATISFIED = "dissatisfied"  # 不满意
    VERY_DISSATISFIED = "very_dissatisfied"  # 非常不满意

    @property
    def stars(self) -> int:
        """Five for the best, one for the worst."""
        return 5 - list(Level).index(self)

    @property
    def is_bad(self) -> bool:
        """Whether somebody must look into it: 不满意 and 非常不满意."""
        return self.stars <= 2


class CaseKind(StrEnum):
    """What was served, and can be rated once."""

    WINDOW = "window"  # a ticket's visit to a window
    APPLICATION = "application"  # an errand at the hall kiosk
    ENDORSEMENT = "endorsement"  # an errand at the endorsement machine
