"""What a machine is, as data: its devices."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of machine.

    Args:
        name: as in the configuration.
        required: devices without which it offers nothing.
        optional: devices it can do without.
        gives_numbers: whether it holds queue numbers for when central is away.
    """

    name: str
    required: frozenset[str]
    optional: frozenset[str] = frozenset()
    gives_numbers: bool = False

    @property
    def devices(self) -> frozenset[str]:
        """Every device it may have; the configuration's others belong to other roles."""
        return self.required | self.optional


ROLES = {
    "kiosk": Role(
        "kiosk",
        required=frozenset({"id_card_reader", "ticket_printer"}),
        gives_numbers=True,
    ),
}
