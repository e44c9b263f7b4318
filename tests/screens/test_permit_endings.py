"""What a citizen is told at the end: every reason has its words, and some say only where to go."""

from pathlib import Path

import pytest

from hardware.interfaces.chip_reader import ChipTrouble
from kiosk import locale
from kiosk.central.contract.permits import Guidance
from kiosk.domain.case_number import spoken
from kiosk.domain.transaction.outcome import Ended, Outcome, Reason
from screens.endorsement.endings import Told, told

LOCALES = Path(__file__).resolve().parents[2] / "locales"
LANGUAGES = locale.load(LOCALES, missing=locale.refuse)
NEUTRAL = ("turned_away", "refused", "not_proven", "chip.not_authentic")
REASONS = (
    *(one.value for one in Reason),
    *(f"chip.{one.value}" for one in ChipTrouble),
)


def turned_back(reason: str, guidance: str = "", language: str = "en") -> Told:
    ended = Ended(Outcome.TURNED_BACK, reason, guidance, windows=("3", "4"))
    return told(ended, LANGUAGES.speech(language))


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_has_words(reason: str, language: str) -> None:
    said = turned_back(reason, language=language)
    assert said.title
    assert said.body or reason in NEUTRAL


@pytest.mark.parametrize("language", ["zh_CN", "zh_Hant", "en"])
def test_each_wrong_card_has_a_sentence_of_its_own(language: str) -> None:
    cards = ("passport", "taiwan_permit", "other_document", "not_a_document", "wrong_key", "dead")
    reasons = ("chip_data", *(f"chip.{one}" for one in cards))
    assert len({turned_back(one, language=language).body for one in reasons}) == len(reasons)


@pytest.mark.parametrize("guidance", list(Guidance))
def test_what_central_lets_be_told_is_told_with_the_window(guidance: Guidance) -> None:
    said = turned_back("turned_away", guidance.value)
    assert "window 3, 4" in f"{said.title} {said.body}"


@pytest.mark.parametrize(
    ("reason", "guidance"),
    [
        ("turned_away", "window"),
        ("refused", "window"),
        ("refused", ""),
        ("not_proven", ""),
        ("chip.not_authentic", ""),
    ],
)
def test_a_reason_of_security_says_only_which_window(reason: str, guidance: str) -> None:
    said = turned_back(reason, guidance)
    assert (said.title, said.body) == ("Please go to window 3, 4", "")


def test_money_that_comes_back_and_money_to_fetch_are_told_apart() -> None:
    ended = Ended(Outcome.TURNED_BACK, "not_admitted", given_back_fen=2500, owed_fen=2000)
    said = told(ended, LANGUAGES.speech("en"))
    assert "¥25" in said.back
    assert "¥20" in said.owed


def test_a_kept_card_has_a_number_and_a_missing_slip_is_owned_up_to() -> None:
    ended = Ended(Outcome.CARD_KEPT, "chip_unknown", case_id="7K3F9Q", slip_number="S1")
    said = told(ended, LANGUAGES.speech("en"))
    assert any(spoken("7K3F9Q") in one for one in said.notes)
    assert any("S1" in one and "not printed" in one for one in said.notes)
