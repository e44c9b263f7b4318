"""The tour of each role plays to its end by touch and leaves a picture of what a person meets."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
TOO_QUICK = {
    "kiosk": {"KeepingRating", "KeepingSuggestion"},
    "endorsement": {
        "Approving",
        "CheckingPayment",
        "KeepingRating",
        "LookingUp",
        "OpeningChip",
        "PrintingSlip",
        "ReadingIdCard",
        "ReprintingSlip",
        "Starting",
        "TurningBack",
    },
    "evaluator": set(),
}
"""States that pass too quickly for a picture, where nothing is slowed down on purpose."""
ELSEWHERE = {
    "kiosk": {
        "BookingNotHeld",
        "CaseDetail",
        "CaseList",
        "CashCounted",
        "CountingCash",
        "LoggingIn",
        "RatingNotKept",
        "ServiceMenu",
    },
    "endorsement": {"LeavingPhone", "NotFound", "RatingNotKept"},
    "evaluator": set(),
}
"""States that another role's tour shows, or only the screens' own tests."""

_PROGRAM = [sys.executable, "-m", "kiosk", "tour"]
COMMANDS = {
    "kiosk": _PROGRAM,
    "endorsement": _PROGRAM,
    "evaluator": [str(ROOT / "scripts" / "run"), "--tour"],
}
"""What plays it; one goes the whole way from the command that a person types."""
PRINTING = {"kiosk", "endorsement"}
"""Roles whose citizens take paper along."""
NEXT_CITIZEN = {"next-greeted", "closed"}
"""Pictures of a terminal that looks as it does by itself, since nobody has chosen anything yet."""


@pytest.mark.window
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("role", "reader"),
    [
        ("kiosk", ("--language", "en")),
        ("endorsement", ("--language", "zh_Hant")),
        ("evaluator", ("--language", "zh_CN", "--large-type", "--high-contrast")),
    ],
)
def test_a_tour_shows_what_a_person_meets(
    role: str, reader: tuple[str, ...], tmp_path: Path
) -> None:
    ran = subprocess.run(
        [*COMMANDS[role], "--role", role, *reader, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=500,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    unseen = ran.stderr.strip().partition("without a picture:")[2]
    named = {one.strip() for one in unseen.split(",")} - {""}
    assert named <= TOO_QUICK[role] | ELSEWHERE[role]
    pictures = [Path(line) for line in ran.stdout.split()]
    assert {one.name for one in pictures} == {one.name for one in tmp_path.glob("*.png")}
    assert bool(list(tmp_path.glob("paper-*.png"))) == (role in PRINTING)
    for path in pictures:
        with Image.open(path) as picture:
            colours = picture.convert("RGB").getcolors(1 << 20)
        assert colours is None or len(colours) > 1, f"{path.name} is blank"
    if "--high-contrast" in reader:
        assert {one.stem[3:] for one in pictures if not is_dark(one)} == NEXT_CITIZEN


def is_dark(path: Path) -> bool:
    """Whether most of a picture is darker than not, as in high contrast only."""
    with Image.open(path) as picture:
        greys = sorted(picture.convert("L").resize((64, 40)).tobytes())
    return greys[len(greys) // 2] < 128
