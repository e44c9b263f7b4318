"""What a machine is, as data: its errands, and the devices that each of them needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field

CARD_INSIDE_REASON = "service.card_inside"
"""Message key: an open case about a card in the path."""

CENTRAL_AWAY_REASON = "service.central.away"
"""Message key: central did not answer the last call."""


@dataclass(frozen=True, slots=True)
class Needs:
    """Without what an errand is not offered.

    Args:
        devices: all of them must work.
        one_of: by name of what they are for, devices of which at least one must work.
        open_ends: message keys of what stands in the way of this errand alone: something that an
            earlier visit left open, or central away; any other stands in everybody's way.
    """

    devices: frozenset[str] = frozenset()
    one_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    open_ends: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of machine.

    Args:
        name: as in the configuration.
        errands: by name, what each needs; a machine that can do none of them is out of service.
        optional: devices it can do without.
        gives_numbers: whether it holds queue numbers for when central is away.
    """

    name: str
    errands: Mapping[str, Needs]
    optional: frozenset[str] = frozenset()
    gives_numbers: bool = False

    @property
    def required(self) -> frozenset[str]:
        """Devices without which some errand is not offered."""
        return frozenset[str]().union(*(needs.devices for needs in self.errands.values()))

    @property
    def devices(self) -> frozenset[str]:
        """Every device it may have; the configuration's others belong to other roles."""
        return self.required | self.optional

    @property
    def own_ends(self) -> frozenset[str]:
        """What closes some errands only."""
        return frozenset[str]().union(*(needs.open_ends for needs in self.errands.values()))


_READER, _PAPER = "id_card_reader", "ticket_printer"
_OF_CENTRAL = frozenset({CENTRAL_AWAY_REASON})

ROLES = {
    "kiosk": Role(
        "kiosk",
        errands={
            "apply": Needs(frozenset({_READER, _PAPER})),
            # Without the card a visitor is asked, or types a number.
            "number": Needs(frozenset({_PAPER})),
            "booking": Needs(frozenset({_PAPER})),
            "place": Needs(),
            "progress": Needs(frozenset({_READER})),
            "guide": Needs(),
            "suggestion": Needs(),
        },
        gives_numbers=True,
    ),
    "endorsement": Role(
        "endorsement",
        errands={
            "endorsement": Needs(
                frozenset({"card_printer", "chip_reader", _READER, _PAPER}),
                one_of={
                    "payment": frozenset({"card_terminal", "cash_acceptor", "code_scanner"}),
                    "proof": frozenset({"camera", "fingerprint_reader"}),
                },
                open_ends=frozenset({CARD_INSIDE_REASON, CENTRAL_AWAY_REASON}),
            ),
            "entries": Needs(frozenset({_READER}), open_ends=_OF_CENTRAL),
            "slip": Needs(frozenset({_READER, _PAPER}), open_ends=_OF_CENTRAL),
        },
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
    ),
    "evaluator": Role("evaluator", errands={"rating": Needs()}, optional=frozenset({"voice"})),
}
