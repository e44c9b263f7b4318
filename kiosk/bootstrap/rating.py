"""What every machine that asks for ratings needs for it."""

from kiosk.bootstrap.ground import Ground
from kiosk.central.desk_messages import Machine as Speaker
from kiosk.central.rating_book import BookParts, RatingBook
from kiosk.central.rating_client import RatingClient
from kiosk.central.rating_options import OptionsKeeper
from kiosk.runtime.performers import ErrandPerformer
from kiosk.runtime.rating_task import RatingTask
from kiosk.runtime.voice_task import VoiceTask


class Ratings:
    """Client, list and book of one machine.

    Args:
        ground: of the machine; its courier keeps the list.
    """

    def __init__(self, ground: Ground) -> None:
        machine = ground.config.machine
        side = ground.side
        self._ground = ground
        self.client = RatingClient(ground.client.transport)
        self.options = OptionsKeeper(ground.keeping, self.client, machine.hall_id)
        self.book = RatingBook(
            BookParts(
                machine=Speaker(machine.machine_id, machine.hall_id),
                storage=ground.storage,
                outbox=side.outbox,
                options=self.options,
                clock=ground.clock,
                wake=side.courier.wake,
                record=ground.audit.append,
            )
        )
        side.courier.add(self.options.keep)
        ground.later.may_rate = lambda: self.options.current() is not None

    def performers(self) -> tuple[ErrandPerformer, ...]:
        """What does the effects of the errand "rate" and says its prompts."""
        ground = self._ground
        spoken = ground.manager if "voice" in ground.equipment.devices else None
        return (
            RatingTask(self.book, ground.services, ground.later.report),
            VoiceTask(spoken, ground.languages),
        )
