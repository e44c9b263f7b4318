"""The PC/SC daemon of Debian's packages with vpcd's slot, for one test module at a time.

There can be one daemon per machine. Whoever wants it takes a lock first, so that two test runs on
one machine wait for each other; a daemon that runs already, as a service, is used as it is.
"""

import fcntl
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hardware.drivers.pcsc.pcsc_slot import PcscSlot
from hardware.errors import NotConnectedError
from hardware.simulators.chip_reader import VPCD_READER
from tests.kit.patience import until

_FOLDER = Path("/run/pcscd")
_LOCK = Path(tempfile.gettempdir()) / "hall-pcscd.lock"
_CONFIG = Path("/etc/reader.conf.d/vpcd")
_MEND = "mend: apt-get install pcscd vsmartcard-vpcd, and run as root or with sudo"


class PcscdMissingError(Exception):
    """The daemon cannot be started; a test must fail then, not pass unseen."""


class Pcscd:
    """A daemon that can be stopped and started, unless it is the machine's own."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self.ours = not _answers()

    def start(self) -> None:
        """Start it and wait until it knows the virtual slot; harmless when it runs."""
        if self._process is None and self.ours:
            program = shutil.which("pcscd", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
            if program is None or not _CONFIG.exists():
                raise PcscdMissingError(f"no pcscd with vpcd; {_MEND}")
            # A daemon that was killed leaves these behind and the next one takes them for a life.
            for left in ("pcscd.comm", "pcscd.pid"):
                with suppress(OSError):
                    (_FOLDER / left).unlink()
            as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]
            self._process = subprocess.Popen(
                [*as_root, program, "--foreground"],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        try:
            until(_answers)
        except AssertionError:
            self.stop()
            raise PcscdMissingError(f"pcscd does not answer; {_MEND}") from None

    def stop(self) -> None:
        """End it, when it is ours."""
        process, self._process = self._process, None
        if process is not None:
            if os.geteuid() == 0:
                process.terminate()
            else:
                # Only root may end what sudo started; sudo passes the signal on.
                subprocess.run(["sudo", "-n", "kill", str(process.pid)], check=False)
            process.wait(timeout=10)


@contextmanager
def running_pcscd() -> Iterator[Pcscd]:
    """A daemon with the virtual slot; waits while another test run has it.

    Raises:
        PcscdMissingError: it cannot be started.
    """
    with _LOCK.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        daemon = Pcscd()
        daemon.start()
        try:
            yield daemon
        finally:
            daemon.stop()


def _answers() -> bool:
    slot = PcscSlot("chip_reader", VPCD_READER)
    try:
        slot.open()
    except NotConnectedError:
        return False
    slot.close()
    return True
