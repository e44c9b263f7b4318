"""Letting a machine in by the command line, and by a demonstration of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import cipher, joining
from kiosk.central.answer import Answered
from kiosk.central.client import client_for
from kiosk.central.contract import BootRequest
from kiosk.central.enrolment import proof_of
from kiosk.central.machine_key import KeyBook
from kiosk.clock import SystemClock
from kiosk.config import Config, parse
from kiosk.demo import central_for
from kiosk.errors import NotLetInError
from kiosk.storage import Storage
from tests.kit.central import HALL, RunningCentral, new_id
from tests.kit.pages import Browser, signed_in, staffed
from tests.kit.postgres import free_port


def configured(folder: Path, url: str, machine_id: str = "K1") -> Config:
    data_folder = str(folder / machine_id)
    machine = {"machine_id": machine_id, "hall_id": HALL, "data_folder": data_folder}
    table = {"mode": "demo", "machine": machine, "central": {"url": url}}
    return parse({**table, "devices": {"id_card_reader": {"simulated": True}}}, folder)


def is_believed(config: Config) -> bool:
    """Whether central does what the machine of a folder asks."""
    folder, name = config.machine.data_folder, config.machine.machine_id
    storage = Storage(folder / "machine.sqlite")
    book = KeyBook(storage, cipher.FieldCipher(cipher.device_key(folder / "device.key")))
    client = client_for(config.central, SystemClock())
    client.transport.proof = proof_of(book, name, SystemClock())
    boot = BootRequest(machine_id=name, hall_id=HALL, software="1")
    outcome = client.boot(boot, new_id("key"))
    client.close()
    storage.close()
    return isinstance(outcome, Answered)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[RunningCentral]:
    with RunningCentral(str(tmp_path / "central.db"), any_machine=False) as running:
        staffed(running)
        yield running


def code_for(browser: Browser, machine_id: str) -> str:
    page = browser.post("/staff/admission", {"machine_id": machine_id})
    return page.text.split('class="code">')[1].split("<")[0]


def test_whoever_types_the_code_lets_the_machine_in(hall: RunningCentral, tmp_path: Path) -> None:
    config = configured(tmp_path, hall.url)
    assert not is_believed(config)
    with signed_in(hall, "administrator") as chief:
        code = code_for(chief, "K1")
    asked: list[str] = []
    said = joining.ask_and_join(config, lambda prompt: asked.append(prompt) or f" {code.lower()} ")
    assert "K1" in asked[0]
    assert said == f"K1 is in at {hall.url}"
    assert is_believed(config)


def test_a_wrong_code_is_said(hall: RunningCentral, tmp_path: Path) -> None:
    with pytest.raises(NotLetInError, match="does not take this code"):
        joining.ask_and_join(configured(tmp_path, hall.url), lambda _: "ABCD-EFGH-JKMN")


def test_a_central_that_is_away_is_said(tmp_path: Path) -> None:
    config = configured(tmp_path, f"http://127.0.0.1:{free_port()}")
    with pytest.raises(NotLetInError, match="does not answer"):
        joining.ask_and_join(config, lambda _: "ABCD-EFGH-JKMN")


def test_machines_of_one_demonstration_come_in_by_themselves(tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    first, second = (configured(tmp_path, url, name) for name in ("K1", "E1"))
    with central_for(first) as central:
        with central_for(second) as joined:
            assert joined.process is None
            assert is_believed(second)
        assert central.process is not None
        assert is_believed(first)
        assert (tmp_path / "central.code").stat().st_mode & 0o777 == 0o600
    assert not (tmp_path / "central.code").exists()
