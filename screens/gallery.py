"""Which screens there are: each errand names its own, a role names its errands."""

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from screens.base import FlowScreen


@dataclass(frozen=True, slots=True)
class Pictures:
    """The screens of one errand.

    Args:
        package: where its screens' modules lie, for example `screens.application`.
        screens: by type of state, as `module.Class` in the package; named by text so that a
            screen's module and its kv are read only when somebody gets there.
        steps: of the way through the errand, as a person counts them; message keys
            `app.progress.<name>`.
        progress: which step a state belongs to; states not named are before or after all.
        part: how much of its step a state has behind it, 0 to 1.
        shown: whether a state is on that way at all; some are passed on others, too.
    """

    package: str
    screens: Mapping[type[Any], str]
    steps: tuple[str, ...] = ()
    progress: Mapping[type[Any], int] | None = None
    part: Callable[[object], float] = lambda _state: 0.5
    shown: Callable[[object], bool] = lambda _state: True


@dataclass(frozen=True, slots=True)
class Place:
    """How far a person is.

    Args:
        steps: names of all steps of the errand.
        step: index of the present one; below zero when it is not shown.
        part: how much of it is behind them, 0 to 1.
    """

    steps: tuple[str, ...] = ()
    step: int = -1
    part: float = 0.0


@dataclass(frozen=True, slots=True)
class Banner:
    """What stands over every screen of a role, as message keys.

    Args:
        service: what the machine is for.
        central_away: what becomes of it while central is away.
    """

    service: str = "app.header.service"
    central_away: str = "app.notice.central_away"


class Gallery:
    """All screens of one role; an errand's are looked up when one of its states is first shown.

    Args:
        errands: by the package of an errand's flow, the module that names its screens.
        banner: what stands over all of them.
    """

    def __init__(self, errands: Mapping[str, str], banner: Banner | None = None) -> None:
        self.banner = banner or Banner()
        self._errands = errands

    def __iter__(self) -> Iterator[type[Any]]:
        for package in self._errands:
            yield from self._pictures(package).screens

    def __len__(self) -> int:
        return sum(len(self._pictures(package).screens) for package in self._errands)

    def screen_class(self, state: type[Any]) -> type[FlowScreen]:
        """The class that draws a type of state; reads its module."""
        pictures = self._of(state)
        module, name = pictures.screens[state].split(".")
        found: type[FlowScreen] = getattr(
            importlib.import_module(f"{pictures.package}.{module}"), name
        )
        return found

    def place(self, state: object) -> Place:
        """How far a person in this state is."""
        pictures = self._of(type(state))
        step = (pictures.progress or {}).get(type(state), -1)
        if step < 0 or not pictures.shown(state):
            return Place()
        return Place(pictures.steps, step, pictures.part(state))

    def _of(self, state: type[Any]) -> Pictures:
        package = next(one for one in self._errands if f"{state.__module__}.".startswith(f"{one}."))
        return self._pictures(package)

    def _pictures(self, package: str) -> Pictures:
        found: Pictures = importlib.import_module(self._errands[package]).PICTURES
        return found


_ERRANDS: Mapping[str, tuple[str, ...]] = {
    "endorsement": ("endorsement", "rating", "closed", "maintenance"),
    "kiosk": ("application", "ticket", "rating", "guide", "suggestion", "closed", "maintenance"),
    "evaluator": ("evaluator", "rating"),
}
"""Names of a role's errands, in `kiosk.flows` and in `screens` alike."""
_BANNERS: Mapping[str, Banner] = {
    "endorsement": Banner("endorsement.header.service", "endorsement.notice.central_away"),
    "evaluator": Banner(central_away="rate.notice.central_away"),
}


def of_role(role: str) -> Gallery:
    """The screens of a role."""
    errands = {f"kiosk.flows.{name}": f"screens.{name}.pictures" for name in _ERRANDS[role]}
    return Gallery(errands, _BANNERS.get(role))
