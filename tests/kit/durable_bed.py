"""A machine's durable side on a folder of its own, started and stopped as a test likes."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from kiosk.audit.log import AuditLog
from kiosk.central.desk import TicketDesk, Waits
from kiosk.central.durable import DurableSettings, DurableSide, Listeners, assemble
from kiosk.central.leases import Holder
from kiosk.central.outbox import DeadMessage
from kiosk.central.outbox_sender import Pace
from kiosk.central.remote import Central
from kiosk.cipher import FieldCipher, device_key
from kiosk.clock import Clock
from kiosk.domain.document import DocumentKind
from kiosk.domain.person import IdCardKind, Person, Sex
from kiosk.forms.bundle import ApplicationBundle, DocumentApplication
from kiosk.storage import Storage

PLANTED_NAME = "测试甲"
PLANTED_ADDRESS = "湖北省黄石市测试路1号"
PLANTED_NUMBER = "420299199003074315"
PLANTED_PHONE = "13800000000"
PLANTED = (PLANTED_NAME, PLANTED_ADDRESS, PLANTED_NUMBER, PLANTED_PHONE)
"""What must never stand readable on a machine's disk."""


def bundle() -> ApplicationBundle:
    """An application of a citizen who does not exist."""
    person = Person(
        card_kind=IdCardKind.CITIZEN,
        name=PLANTED_NAME,
        sex=Sex.MALE,
        ethnicity="01",
        birth=date(1990, 3, 7),
        address=PLANTED_ADDRESS,
        number=PLANTED_NUMBER,
        issuer="黄石市公安局",
        valid_from=date(2015, 1, 1),
        valid_to=date(2035, 1, 1),
    )
    documents = (DocumentApplication(DocumentKind.PASSPORT, {"phone": PLANTED_PHONE}),)
    return ApplicationBundle(person, documents, date(2026, 11, 24), "form-1")


class DurableBed:
    """One machine's folder and the program on it.

    Args:
        folder: of the machine.
        central: what it talks to.
        clock: of the machine.
        count: numbers to hold per service.
        waits: how long a citizen waits.
        pace: of the outbox; without jitter unless a test wants it.
    """

    def __init__(
        self,
        folder: Path,
        central: Central,
        clock: Clock,
        count: int = 4,
        waits: Waits = Waits(5.0, 5.0),  # noqa: B008 - frozen
        pace: Pace = Pace(draw=lambda _low, high: high),  # noqa: B008 - frozen
    ) -> None:
        self.folder = folder
        self.central = central
        self.clock = clock
        self.dead: list[DeadMessage] = []
        self.failures: list[BaseException] = []
        self._settings = DurableSettings(
            holder=Holder("K1", "hs-1", "test", "boot-1", count),
            waits=waits,
            reprint_within=timedelta(minutes=10),
            pace=pace,
        )
        self.start()

    @property
    def database(self) -> Path:
        """The file."""
        return self.folder / "machine.db"

    @property
    def desk(self) -> TicketDesk:
        """Of the running program."""
        return self.side.desk

    def start(self, boot_mark: str = "") -> None:
        """Start the program; the courier runs only when a test calls `work`."""
        if boot_mark:
            holder = replace(self._settings.holder, boot_mark=boot_mark)
            self._settings = replace(self._settings, holder=holder)
        self.storage = Storage(self.database)
        self.audit = AuditLog(self.storage, self.clock)
        self.side: DurableSide = assemble(
            self._settings,
            self.storage,
            FieldCipher(device_key(self.folder / "device.key")),
            self.central,
            self.clock,
            Listeners(self.audit.append, self.dead.append, self.failures.append),
        )

    def stop(self) -> None:
        """End the program; what is on the disk stays."""
        self.side.close()
        self.storage.close()

    def restart(self, boot_mark: str = "") -> None:
        """Stop and start, as after a crash; another boot mark stands for a restarted computer."""
        self.stop()
        self.start(boot_mark)

    def work(self) -> None:
        """What the courier's thread would do now."""
        self.side.courier.run_once()
        if self.failures:
            raise self.failures[0]

    def connect(self) -> None:
        """Get the catalogue and tell of the start, then lease numbers."""
        self.work()
        self.work()

    def on_disk(self) -> bytes:
        """Every byte of the database and its companions."""
        return b"".join(path.read_bytes() for path in sorted(self.folder.glob("machine.db*")))
