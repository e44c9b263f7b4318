"""A window's terminal without its screen: records, outbox and line to central, on a folder."""

from pathlib import Path

from kiosk.audit.log import AuditLog
from kiosk.central.answer import Timeouts
from kiosk.central.client import CentralClient
from kiosk.central.contract.ratings import TerminalState
from kiosk.central.courier import Courier
from kiosk.central.desk_messages import Machine
from kiosk.central.durable import DurableSettings, Listeners, assemble
from kiosk.central.event_stream import EventStream, StreamPace, Wanted
from kiosk.central.last_good import Keeping
from kiosk.central.leases import Holder
from kiosk.central.notices_keeper import NoticesKeeper
from kiosk.central.outbox import DeadMessage
from kiosk.central.outbox_sender import Pace
from kiosk.central.rating_book import BookParts, RatingBook
from kiosk.central.rating_client import RatingClient
from kiosk.central.rating_messages import Answer
from kiosk.central.rating_options import OptionsKeeper
from kiosk.central.terminal_ear import KINDS, TerminalEar, Wakes
from kiosk.central.window_terminal import (
    Standing,
    TerminalParts,
    WindowNow,
    WindowTerminal,
    kept_secret,
)
from kiosk.cipher import FieldCipher, device_key
from kiosk.clock import Clock
from kiosk.domain.rating import Level
from kiosk.domain.rating_question import Question
from kiosk.storage import Storage
from tests.kit.central import HALL


def _broken(error: BaseException) -> None:
    raise AssertionError("an errand of the terminal let an exception through") from error


class TerminalBed:
    """One terminal's folder and the program on it; courier and looks run when a test says so.

    Args:
        folder: of the machine.
        url: of central.
        clock: of the machine.
        machine_id: its name.
        window: where it stands.
    """

    def __init__(
        self, folder: Path, url: str, clock: Clock, machine_id: str = "e-1", window: str = "1"
    ) -> None:
        self.folder = folder
        self.clock = clock
        self._url = url
        self._standing = Standing(machine_id, HALL, window)
        self.told: list[WindowNow] = []
        self.dead: list[DeadMessage] = []
        self.start()

    def start(self) -> None:
        """Start the program."""
        where = self._standing
        self.storage = Storage(self.folder / "machine.db")
        self.stream: EventStream | None = None
        self.client = CentralClient(self._url, self.clock, Timeouts(5.0, 30.0, 30.0, tries=1))
        cipher = FieldCipher(device_key(self.folder / "device.key"))
        holder = Holder(where.machine_id, where.hall_id, "test", "boot-1", 1)
        settings = DurableSettings(holder, pace=Pace(0.0, 0.0), numbers=False)
        record = AuditLog(self.storage, self.clock).append
        listeners = Listeners(record=record, on_dead=self.dead.append)
        self.side = assemble(settings, self.storage, cipher, self.client, self.clock, listeners)
        keeping = Keeping(self.storage, self.side.link, self.clock)
        self.notices = NoticesKeeper(keeping, self.client.transport, where.hall_id)
        self.options = OptionsKeeper(keeping, self._ratings(), where.hall_id)
        speaker = Machine(where.machine_id, where.hall_id)
        self.book = RatingBook(
            BookParts(
                speaker,
                self.storage,
                self.side.outbox,
                self.options,
                self.clock,
                lambda: None,
                record,
            )
        )
        self._stand(cipher)

    def _ratings(self) -> RatingClient:
        return RatingClient(self.client.transport)

    def _stand(self, cipher: FieldCipher) -> None:
        """Put the terminal at its window, with what wakes it."""
        self.terminal = WindowTerminal(
            self._standing,
            TerminalParts(
                client=self._ratings(),
                book=self.book,
                link=self.side.link,
                secret=kept_secret(self.storage, cipher),
                new_key=self.side.outbox.new_key,
                tell=self.told.append,
                changed=lambda: None,
                hears=lambda: self.ear.hears,
            ),
        )
        self.watching = Courier(self.clock, _broken)
        self.watching.add(self.terminal.look)
        self.watching.add(self.notices.keep)
        wakes = Wakes(self.watching.wake, self._read_notices)
        self.ear = TerminalEar(self._standing.window, wakes)

    def _read_notices(self) -> None:
        self.notices.ask_anew()
        self.watching.wake()

    def run(self) -> None:
        """Look by itself from now on, by the clock and by what central tells."""
        self.watching.start()
        wanted = Wanted(self._standing.hall_id, KINDS)
        pace = StreamPace(base_s=0.05, cap_s=0.1)
        self.stream = EventStream(self.client.transport, wanted, self.ear, pace)
        self.stream.start()

    def stop(self) -> None:
        """End the program; what is on the disk stays."""
        if self.stream is not None:
            self.stream.close()
        self.watching.close()
        self.client.close()
        self.storage.close()

    def restart(self) -> None:
        """Stop and start, as after a crash."""
        self.stop()
        self.told.clear()
        self.start()

    def look(self) -> WindowNow | None:
        """Look once; what was told, None when nothing was."""
        before = len(self.told)
        self.terminal.look()
        return self.told[-1] if len(self.told) > before else None

    def asked(self) -> Question:
        """Look once, and be asked."""
        now = self.look()
        assert now is not None, "nothing was told"
        assert now.state is TerminalState.ASKING
        assert now.question is not None
        return now.question

    def answer(self, question: Question, level: Level, phone: str = "") -> bool:
        """Touch a face and hand in the answer; whether it is durable."""
        self.book.touched(question.request_id)
        return self.book.keep(Answer(question.request_id, level, (), phone, "zh_CN"))

    def send(self) -> int:
        """Deliver what waits; how many messages still wait."""
        self.side.sender.send_due()
        return self.side.outbox.waiting()

    def on_disk(self) -> bytes:
        """Every byte of the database and its companions."""
        return b"".join(path.read_bytes() for path in sorted(self.folder.glob("machine.db*")))
