"""A whole hall kiosk in a process of its own, killed by itself at a state of taking a number.

Usage: python -m tests.kit.kiosk_to_kill FOLDER CENTRAL NAME STATE
"""

import os
import signal
import sys
from pathlib import Path
from uuid import uuid4

from kiosk.bootstrap import build
from kiosk.clock import SystemClock
from kiosk.flows.application import states
from kiosk.flows.ticket import events
from kiosk.flows.ticket.states import ChoosingService, TellingNeed, WaitingForHolder
from tests.kit.patience import until
from tests.kit.visitor import machine_config
from tests.kit.windowless import Windowless


def main(folder: str, central: str, name: str, state: str) -> None:
    """Take a number, and die at a state on the way to the paper."""
    machine = build(machine_config(Path(folder), central, name))
    someone = Windowless(machine)
    with machine:
        someone.sees(states.Welcome)
        someone.turn("ticket_printer", "slow", state == "PrintingTicket")
        someone.does(events.NumberAsked())
        someone.sees(ChoosingService)
        someone.does(events.ServiceChosen("enquiry"))
        someone.sees(WaitingForHolder)
        someone.does(events.WithoutCardAsked(SystemClock().today()))
        someone.sees(TellingNeed)
        someone.does(events.NumberTaken(uuid4().hex))
        until(lambda: any(type(one).__name__ == state for one in someone.history))
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
