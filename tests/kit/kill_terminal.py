"""A window's terminal to be killed: it answers whatever it is asked, and notes whom it thanked.

`python -m tests.kit.kill_terminal FOLDER URL` reads delays in seconds, one a line: it forks a
terminal, kills it with signal 9 after the delay, and says `killed`. Whom it thanked stands in
`thanked.log`, which no kill takes back.
"""

import itertools
import os
import signal
import sys
import threading
import traceback
from pathlib import Path

from kiosk.clock import SystemClock
from kiosk.domain.rating import Level
from tests.kit.terminal_bed import TerminalBed


def serve(folder: Path, url: str) -> None:
    """Look, be asked, answer, thank, send; until the end comes from outside."""
    log = os.open(folder / "thanked.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    bed = TerminalBed(folder, url, SystemClock())
    pause = threading.Event()
    for level in itertools.cycle(Level):
        now = bed.look()
        if now is not None and now.question is not None:
            phone = "13800000001" if level.is_bad else ""
            if bed.answer(now.question, level, phone):
                os.write(log, f"{now.question.request_id} {level.value}\n".encode())
        bed.send()
        pause.wait(0.002)


def main() -> None:
    """Take delays; imports are done once, so that a killed terminal starts in milliseconds."""
    folder, url = Path(sys.argv[1]), sys.argv[2]
    pause = threading.Event()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                serve(folder, url)
            except Exception:  # noqa: BLE001 - a forked child must end here, and say why
                traceback.print_exc()
            finally:
                os._exit(9)
        pause.wait(float(line))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        sys.stdout.write("killed\n" if os.WIFSIGNALED(status) else "ended by itself\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
