"""Every limit of time and of tries, in one table.

What a citizen waits for on a device has its own limit; what a device waits for from a citizen is
the idle time, with a warning and a countdown (reliability facts 3.1, peers 4.3).
"""

from dataclasses import dataclass

IDLE = "idle"
"""Timer: nobody has touched the screen."""
IDLE_TICK = "idle_tick"
"""Timer: one second of the countdown has passed."""
READER_AGAIN = "reader_again"
"""Timer: try a reader that did not answer once more."""
GREETING = "greeting"
"""Timer: the citizen was greeted long enough."""
RATING_LEVEL = "rating_level"
"""Timer: the question is no longer open."""
RATING_REASONS = "rating_reasons"
"""Timer: nobody says why any more."""
RATING_PHONE = "rating_phone"
"""Timer: nobody types a number any more."""
RATING_KEEPING = "rating_keeping"
"""Timer: an answer cannot be promised any more."""
RATING_THANKS = "rating_thanks"
"""Timer: the thanks were read."""
RATING_APOLOGY = "rating_apology"
"""Timer: the apology was read."""
IDLE_TIMERS = frozenset({IDLE, IDLE_TICK, READER_AGAIN})
"""Timers that do not end a state by themselves; no screen counts them down."""

TICK_S = 1.0
"""Between two numbers of the countdown."""


@dataclass(frozen=True, slots=True)
class Times:
    """Limits of time, in seconds. The defaults are the product's; tests and halls may differ.

    Args:
        quiet_s: without a touch, until the warning.
        warning_s: the warning counts down from here where nothing would be lost.
        warning_personal_s: the same where answers would be lost; the person may be looking for a
            paper in their bag, and the warning covers what they typed.
        rest_quiet_s: without a touch, until the welcome screen goes back to its own language.
        reading_s: longest a card may take; the slowest real read needs 3 s.
        reader_again_s: between tries at a reader that does not answer.
        submitting_s: longest wait for a number; longer than all of central's deadlines together.
        looking_s: longest wait for central's word on a ticket; nothing is at stake.
        printing_s: longest wait for the printer's word; longer than the print worker's deadline.
        paper_s: longest a person stands before a printer that is being mended.
        taking_s: the paper is out; after this it counts as taken.
        showing_s: the number stands on the screen instead of paper, to be noted down.
        desk_s: the way to the desk stands on the screen, to be read.
        thanks_s: the number stays for a last look.
        finished_s: how a transaction ended stays on the screen, to be read.
        staff_quiet_s: without a touch, until staff are warned that they will be logged out.
        greeting_s: a citizen at a window is greeted.
        rating_reasons_s: after a face or a reason was touched, until the answer is taken as it is.
        rating_phone_s: the same after a digit; the number is then left out.
        rating_keeping_s: longest wait for the disk before nothing is promised.
        rating_thanks_s: thanks stay on the screen.
        rating_apology_s: that an answer could not be kept stays on the screen, to be read.
    """

    quiet_s: float = 60.0
    warning_s: int = 15
    warning_personal_s: int = 30
    rest_quiet_s: float = 45.0
    reading_s: float = 20.0
    reader_again_s: float = 5.0
    submitting_s: float = 45.0
    looking_s: float = 12.0
    printing_s: float = 30.0
    paper_s: float = 60.0
    taking_s: float = 20.0
    showing_s: float = 60.0
    desk_s: float = 60.0
    thanks_s: float = 8.0
    finished_s: float = 30.0
    staff_quiet_s: float = 120.0
    greeting_s: float = 12.0
    rating_reasons_s: float = 30.0
    rating_phone_s: float = 60.0
    rating_keeping_s: float = 5.0
    rating_thanks_s: float = 5.0
    rating_apology_s: float = 15.0


TIMES = Times()

CARD_TRIES_BEFORE_WINDOW = 3
"""Failed reads after which the screen offers a ticket for the enquiry window."""
CARD_TRIES_MAX = 10
"""Failed reads after which no more are tried: a forgotten card must not keep a machine busy."""
PRINT_ORDERS_MAX = 4
"""Print orders for one ticket, after which its number is shown instead."""
