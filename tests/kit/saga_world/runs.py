"""One run: a citizen, faults, deaths; then recovery, healing, and the laws."""

import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from kiosk.domain.payment import Means
from kiosk.saga.desk import EndorsementDesk
from tests.kit.saga_world.citizen import WorldCitizen
from tests.kit.saga_world.hall import Hall
from tests.kit.saga_world.laws import broken_laws

FAULTS = (
    "card.wrong_way",
    "card.jam_at_mouth",
    "card.jam_at_chip",
    "card.jam_at_print",
    "card.jam_at_eject",
    "card.bin_full",
    "card.where_unknown",
    "card.snatched",
    "card.taken_unseen",
    "face.head_worn",
    "face.nothing_happened",
    "face.spoiled",
    "face.reply_lost",
    "face.probe_unknown",
    "chip.wrong_key",
    "chip.dead",
    "chip.unreadable",
    "chip.wrong_check_digit",
    "chip.another_zone",
    "chip.no_room",
    "chip.not_written",
    "chip.torn_before",
    "chip.torn_after",
    "chip.probe_unreadable",
    "bank.sign_on",
    "bank.declined",
    "bank.silent_not_charged",
    "bank.late_charge",
    "bank.late_nothing",
    "bank.reply_lost",
    "bank.charged_twice",
    "bank.stale_answer",
    "bank.query_unknown",
    "bank.cancel_unknown",
    "bank.refund_refused",
    "bank.batch_closed",
    "cash.box_full",
    "cash.given_out_by_itself",
    "cash.dies_with_note_in_escrow",
    "cash.stacked_unreported",
    "cash.no_answer",
    "cash.fate_unknown",
    "gateway.declined",
    "gateway.pending_then_taken",
    "gateway.pending_then_declined",
    "scanner.garbage",
    "slip.paper_out",
    "slip.doubtful",
    "central.away",
    "central.lost",
    "central.twice",
    "central.order.lost",
    "central.pay.away",
    "central.pay.lost",
    "central.pay.late",
    "central.order.late",
    "central.void.late",
    "central.confirm.late",
    "central.payment_state.away",
    "central.cancel.lost",
    "central.confirm.away",
    "central.confirm.lost",
    "central.void.lost",
    "central.refund.away",
    "central.no_permit",
    "central.turned_away",
    "central.refuses_order",
    "central.refuses_confirm",
    "central.drops_order",
    "central.cut_off_after_approval",
    "journal.full",
    "clock.jump",
    *(
        f"{device}.{fault}"
        for device in (
            "card_printer",
            "chip_reader",
            "card_terminal",
            "cash_acceptor",
            "code_scanner",
            "ticket_printer",
        )
        for fault in ("gone", "silent", "reply_lost", "garbage", "cut")
    ),
    "central.drops_paid_order",
    "card.out_of_sight",
    "face.not_as_drawn",
    "chip.harmed_by_heat",
)
"""Every way in which the world can be unkind."""

_STAGES = ("WaitingForCard", "WaitingForPerson", "Choosing", "AmountDue")


@dataclass
class Plan:
    """What shall happen in a run.

    Args:
        kills: points of death, one for each life, counted from its start.
        faults: how often each strikes.
        means: how the citizen tries to pay.
        notes: banknotes they have.
        stops_at: report at which they cancel.
        leaves_at: report at which they walk away.
        takes_card: whether they take the card.
        face_right: what they say of its picture.
        late_by: calls to central after which a late one arrives.
    """

    kills: tuple[int, ...] = ()
    faults: Counter[str] = field(default_factory=Counter)
    means: tuple[Means, ...] = (Means.BANK_CARD,)
    notes: tuple[int, ...] = (2000, 1000)
    stops_at: str = ""
    leaves_at: str = ""
    takes_card: bool = True
    face_right: bool = True
    late_by: int = 4

    def citizen(self) -> WorldCitizen:
        """Who comes."""
        return WorldCitizen(
            "first",
            means=self.means,
            notes=self.notes,
            stops_at=self.stops_at,
            leaves_at=self.leaves_at,
            takes_card=self.takes_card,
            face_right=self.face_right,
        )


@dataclass
class Run:
    """What came of it.

    Args:
        points: moments of possible death in the first life.
        kills: deaths that happened.
        struck: how often each fault struck.
        broken: laws that do not hold.
        trace: what happened, in order.
        hall: afterwards.
    """

    points: int
    kills: int
    struck: Counter[str]
    broken: list[str]
    trace: list[str]
    hall: Hall


