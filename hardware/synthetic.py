"""Synthetic citizens' permits, for whoever keeps the register of a demo."""

from dataclasses import dataclass

from hardware.interfaces.chip_reader import ChipEndorsement
from hardware.simulators.people.citizens import people
from hardware.simulators.people.fingers import enrolled
from hardware.simulators.people.permits import permits


@dataclass(frozen=True, slots=True)
class SyntheticPermit:
    """A permit of nobody, for whoever keeps the register of a demo.

    Args:
        id_number: of its holder's identity card.
        name: of its holder.
        birth: YYYYMMDD.
        number: of the permit.
        valid_from: YYYYMMDD.
        valid_until: YYYYMMDD.
        endorsements: that it carries.
        finger_template: of its holder.
    """

    id_number: str
    name: str
    birth: str
    number: str
    valid_from: str
    valid_until: str
    endorsements: tuple[ChipEndorsement, ...]
    finger_template: bytes


def synthetic_permits() -> tuple[SyntheticPermit, ...]:
    """Every permit that a simulated citizen can put into a machine."""
    return tuple(
        SyntheticPermit(
            people()[citizen].card.number,
            facts.name,
            facts.birth,
            facts.number,
            facts.valid_from,
            facts.valid_until,
            facts.endorsements,
            enrolled(citizen),
        )
        for citizen, facts in permits().items()
    )
