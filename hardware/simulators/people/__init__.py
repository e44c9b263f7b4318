"""Synthetic citizens and their cards."""

from hardware.simulators.people.citizens import SyntheticPerson, faces, people

__all__ = ["SyntheticPerson", "faces", "people"]
