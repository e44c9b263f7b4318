"""A program that makes sound, ended as soon as nobody wants to hear it."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Sequence
from enum import Enum, auto

from hardware.interfaces.device import Cancel
from hardware.timing import Deadline

LOOK_S = 0.03
"""How soon a withdrawal is noticed."""
_END_S = 1.0


class Ran(Enum):
    """How a program ended."""

    WELL = auto()
    BADLY = auto()
    """it could not be started, or says that it failed"""
    WITHDRAWN = auto()
    OVERDUE = auto()


def run(command: Sequence[str], text: str, limit_s: float, cancel: Cancel) -> Ran:
    """Start a program and wait for its end.

    Args:
        command: program and arguments, without a shell.
        text: what it reads.
        limit_s: after which it is ended.
        cancel: ends it at once.
    """
    if cancel.is_set():
        return Ran.WITHDRAWN
    try:
        process = subprocess.Popen(  # noqa: S603 - the program stands in the settings
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # A player may start others; all of them fall silent together.
            start_new_session=True,
        )
    except OSError:
        return Ran.BADLY
    try:
        _hand_over(process, text)
        return _wait(process, Deadline(limit_s), cancel)
    finally:
        _end(process)


def _hand_over(process: "subprocess.Popen[bytes]", text: str) -> None:
    assert process.stdin is not None, "it was asked for"
    # A program that ended already takes nothing; its end says why.
    with contextlib.suppress(BrokenPipeError), process.stdin as hand:
        hand.write(text.encode())


def _wait(process: "subprocess.Popen[bytes]", deadline: Deadline, cancel: Cancel) -> Ran:
    while process.poll() is None:
        if cancel.wait(LOOK_S):
            return Ran.WITHDRAWN
        if deadline.passed:
            return Ran.OVERDUE
    return Ran.BADLY if process.returncode else Ran.WELL


def _end(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(_END_S)
