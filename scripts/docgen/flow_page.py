"""An errand's page: its diagram, its states with their limits of time, its table."""

import inspect
from typing import Any

from kiosk.flows.machine import Flow
from kiosk.flows.rules import Cancelling, Conduct, Limit, StateRules


def flow_page(flow: Flow[Any], conduct: Conduct) -> str:
    """The page of one errand as Markdown.

    Args:
        flow: its table.
        conduct: how its states treat the session.
    """
    note = (
        "Events that keep their state are in the last table only. Cancelling, idle time and "
        "a stopped service lead home from many states and are not drawn.\n"
    )
    parts = (
        f"# The errand “{flow.name}”\n",
        note,
        _diagram(flow),
        "## States\n",
        _states(conduct),
        "## Events\n",
        _events(flow),
    )
    return "\n".join(parts)


def _diagram(flow: Flow[Any]) -> str:
    edges: dict[tuple[str, str], list[str]] = {}
    for row in flow.rows():
        for target in row.leads_to:
            if target is not row.state:
                edge = row.state.__name__, target.__name__
                edges.setdefault(edge, []).append(row.event.__name__)
    lines = [
        f"    {start} --> {end}: {', '.join(events)}" for (start, end), events in edges.items()
    ]
    home = type(flow.home).__name__
    return "\n".join(["```mermaid", "stateDiagram-v2", f"    [*] --> {home}", *lines, "```\n"])


def _states(conduct: Conduct) -> str:
    head = (
        "| state | what happens | warned after | countdown | leaves by itself | cancel | help |",
        "|---|---|---|---|---|---|---|",
    )
    rows = (_state_row(state, rules, conduct) for state, rules in conduct.rules.items())
    return "\n".join((*head, *rows)) + "\n"


def _state_row(state: type[Any], rules: StateRules, conduct: Conduct) -> str:
    cells = (
        f"`{state.__name__}`",
        (inspect.getdoc(state) or "").splitlines()[0],
        _seconds(rules.idle.quiet_s) if rules.idle else "–",
        _countdown(rules, conduct),
        _limit(rules.limit),
        _cancel(rules),
        f"`{rules.help_topic}`" if rules.help_topic else "–",
    )
    return "| " + " | ".join(cells) + " |"


def _countdown(rules: StateRules, conduct: Conduct) -> str:
    if rules.idle is None:
        return "–"
    if rules.resting:
        return "none: only language and look go back"
    at_stake = conduct.idle_at_stake.warning_s
    return f"{_seconds(rules.idle.warning_s)}; {_seconds(at_stake)} where answers would be lost"


def _limit(limit: Limit | None) -> str:
    if limit is None:
        return "–"
    only = ", in some of its cases" if limit.applies else ""
    after = "as long as it says itself" if limit.of_state else f"after {_seconds(limit.after_s)}"
    return f"{after} (`{limit.timer}`{only})"


def _cancel(rules: StateRules) -> str:
    if not rules.cancel:
        return Cancelling.NOT_OFFERED.value
    return f"{Cancelling.AT_ONCE.value}; {Cancelling.ASKED_FIRST.value} where answers would be lost"


def _events(flow: Flow[Any]) -> str:
    head = ("| state | event | leads to |", "|---|---|---|")
    rows = (
        f"| `{row.state.__name__}` | `{row.event.__name__}` | "
        + ", ".join(f"`{target.__name__}`" for target in row.leads_to)
        + " |"
        for row in flow.rows()
    )
    return "\n".join((*head, *rows)) + "\n"


def _seconds(value: float) -> str:
    return f"{value:g} s"
