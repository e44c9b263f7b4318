"""Wrong tables are refused before anybody is served, with all mistakes at once."""

import shutil
from pathlib import Path

import pytest

import kiosk.policy
from kiosk.policy.loader import PolicyError, load

SHIPPED = Path(kiosk.policy.__file__).parent


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    for file in SHIPPED.glob("*.toml"):
        shutil.copy(file, tmp_path)
    return tmp_path


def change(tables: Path, file: str, old: str, new: str) -> None:
    text = (tables / file).read_text()
    assert old in text
    (tables / file).write_text(text.replace(old, new, 1))


def mistakes(tables: Path) -> tuple[str, ...]:
    with pytest.raises(PolicyError) as found:
        load(tables)
    return found.value.mistakes


def test_a_change_of_the_tables_changes_their_version(tables: Path) -> None:
    before = load(tables).version
    assert before == load(SHIPPED).version
    change(tables, "fees.toml", "fen = 12000", "fen = 12100")
    assert load(tables).version != before


def test_all_mistakes_are_told_at_once(tables: Path) -> None:
    change(tables, "fees.toml", "fen = 12000", 'fen = "a lot"')
    change(tables, "ages.toml", "years = 16", "years = -1")
    (tables / "cards.toml").unlink()
    told = "\n".join(mistakes(tables))
    assert "fees.toml: document_fee[" in told
    assert "ages.toml: age[0].years" in told
    assert "cards.toml: cannot be read" in told


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("hall.toml", "[[hall]]", "[[halls]]", "unknown table halls"),
        ("hall.toml", "[[hall]]", "[[hall", "hall.toml"),
        ("fees.toml", "fen = 16000", "fen = 160.5", "fen"),
        ("fees.toml", "fen = 16000", "fen = 16000\ncolour = 1", "colour"),
        ("fees.toml", "valid_to = 2019-06-30", "", "two rows in force at once"),
        ("fees.toml", "valid_to = 2019-06-30", "valid_to = 2001-01-01", "lies before valid_from"),
        ("fees.toml", "valid_from = 2017-07-01", "", "valid_from"),
        ("endorsements.toml", 'grants = ["3m1", ', 'grants = ["9m1", ', "unknown grant 9m1"),
        ("ages.toml", 'name = "guardian_under"', 'name = "other"', "age guardian_under is missing"),
        ("cards.toml", "suited = true", "suited = false", "needs a reason"),
    ],
    ids=[
        *("unknown table", "broken file", "half a fen", "unknown key", "overlap"),
        *("ends before it begins", "no first day", "unknown grant", "age missing", "no reason"),
    ],
)
def test_a_mistake_is_named(tables: Path, file: str, old: str, new: str, told: str) -> None:
    change(tables, file, old, new)
    assert any(told in one for one in mistakes(tables))


def test_a_table_without_rows_is_missing(tables: Path) -> None:
    (tables / "regions.toml").write_text("")
    assert mistakes(tables) == ("regions.toml: no [[region]]",)
