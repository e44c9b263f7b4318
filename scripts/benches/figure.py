"""One measured figure and how it is printed."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Figure:
    """A measured value beside its reference.

    Args:
        figure: name, `<bench>.<what>`.
        value: measured.
        unit: of value and reference.
        reference: measured in the same run, or None where there is nothing to compare with.
        goal: the limit as text, for example `ratio <= 1.2` or `value <= 50`.
        holds: whether the goal is met; None for a figure without a goal.
    """

    figure: str
    value: float
    unit: str
    reference: float | None = None
    goal: str = ""
    holds: bool | None = None

    @property
    def ratio(self) -> float | None:
        """Value over reference."""
        return round(self.value / self.reference, 3) if self.reference else None

    def line(self) -> str:
        """One JSON line."""
        fields = {**asdict(self), "ratio": self.ratio}
        order = ("figure", "value", "unit", "reference", "ratio", "goal", "holds")
        return json.dumps({name: fields[name] for name in order}, ensure_ascii=False)


def at_most(figure: str, value: float, unit: str, limit: float) -> Figure:
    """A figure with an upper limit of its own."""
    return Figure(figure, value, unit, None, f"value <= {limit:g}", value <= limit)


def ratio_at_most(figure: str, value: float, unit: str, reference: float, limit: float) -> Figure:
    """A figure with an upper limit for its ratio to the reference."""
    holds = bool(reference) and value / reference <= limit
    return Figure(figure, value, unit, reference, f"ratio <= {limit:g}", holds)
