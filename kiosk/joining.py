"""How this machine comes in at central: for the command line and for demonstrations."""

import getpass
from collections.abc import Callable
from pathlib import Path

from kiosk import cipher
from kiosk.central.answer import Answered, Cause, Outcome, Unreachable
from kiosk.central.client import client_for
from kiosk.central.contract.admission import Enrolled
from kiosk.central.enrolment import enrol
from kiosk.central.machine_key import KeyBook
from kiosk.clock import SystemClock
from kiosk.config import Config
from kiosk.errors import NotLetInError
from kiosk.storage import Storage


def join(config: Config, code: str) -> Outcome[Enrolled]:
    """Bring a code to central and keep the key that it takes; the machine must not be running.

    Args:
        config: of the machine.
        code: that an administrator made at central.

    Raises:
        StorageError: the records cannot be used, or the machine runs.
    """
    machine = config.machine
    storage = Storage(machine.data_folder / "machine.sqlite")
    client = client_for(config.central, SystemClock())
    try:
        key_file = machine.device_key or machine.data_folder / "device.key"
        book = KeyBook(storage, cipher.FieldCipher(cipher.device_key(Path(key_file))))
        return enrol(client, book, machine.machine_id, code, SystemClock())
    finally:
        client.close()
        storage.close()


def ask_and_join(config: Config, ask: Callable[[str], str] = getpass.getpass) -> str:
    """Let somebody type the code.

    Args:
        config: of the machine.
        ask: reads what is typed without showing it.

    Returns:
        What to tell them.

    Raises:
        NotLetInError: central was not reached, or does not take the code.
        StorageError: see `join`.
    """
    name, url = config.machine.machine_id, config.central.url
    outcome = join(config, ask(f"one-time code for {name}: ").strip())
    if isinstance(outcome, Answered):
        return f"{name} is in at {url}"
    away = isinstance(outcome, Unreachable) and outcome.cause is not Cause.NOT_ADMITTED
    raise NotLetInError(f"{url} does not answer" if away else f"{url} does not take this code")
