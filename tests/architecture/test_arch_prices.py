"""What an endorsement or a document costs stands in a dated table, not in code or wording."""

from pathlib import Path

import pytest

from tests.kit.laws.prices import fees_fen, prices_in_code, prices_in_words

ROOT = Path(__file__).resolve().parents[2]
FEES = frozenset({1500, 8000})


def planted(root: Path, line: str) -> list[str]:
    path = root / "kiosk" / "planted.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(line, encoding="utf-8")
    return prices_in_code(root, FEES)


def test_no_fee_is_written_in_code() -> None:
    assert prices_in_code(ROOT, fees_fen(ROOT)) == []


def test_no_sentence_tells_a_fee() -> None:
    assert prices_in_words(ROOT, fees_fen(ROOT)) == []


@pytest.mark.parametrize(
    "words", ["每个目的地 15 元起", "from ¥15", "15.00 yuan", "80圓", "CNY 80"]
)
def test_a_fee_in_a_sentence_is_found(tmp_path: Path, words: str) -> None:
    catalogue = tmp_path / "locales" / "en" / "LC_MESSAGES" / "form.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text(f'msgstr "{words}"', encoding="utf-8")
    assert prices_in_words(tmp_path, FEES) != []


def test_the_fees_are_those_of_the_tables() -> None:
    assert fees_fen(ROOT) >= {1500, 3000, 8000, 12000, 16000, 24000}


@pytest.mark.parametrize(
    "line",
    [
        "fee_fen = 1500",
        "FEE = 80",
        "PRICE_YUAN: float = 15.0",
        "order.amount_fen = 8_000",
        "FEES = {'L': 1500}",
        "FEES_FEN = (0, 8000)",
        "Option(entries=2, fee_fen=1500)",
        "row = {'amount_fen': 8000}",
        "due_fen = 1500 * entries",
        "due_fen = 1500 if entries == 1 else base",
        "cheap = order.amount_fen <= 1500",
        "rest = 8000 - paid_fen",
        "paid_fen += 1500",
        "def pay(order, amount_fen=1500): ...",
        "def pay(order, *, fee=15): ...",
        "def fee_of(kind):\n    return 8000",
    ],
)
def test_a_fee_in_code_is_found(tmp_path: Path, line: str) -> None:
    assert planted(tmp_path, line) != []


@pytest.mark.parametrize(
    "line",
    [
        "timeout_ms = 1500",
        "paid_fen = 0",
        "FEN_PER_YUAN = 100",
        "fee_fen = table.fee(80)",
        "for note in (80, 100): ...",
        "fee_fen = row[15]",
        "def fee(row):\n    wait(1500)\n    return row.fen",
    ],
)
def test_what_is_no_fee_is_left_alone(tmp_path: Path, line: str) -> None:
    assert planted(tmp_path, line) == []
