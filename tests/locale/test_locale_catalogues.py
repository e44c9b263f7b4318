"""The catalogues that ship: whole, alike in every language, and quick to load."""

from pathlib import Path
from string import Formatter

import pytest

from kiosk.locale import SOURCE_LANGUAGE, load, read_messages

LOCALES = Path(__file__).parents[2] / "locales"
OTHERS = sorted(path.name for path in LOCALES.iterdir() if path.name != SOURCE_LANGUAGE)


def placeholders(form: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in Formatter().parse(form) if name}


def test_all_languages_load() -> None:
    assert load(LOCALES).known() == (SOURCE_LANGUAGE, *OTHERS)


@pytest.mark.parametrize("language", [SOURCE_LANGUAGE, *OTHERS])
def test_the_keyboard_speaks_every_language(language: str) -> None:
    source = read_messages(LOCALES, SOURCE_LANGUAGE).forms
    messages = read_messages(LOCALES, language).forms
    for key in (key for key in source if key.startswith("keyboard.")):
        assert messages.get(key), key


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_fills_the_same_placeholders(language: str) -> None:
    source = read_messages(LOCALES, SOURCE_LANGUAGE).forms
    messages = read_messages(LOCALES, language).forms
    different = [
        key
        for key, forms in messages.items()
        if key in source
        and set().union(*map(placeholders, forms)) != set().union(*map(placeholders, source[key]))
    ]
    assert different == []
