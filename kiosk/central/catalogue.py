"""The hall's catalogue as central last gave it."""

from kiosk.central.contract import Catalogue
from kiosk.central.last_good import Keeping, LastGood
from kiosk.central.remote import Central


class CatalogueKeeper(LastGood[Catalogue]):
    """Keeps the last catalogue.

    Args:
        keeping: what it takes.
        central: gives the catalogue.
        hall_id: whose catalogue.
    """

    def __init__(self, keeping: Keeping, central: Central, hall_id: str) -> None:
        super().__init__("catalogue", Catalogue, lambda: central.catalogue(hall_id), keeping)

    def services(self) -> tuple[str, ...]:
        """Ids of what the hall offers; none before the first catalogue."""
        catalogue = self.current()
        return tuple(one.service_id for one in catalogue.services) if catalogue else ()

    def in_order(self, services: tuple[str, ...]) -> tuple[str, ...]:
        """Services in the order they are visited, as central would put them."""
        catalogue = self.current()
        order = {one.service_id: one.order for one in catalogue.services} if catalogue else {}
        return tuple(sorted(services, key=lambda one: order.get(one, len(order))))

    def windows(self, service_id: str) -> tuple[str, ...]:
        """Names of the windows that serve a service; empty when unknown."""
        catalogue = self.current()
        services = catalogue.services if catalogue else ()
        return next((one.windows for one in services if one.service_id == service_id), ())

    def outdated(self, version: str) -> bool:
        """Take note of the version in a heartbeat's answer; whether ours is another one.

        The next `keep` then asks for it; whoever hears True wakes the courier.
        """
        catalogue = self.current()
        other = catalogue is None or catalogue.version != version
        if other:
            self.ask_anew()
        return other
