"""The endorsement machine's figures, each part in a file of its own."""

from scripts.benches import endorsement_case, endorsement_chip
from scripts.benches.figure import Figure


def measure(*, quick: bool) -> list[Figure]:
    """Every part, one after another.

    Args:
        quick: fewer rounds.
    """
    return [*endorsement_case.measure(quick=quick), *endorsement_chip.measure(quick=quick)]
