"""The import contracts of pyproject.toml hold, and each of them can fail."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("kiosk", "hardware", "screens")

WRONG = {
    "kiosk/misc.py": "",
    "kiosk/roles.py": "import screens\n",
    "kiosk/policy/planted.py": "import kiosk.flows.machine\n",
    "kiosk/domain/planted.py": "import threading\nimport kiosk.storage\n",
    "kiosk/storage.py": "import requests\nimport serial\nimport kivy\n",
    "hardware/status.py": "import hardware.manager\n",
    "hardware/manager.py": "import hardware.drivers.uart\nimport hardware.simulators.wire\n",
    "kiosk/central/planted.py": "import kiosk.central.server.planted\n",
    "kiosk/central/server/planted.py": "import kiosk.central.planted\n",
    "kiosk/runtime/planted.py": "import kiosk.central.server\n",
    "screens/widgets/planted.py": "import kiosk.storage\n",
}
"""Lines that no one may write; together they break every contract."""


def contracts() -> list[str]:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [one["name"] for one in config["tool"]["importlinter"]["contracts"]]


def lint(folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("planted")
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name, text in WRONG.items():
        path = folder / name
        before = path.read_text(encoding="utf-8") if path.is_file() else ""
        path.write_text(f"{before}\n{text}", encoding="utf-8")
    status, says = lint(folder)
    assert status != 0
    return says


def test_every_contract_holds() -> None:
    status, says = lint(ROOT)
    assert status == 0, says


@pytest.mark.parametrize("contract", contracts())
def test_a_planted_mistake_breaks_the_contract(planted: str, contract: str) -> None:
    assert f"{contract} BROKEN" in planted, planted
