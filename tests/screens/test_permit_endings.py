"""What a citizen is told at the end: every reason has its words, and some say only where to go."""

from dataclasses import replace
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


HELPS_ITSELF = (
    *("citizen", "idle", "not_admitted", "changed", "restarted"),
    *(f"chip.{one}" for one in ("passport", "taiwan_permit", "other_document", "not_a_document")),
)
"""Whoever hears these can begin again, or come with the right card."""
NUMBER = {"zh_CN": "3、4 号窗口", "zh_Hant": "3、4 號窗口", "en": "window 3, 4"}
FREE = {"zh_CN": "没有收取任何费用", "zh_Hant": "沒有收取任何費用", "en": "Nothing was charged"}


def everything(said: Told) -> str:
    return "\n".join((said.title, said.body, said.where, said.back, said.owed, *said.notes))


@pytest.mark.parametrize("language", LANGUAGES.known())
@pytest.mark.parametrize("reason", [one for one in REASONS if one not in HELPS_ITSELF])
def test_whoever_needs_staff_is_told_which_window(reason: str, language: str) -> None:
    said = everything(turned_back(reason, language=language))
    assert said.count(NUMBER[language]) == 1, said


@pytest.mark.parametrize("language", LANGUAGES.known())
@pytest.mark.parametrize("reason", HELPS_ITSELF)
def test_whoever_can_help_themselves_is_sent_nowhere(reason: str, language: str) -> None:
    assert NUMBER[language] not in everything(turned_back(reason, language=language))


@pytest.mark.parametrize("language", LANGUAGES.known())
@pytest.mark.parametrize("reason", [one for one in REASONS if one not in NEUTRAL])
def test_whoever_paid_nothing_is_told_that_it_was_free(reason: str, language: str) -> None:
    assert FREE[language] in turned_back(reason, language=language).body
    paid = Ended(Outcome.TURNED_BACK, reason, given_back_fen=1500)
    assert FREE[language] not in everything(told(paid, LANGUAGES.speech(language)))


@pytest.mark.parametrize("language", LANGUAGES.known())
@pytest.mark.parametrize(
    "end",
    [
        Ended(Outcome.MADE, case_id="7K3F9Q"),
        Ended(Outcome.CARD_KEPT, "chip_unknown", case_id="7K3F9Q"),
        Ended(Outcome.NOT_BEGUN),
        Ended(Outcome.TURNED_BACK, "citizen", owed_fen=2000),
    ],
)
def test_card_and_money_are_fetched_at_a_window_with_its_number(end: Ended, language: str) -> None:
    speech = LANGUAGES.speech(language)
    assert NUMBER[language] in everything(told(replace(end, windows=("3", "4")), speech))
    unknown = everything(told(end, speech))
    assert "{" not in unknown
    assert NUMBER[language] not in unknown


@pytest.mark.parametrize("guidance", list(Guidance))
def test_what_central_lets_be_told_is_told_with_the_window(guidance: Guidance) -> None:
    said = turned_back("turned_away", guidance.value)
    assert "window 3, 4" in f"{said.title} {said.where}"


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
    assert everything(said).strip() == "Please go to window 3, 4"


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
