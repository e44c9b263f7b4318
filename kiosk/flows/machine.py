"""Tables of an errand: what a state does with an event."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from kiosk.flows.effects import Effect

S = TypeVar("S")
E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Step(Generic[S]):
    """Where an event leads.

    Args:
        state: the next state.
        effects: what is to be done, in order.
    """

    state: S
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table, for diagrams and completeness tests.

    Args:
        state: type of the state.
        event: type of the event.
        leads_to: types of the states that the handler can return, as declared.
    """

    state: type[Any]
    event: type[Any]
    leads_to: tuple[type[Any], ...]


class Flow(Generic[S]):
    """One errand.

    Args:
        name: of the errand, for diagrams and log.
        home: the state it rests in.
    """

    def __init__(self, name: str, home: S) -> None:
        self.name = name
        self.home = home
        self._rows: dict[
            tuple[type[Any], type[Any]], tuple[Callable[..., Step[S] | None], Row]
        ] = {}

    def on(
        self,
        state: type[Any],
        event: type[E],
        handler: Callable[[Any, E], Step[S] | None],
        leads_to: tuple[type[Any], ...] = (),
    ) -> "Flow[S]":
        """Add a row.

        Args:
            state: type of the state the row is for.
            event: type of the event it expects.
            handler: pure function of both; None when the event is stale or does not fit.
            leads_to: types of the states it can return; empty means it stays in `state`.

        Returns:
            The flow itself, so that rows can be chained.

        Raises:
            ValueError: the row exists already.
        """
        if (state, event) in self._rows:
            msg = f"{self.name}: two rows for {state.__name__} and {event.__name__}"
            raise ValueError(msg)
        self._rows[state, event] = handler, Row(state, event, leads_to or (state,))
        return self

    def include(self, other: "Flow[Any]") -> "Flow[S]":
        """Add every row of another table.

        Raises:
            ValueError: a row exists already.
        """
        for handler, row in other._rows.values():  # noqa: SLF001 - of its own class
            self.on(row.state, row.event, handler, row.leads_to)
        return self

    def step(self, state: S, event: object) -> Step[S] | None:
        """Apply an event; None when the state does not expect it (a late touch, a stale answer)."""
        found = self._rows.get((type(state), type(event)))
        return found[0](state, event) if found else None

    def expects(self, state: S, event: type[Any]) -> bool:
        """Whether the state has a row for this type of event."""
        return (type(state), event) in self._rows

    def rows(self) -> Iterator[Row]:
        """All rows in the order they were added."""
        return (row for _, row in self._rows.values())
