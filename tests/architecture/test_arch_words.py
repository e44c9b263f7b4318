"""Every language has every message, and the code asks for no other."""

from pathlib import Path

import pytest

from kiosk.flows.endorsement_machine import ENDORSEMENT_MACHINE
from kiosk.flows.evaluator.table import EVALUATOR_ERRAND
from kiosk.flows.hall_kiosk import HALL_KIOSK
from kiosk.flows.session import Language
from tests.kit.laws.words import catalogue, gaps, unknown_keys

ROOT = Path(__file__).resolve().parents[2]
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def write(root: Path, language: str, messages: dict[str, str]) -> None:
    folder = root / "locales" / language / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    body = "".join(f'msgid "{key}"\nmsgstr "{text}"\n\n' for key, text in messages.items())
    (folder / "app.po").write_text(HEAD + body, encoding="utf-8")


def test_every_language_is_there_and_complete() -> None:
    assert gaps(ROOT) == []
    assert {folder.name for folder in (ROOT / "locales").iterdir()} == {
        one.value for one in Language
    }


def test_the_code_asks_only_for_messages_that_exist() -> None:
    assert unknown_keys(ROOT) == []


def test_every_help_topic_has_its_page() -> None:
    messages = catalogue(ROOT, "zh_CN")
    errands = (HALL_KIOSK, ENDORSEMENT_MACHINE, EVALUATOR_ERRAND)
    conducts = [one.conduct for one in errands]
    topics = {rules.help_topic for one in conducts for rules in one.rules.values()} - {""}
    wanted = {f"help.{topic}.{part}" for topic in topics for part in ("title", "body")}
    assert {key for key in messages if key.startswith("help.")} == wanted


@pytest.mark.parametrize(
    ("english", "traditional"),
    [
        ({}, {}),
        ({"app.a.b": "Hello {name}", "app.a.c": "more"}, {}),
        ({"app.a.b": "Hello {who}"}, {}),
        ({"app.a.b": ""}, {}),
        ({"app.a.b": "Hello {name}"}, {"app.a.x": "x"}),
        ({"app.a.b": "Hello {name}"}, {"app.a.b": "x"}),
    ],
    ids=[
        "lacking",
        "too many",
        "other placeholder",
        "empty",
        "too many drafted",
        "lost placeholder",
    ],
)
def test_a_gap_is_found(
    tmp_path: Path, english: dict[str, str], traditional: dict[str, str]
) -> None:
    write(tmp_path, "zh_CN", {"app.a.b": "您好 {name}"})
    write(tmp_path, "en", english)
    write(tmp_path, "zh_Hant", traditional)
    assert gaps(tmp_path) != []


def test_a_draft_may_lack_messages(tmp_path: Path) -> None:
    write(tmp_path, "zh_CN", {"app.a.b": "您好 {name}"})
    write(tmp_path, "en", {"app.a.b": "Hello {name}"})
    write(tmp_path, "zh_Hant", {})
    assert gaps(tmp_path) == []


def test_an_unknown_key_is_found_in_code_and_kv(tmp_path: Path) -> None:
    write(tmp_path, "zh_CN", {"app.a.b": "x", "app.kind.one": "y"})
    (tmp_path / "screens").mkdir()
    good = "TEXT = ('app.a.b', f'app.kind.{name}', 'other.a.b', 'kiosk.central.client')\n"
    (tmp_path / "screens" / "fine.py").write_text(good, encoding="utf-8")
    assert unknown_keys(tmp_path) == []
    bad = "TEXT = {'x': 'app.a.c', 'y': f'app.sort.{name}'}\n"
    (tmp_path / "screens" / "wrong.py").write_text(bad, encoding="utf-8")
    (tmp_path / "screens" / "wrong.kv").write_text("<A>:\n    text: 'app.a.d'\n", encoding="utf-8")
    page = "{{ say('app.a.b') }} {{ say('app.kind.' ~ one) }} {{ say('app.a.e', n=1) }}"
    (tmp_path / "kiosk").mkdir()
    (tmp_path / "kiosk" / "page.html").write_text(page, encoding="utf-8")
    assert len(unknown_keys(tmp_path)) == 4
