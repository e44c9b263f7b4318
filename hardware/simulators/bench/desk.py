"""All simulators of a demo behind one small API; the page and tests use the same."""

from collections.abc import Mapping
from typing import Any

from hardware.simulators.base import Knob, KnobValue, Simulator


class Bench:
    """The knobs and pictures of every simulator.

    Args:
        simulators: by device name.
    """

    def __init__(self, simulators: Mapping[str, Simulator]) -> None:
        self._simulators = simulators

    def turn(self, simulator: str, knob: str, value: KnobValue = None) -> None:
        """Turn a knob.

        Raises:
            KeyError: there is no such simulator or knob.
        """
        self._knob(simulator, knob).set(value)

    def picture(self, simulator: str, name: str) -> bytes:
        """A picture that came out, as PNG.

        Raises:
            KeyError: there is no such simulator or picture.
        """
        for one in self._simulators[simulator].pictures():
            if one.name == name:
                return one.png
        raise KeyError(name)

    def snapshot(self) -> list[dict[str, Any]]:
        """Every simulator with its knobs as they stand and the names of its pictures."""
        return [
            {
                "key": key,
                "label": f"bench.{key}.title",
                "knobs": [_described(knob) for knob in simulator.knobs()],
                "pictures": [
                    {"name": one.name, "caption": one.caption} for one in simulator.pictures()
                ],
            }
            for key, simulator in self._simulators.items()
        ]

    def _knob(self, simulator: str, key: str) -> Knob:
        for knob in self._simulators[simulator].knobs():
            if knob.key == key:
                return knob
        raise KeyError(key)


def _described(knob: Knob) -> dict[str, Any]:
    return {
        "key": knob.key,
        "label": knob.label_key,
        "kind": knob.kind.value,
        "value": knob.get(),
        "unit": knob.unit,
        "choices": [{"value": one.value, "label": one.label_key} for one in knob.choices],
    }
