"""Every time limit and number of tries of the transaction, in one table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from kiosk.domain.transaction.progress import Work


def _usual_s() -> dict[Work, float]:
    # Making takes about 40 s in all (domain facts 10.2), erasing and printing 20 s of them.
    return {
        Work.ADMITTING: 1.0,
        Work.WRITING_CHIP: 4.0,
        Work.PRINTING_FACE: 25.0,
        Work.VERIFYING: 5.0,
        Work.CONFIRMING: 2.0,
    }


@dataclass(frozen=True, slots=True)
class Limits:
    """How long, how often.

    Args:
        card_in_s: the mouth stays open so long.
        answer_s: longest wait for anything the citizen must do.
        picture_s: how long the picture of the card is shown before silence is consent.
        take_card_s: how long the card stays in the mouth before it is kept.
        pay_s: a bank terminal or a note acceptor may take so long.
        move_s: longest move of a card.
        chip_s: longest use of the chip.
        print_s: longest printing of a face.
        slip_s: longest printing of a slip.
        asks: how often somebody is asked who could not say.
        ask_again_s: pause between two such questions.
        payment_asks: the same for money, where an answer may take a minute.
        payment_again_s: pause between two of those.
        acts: how often an act is tried that was surely not done.
        made_within: an approval that ends sooner is too old to begin making.
        debt_alarm: a debt older than this becomes a case.
        archive_after: closed transactions older than this leave the live journal.
        usual_s: what each step of making usually takes, for the time shown.
    """

    card_in_s: float = 90.0
    answer_s: float = 120.0
    picture_s: float = 15.0
    take_card_s: float = 30.0
    pay_s: float = 150.0
    move_s: float = 20.0
    chip_s: float = 20.0
    print_s: float = 60.0
    slip_s: float = 20.0
    asks: int = 4
    ask_again_s: float = 1.0
    payment_asks: int = 20
    payment_again_s: float = 3.0
    acts: int = 3
    made_within: timedelta = timedelta(minutes=3)
    debt_alarm: timedelta = timedelta(minutes=15)
    archive_after: timedelta = timedelta(days=90)
    usual_s: Mapping[Work, float] = field(default_factory=_usual_s)

    def left_s(self, work: Work) -> float:
        """What making usually still takes when a step begins, the steps after it included."""
        order = list(Work)
        return sum(self.usual_s[one] for one in order[order.index(work) :])