def run(plan: Plan, folder: Path, around: Callable[[Path, WorldCitizen], Hall] = Hall) -> Run:
    """Carry out a plan.

    Args:
        plan: of the run.
        folder: empty, for the journal.
        around: makes the hall; it decides in which way the machine lives and dies.
    """
    hall = around(folder, plan.citizen())
    hall.world.faults = Counter(plan.faults)
    hall.world.late_by = plan.late_by
    kills = points = 0
    act = hall.serve
    for kill_at in (*plan.kills, None):
        ended = hall.live(act, kill_at)
        points = points or hall.world.point_count
        kills += ended == "killed"
        hall.path.power_lost()
        if ended == "ended" and act == hall.serve:
            break
        act = hall.recover
    _recover_in_peace(hall)
    broken = broken_laws(hall, settled=False)
    broken += _again(hall)
    broken += _settle(hall)
    return Run(points, kills, hall.world.struck, broken, hall.world.trace, hall)


def _recover_in_peace(hall: Hall) -> None:
    """Faults still strike, but nobody dies; a full disk is emptied at last."""
    for _ in range(50):
        if hall.live(hall.recover) == "ended":
            return
    hall.world.breaks("recovery did not end")


def _again(hall: Hall) -> list[str]:
    """Law 5: recovering once more changes nothing that cannot be undone."""
    before = irreversible(hall)
    _recover_in_peace(hall)
    return [] if irreversible(hall) == before else ["recovery again acted again"]


def irreversible(hall: Hall) -> list[tuple[str, str]]:
    """What has happened and must not happen again by recovering again."""
    kinds = ("card.", "chip.", "face.", "slip", "bank.charge", "cash.stack", "gateway.charge")
    return [(one.kind, one.saga) for one in hall.world.effects if one.kind.startswith(kinds)]


def _settle(hall: Hall) -> list[str]:
    """Everybody answers again; what is owed is paid; the next citizen is served or refused."""
    hall.world.heal()
    hall.world.trace.append("HEALED")

    def pay(desk: EndorsementDesk) -> None:
        desk.recover()
        for _ in range(4):
            if desk.pay_debts():
                break

    hall.live(pay)
    hall.central.let_arrive(everything=True)
    broken = broken_laws(hall, settled=True)
    hall.next_citizen(WorldCitizen("next", stops_at="WaitingForPerson"))
    hall.live(hall.serve)
    return broken + [one for one in broken_laws(hall, settled=True) if one not in broken]


@contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder in memory where there is one: the mixes prove logic, not the disk."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        yield Path(folder)


def mix(rng: random.Random, kills: int | None = None, pool: tuple[str, ...] = FAULTS) -> Plan:
    """A plan by chance: any citizen, no or some deaths, no or some faults.

    Args:
        rng: decides.
        kills: how many deaths, None for any number.
        pool: faults that may strike.
    """
    count = rng.choice((0, 1, 1, 2, 3)) if kills is None else kills
    means = tuple(rng.sample(tuple(Means), rng.randint(1, 3)))
    stays = rng.random() < 0.8
    return Plan(
        kills=tuple(
            rng.randint(20, 140) if life == 0 else rng.randint(1, 40) for life in range(count)
        ),
        faults=_unkindness(rng, means[0], pool),
        means=means,
        notes=rng.choice(((2000, 1000), (5000, 2000, 1000), (1000,), (2000, 2000, 500, 500), ())),
        stops_at="" if stays else rng.choice(_STAGES),
        leaves_at="" if stays else rng.choice(("", *_STAGES)),
        takes_card=rng.random() < 0.8,
        face_right=rng.random() < 0.9,
        late_by=rng.choice((1, 2, 3, 5, 8)),
    )


OF_MEANS = {
    Means.BANK_CARD: ("bank.", "card_terminal."),
    Means.CASH: ("cash.", "cash_acceptor."),
    Means.CODE: ("gateway.", "central.pay", "central.cancel", "scanner.", "code_scanner."),
}
"""Faults that can strike only who pays so."""


def _unkindness(rng: random.Random, means: Means, pool: tuple[str, ...]) -> Counter[str]:
    """Half of the faults strike where the citizen pays, the others anywhere."""
    near = tuple(one for one in pool if one.startswith(OF_MEANS[means]))
    faults: Counter[str] = Counter()
    for _ in range(rng.choice((0, 1, 1, 2, 2, 3, 4))):
        from_near = near and rng.random() < 0.4
        faults[rng.choice(near if from_near else pool)] += rng.choice((1, 1, 1, 2, 3, 9, 30))
    return faults
