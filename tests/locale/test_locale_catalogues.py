"""The catalogues that ship: whole, alike in every language, and quick to load."""

from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from kiosk.locale import SOURCE_LANGUAGE, load, plain_po, read_messages

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


@pytest.mark.parametrize(
    "path",
    sorted(LOCALES.glob("*/LC_MESSAGES/*.po")),
    ids=lambda path: f"{path.parts[-3]}/{path.name}",
)
def test_what_ships_is_read_as_gettext_means_it(path: Path) -> None:
    quick = dict(plain_po.read(path.read_text(encoding="utf-8")).entries)
    with path.open("rb") as file:
        messages = [one for one in read_po(file, ignore_obsolete=True) if one.id]
    meant = {
        one.id if isinstance(one.id, str) else one.id[0]: (one.string,)
        if isinstance(one.string, str)
        else tuple(one.string)
        for one in messages
    }
    assert quick == meant


@pytest.mark.parametrize(
    "block",
    [
        '#, fuzzy\nmsgid "a.b"\nmsgstr "c"',
        'msgctxt "x"\nmsgid "a.b"\nmsgstr "c"',
        '#~ msgid "a.b"\n#~ msgstr "c"',
        'msgid "a.b"\nmsgid "a.c"\nmsgstr "d"',
        'msgid "a"b"\nmsgstr "c"',
        'msgid "a.b"',
        "rubbish",
    ],
)
def test_what_the_quick_reader_does_not_know_it_leaves(block: str) -> None:
    with pytest.raises(plain_po.NotPlainError):
        plain_po.read(block)
