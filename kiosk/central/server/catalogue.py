"""What each hall offers, read once from a TOML file."""

import hashlib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.central.contract import ErrorCode, Hall, Model, Service
from kiosk.central.server.problems import RefusalError


class _HallTable(Hall):
    services: tuple[Service, ...]


class _File(Model):
    halls: tuple[_HallTable, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """One hall and its services in the order they are visited."""

    hall: Hall
    services: tuple[Service, ...]

    def ordered(self, service_ids: Sequence[str]) -> tuple[Service, ...]:
        """The named services, each once, in the order they are visited.

        Raises:
            RefusalError: one of them is not offered here.
        """
        wanted = set(service_ids)
        chosen = tuple(one for one in self.services if one.service_id in wanted)
        if len(chosen) < len(wanted):
            raise RefusalError(422, ErrorCode.UNKNOWN_SERVICE)
        return chosen


@dataclass(frozen=True, slots=True)
class Offers:
    """All halls.

    Args:
        version: changes whenever the file does.
        by_hall: hall id to what it offers.
    """

    version: str
    by_hall: dict[str, Offer]

    def of(self, hall_id: str, status: int = 422) -> Offer:
        """What a hall offers.

        Args:
            hall_id: which.
            status: of the refusal: 404 where the hall is the thing asked for.

        Raises:
            RefusalError: the hall is unknown.
        """
        if hall_id not in self.by_hall:
            raise RefusalError(status, ErrorCode.UNKNOWN_HALL)
        return self.by_hall[hall_id]


def load(path: Path) -> Offers:
    """Read a catalogue.

    Args:
        path: of the TOML file.

    Raises:
        ValueError: the file is not a catalogue, or two services of a hall share a prefix.
    """
    data = path.read_bytes()
    table = _File.model_validate(tomllib.loads(data.decode("utf-8")))
    offers: dict[str, Offer] = {}
    for hall in table.halls:
        prefixes = [one.prefix for one in hall.services]
        if len(set(prefixes)) < len(prefixes):
            raise ValueError(f"{path}: hall {hall.hall_id}: two services share a prefix")
        services = tuple(sorted(hall.services, key=lambda one: one.order))
        plain = Hall(**hall.model_dump(include=set(Hall.model_fields)))
        offers[hall.hall_id] = Offer(plain, services)
    return Offers(hashlib.sha256(data).hexdigest()[:12], offers)
