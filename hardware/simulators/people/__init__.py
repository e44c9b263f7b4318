"""Synthetic citizens and their cards."""

from hardware.simulators.people.citizens import SyntheticPerson, people

__all__ = ["SyntheticPerson", "people"]
