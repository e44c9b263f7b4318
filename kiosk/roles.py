"""What a machine is, as data: its devices."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of machine.

    Args:
        name: as in the configuration.
        required: devices without which it offers nothing.
        optional: devices it can do without.
        one_of: by name of what they are for, devices of which at least one must work.
        gives_numbers: whether it holds queue numbers for when central is away.
    """

    name: str
    required: frozenset[str]
    optional: frozenset[str] = frozenset()
    one_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
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
    "endorsement": Role(
        "endorsement",
        required=frozenset({"card_printer", "chip_reader", "id_card_reader", "ticket_printer"}),
        optional=frozenset(
            {
                "camera",
                "card_terminal",
                "cash_acceptor",
                "code_scanner",
                "face_matcher",
                "fingerprint_reader",
                "panel_io",
                "voice",
            }
        ),
        one_of={
            "payment": frozenset({"card_terminal", "cash_acceptor", "code_scanner"}),
            "proof": frozenset({"camera", "fingerprint_reader"}),
        },
    ),
    "evaluator": Role("evaluator", required=frozenset(), optional=frozenset({"voice"})),
}
