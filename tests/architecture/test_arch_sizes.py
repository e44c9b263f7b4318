"""Files, functions and classes stay small."""

from pathlib import Path

from tests.kit.laws.sizes import CLASS_METHODS, FILE_LINES, FUNCTION_LINES, too_large

ROOT = Path(__file__).resolve().parents[2]

EXCUSED: dict[str, str] = {
    "kiosk/central/server/app.py::create_app": "one list of what the application is made of",
    "screens/tours/hall_kiosk.py::HallKioskTour": "one journey is read from top to bottom",
    "screens/widgets/keyboard.py::Keyboard": "a keyboard's events are methods by Kivy's rules",
    "tests/kit/visitor.py::Visitor": "one short method per thing a citizen does",
    "kiosk/central/server/migrations/versions/v0001_foundation.py::_tickets": (
        "a table is one statement, and a migration never changes once it has run"
    ),
}
"""`path` or `path::name` to the reason why it may be larger."""


def test_everything_is_small() -> None:
    assert too_large(ROOT, EXCUSED) == []


def test_what_is_too_large_is_found(tmp_path: Path) -> None:
    room = tmp_path / "kiosk"
    room.mkdir()
    (room / "long.py").write_text("x = 1\n" * (FILE_LINES + 1), encoding="utf-8")
    body = "    x = 1\n" * FUNCTION_LINES
    (room / "deep.py").write_text(f"def deep():\n{body}", encoding="utf-8")
    methods = "".join(f"    def m{n}(self): ...\n" for n in range(CLASS_METHODS + 1))
    (room / "wide.py").write_text(f"class Wide:\n{methods}", encoding="utf-8")
    assert len(too_large(tmp_path, {})) == 3
    assert too_large(tmp_path, {"kiosk/long.py": "a table"}) != []
    excused = {"kiosk/long.py": "a", "kiosk/deep.py::deep": "b", "kiosk/wide.py::Wide": "c"}
    assert too_large(tmp_path, excused) == []


def test_an_excuse_that_nobody_needs_is_found(tmp_path: Path) -> None:
    assert too_large(tmp_path, {"kiosk/gone.py": "was long once"}) != []
