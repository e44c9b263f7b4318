"""What a machine is, as data: its devices and its errand."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of machine.

    Args:
        name: as in the configuration.
        required: devices without which it offers nothing.
        optional: devices it can do without.
    """

    name: str
    required: frozenset[str]
    optional: frozenset[str] = frozenset()


ROLES = {
    "kiosk": Role("kiosk", required=frozenset({"id_card_reader", "ticket_printer"})),
}
