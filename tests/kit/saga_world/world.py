"""What lasts while the machine's process comes and goes: effects, faults, and the moment of death.

Everything that happens for real is an effect. Before and after every journal row and device call,
and between the parts of an act, stands a point; a life can be told to end at any of them.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from hardware.errors import NoAnswerError, NotConnectedError, ProtocolError
from hardware.outcome import Failed, Overdue
from kiosk.saga.rows import Entry, Phase, Row, Step
from tests.kit.fake_clock import FakeClock


class KilledError(BaseException):
    """The process is gone; nothing of the product may catch this."""


@dataclass(frozen=True)
class Effect:
    """Something that has happened and cannot be taken back by dying.

    Args:
        kind: for example `chip.write`.
        saga: the transaction it belongs to.
        key: of the money, empty otherwise.
        fen: amount of money moved; negative on its way back.
    """

    kind: str
    saga: str
    key: str = ""
    fen: int = 0


@dataclass
class World:
    """The lasting part; devices and central hang on it.

    Args:
        faults: how often each fault will still strike.
    """

    faults: Counter[str] = field(default_factory=Counter)
    struck: Counter[str] = field(default_factory=Counter)
    effects: list[Effect] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    clock: FakeClock = field(default_factory=FakeClock)
    durable: dict[str, set[tuple[Step, Phase, str]]] = field(default_factory=dict)
    point_count: int = 0
    kill_at: int | None = None
    trace: list[str] = field(default_factory=list)
    saga: str = ""
    central_there: bool = True
    late_by: int = 4
    ended: set[str] = field(default_factory=set)

    def point(self, name: str) -> None:
        """A moment at which the process may die.

        Raises:
            KilledError: it does.
        """
        self.point_count += 1
        if self.kill_at is not None and self.point_count == self.kill_at:
            self.trace.append(f"KILLED {name}")
            raise KilledError(name)

    def strikes(self, fault: str) -> bool:
        """Whether a fault strikes now; it is used up by striking, and restarts change nothing."""
        if self.faults[fault] <= 0:
            return False
        self.faults[fault] -= 1
        self.struck[fault] += 1
        self.trace.append(f"FAULT {fault}")
        return True

    def before_row(self, entry: Entry) -> bool:
        """A row is about to be written; whether the disk is full."""
        self.point(f"before {entry.step.value} {entry.phase.value}")
        return self.strikes("journal.full")

    def after_row(self, row: Row) -> None:
        """A row is durable, and the machine lives on, or dies."""
        self.wrote(row)
        self.point(f"after {row.step.value} {row.phase.value}")

    def before_call(self, name: str, limit_s: float) -> Failed | Overdue | None:
        """A device is about to be called; what comes of it when it does not hear."""
        self.point(f"{name} call")
        if self.strikes("clock.jump"):
            self.clock._start += timedelta(days=-1 if self.point_count % 2 else 1)
        if self.strikes(f"{name}.gone"):
            return Failed(NotConnectedError(name, "gone"))
        if self.strikes(f"{name}.silent"):
            self.clock.advance(limit_s)
            return Overdue()
        return None

    def after_call(self, name: str) -> Failed | Overdue | None:
        """A device has acted; what is heard when its answer does not arrive whole."""
        self.point(f"{name} returned")
        if self.strikes(f"{name}.reply_lost"):
            return Overdue()
        if self.strikes(f"{name}.garbage"):
            return Failed(ProtocolError(name, "garbage"))
        if self.strikes(f"{name}.cut"):
            return Failed(NoAnswerError(name, "cut"))
        return None

    def heal(self) -> None:
        """Every fault has passed."""
        self.faults.clear()

    def happened(self, kind: str, *, saga: str = "", key: str = "", fen: int = 0) -> None:
        """Record an effect, and that it was announced (design 8, law 4)."""
        effect = Effect(kind, saga or self.saga, key, fen)
        self.effects.append(effect)
        self.trace.append(f"EFFECT {kind} {key} {fen or ''}".rstrip())
        if not self._announced(effect):
            self.breaks(f"{kind} without a durable intent")

    def wrote(self, row: Row) -> None:
        """A row is durable."""
        self.trace.append(f"ROW {row.step.value} {row.phase.value} {row.key}".rstrip())
        if row.step is Step.OPEN:
            unended = [one for one in self.durable if one not in self.ended]
            if unended:
                self.breaks("a citizen was served before the last one's end was known")
            self.saga = row.saga
        if row.step is Step.END:
            self.ended.add(row.saga)
        self.durable.setdefault(row.saga, set()).add((row.step, row.phase, row.key))

    def breaks(self, law: str) -> None:
        """A law does not hold."""
        self.broken.append(law)

    def needs_central(self) -> None:
        """Money is about to move (design 8, law 8)."""
        if not self.central_there or self.faults["central.away"] > 0:
            self.breaks("money was taken while central is away")

    def count(self, kind: str, saga: str) -> int:
        """How often something happened in a transaction."""
        return sum(one.kind == kind and one.saga == saga for one in self.effects)

    def _announced(self, effect: Effect) -> bool:
        rows = self.durable.get(effect.saga, set())
        return any(one in rows for one in _announcements(effect))


_ONCE = {
    "card.in": Step.CARD_IN,
    "card.eject": Step.PRESENT,
    "card.retain": Step.KEEP,
    "central.order": Step.ORDER,
    "chip.write": Step.CHIP,
    "face.print": Step.FACE,
    "central.confirm": Step.CONFIRM,
    "slip": Step.SLIP,
}
_MONEY_IN = ("bank.charge", "cash.stack", "gateway.charge")


def _announcements(effect: Effect) -> Iterable[tuple[Step, Phase, str]]:
    """Rows of which one must stand before the effect."""
    if effect.kind in _ONCE:
        yield (_ONCE[effect.kind], Phase.INTENT, "")
    elif effect.kind in _MONEY_IN:
        yield (Step.PAYMENT, Phase.INTENT, effect.key)
    else:
        yield (Step.TURN_BACK, Phase.FACT, "")
        yield (Step.PAYMENT, Phase.UNKNOWN, effect.key)
