"""Which engine a machine gets, and what it leaves behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.text_input import engine, google, rime
from kiosk.text_input.engine import EngineError, PrivateFolder, sweep
from kiosk.text_input.google import GoogleInput
from kiosk.text_input.name_bias import NameBias, Word, read_words
from kiosk.text_input.opening import NoTextInput, WarmingInput, open_text_input, warm_up
from kiosk.text_input.rime import RimeInput


class OneEngine:
    """Stands where an engine would: answers with the letters themselves."""

    def __init__(self) -> None:
        self.asked = ""

    def candidates(self, letters: str) -> list[str]:
        self.asked = letters
        return [f"{letters}{place}" for place in range(30)] if letters else []

    def choose(self, index: int) -> tuple[str, str]:
        return f"{self.asked}{index}", "rest"

    def reset(self) -> None:
        self.asked = ""

    def close(self) -> None:
        self.asked = ""


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path
    assert list(tmp_path.iterdir()) == []


def test_the_preferred_engine_answers(memory: Path) -> None:
    for prefer, first in (("rime", "中华人民共和国"), ("google", "之后人们共和国")):
        opened = open_text_input(prefer, memory)
        assert opened.candidates("zhhrmghg")[0] == first
        opened.close()


def test_without_the_one_engine_the_other_answers(
    memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rime, "LIBRARY", "libnone.so.1")
    opened = open_text_input("rime", memory)
    assert "黄石市" in opened.candidates("huangshishi")
    opened.close()


def test_without_any_engine_the_reasons_are_known(
    memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rime, "SHARED_DATA", memory / "none")
    monkeypatch.setattr(google, "LIBRARY", "libnone.so.1")
    opened = open_text_input("google", memory)
    assert isinstance(opened, NoTextInput)
    assert [reason.split()[0] for reason in opened.reasons] == [
        "libgooglepinyin",
        str(memory / "none"),
    ]
    assert opened.candidates("huangshi") == []
    with pytest.raises(IndexError):
        opened.choose(0)


@pytest.mark.parametrize("kind", [RimeInput, GoogleInput])
def test_two_at_once_are_refused_and_the_first_goes_on(
    kind: type[RimeInput] | type[GoogleInput], memory: Path
) -> None:
    first = kind(memory)
    with pytest.raises(EngineError, match="already in use"):
        kind(memory)
    assert "黄石" in first.candidates("huangshi")
    first.close()


def test_the_quick_engine_answers_until_the_better_one_is_ready(memory: Path) -> None:
    opened = warm_up("rime", memory)
    assert "黄石" in opened.candidates("huangshi")[:3]
    assert isinstance(opened, NameBias)
    warming = opened._engine
    assert isinstance(warming, WarmingInput)
    assert warming.wait_warm(20)
    assert opened.candidates("zhhrmghg")[0] == "中华人民共和国"
    opened.close()


def test_a_choice_is_made_in_the_engine_that_offered_it() -> None:
    quick, better = OneEngine(), OneEngine()
    warming = WarmingInput(quick, lambda: better)
    offered = warming._quick.candidates("ni")
    assert warming.wait_warm(20)
    assert warming.choose(3) == (offered[3], "rest")
    warming.candidates("hao")
    assert better.asked == "hao"
    warming.close()


def test_the_quick_engine_stays_when_the_better_one_does_not_load() -> None:
    def fails() -> OneEngine:
        raise EngineError("no engine here")

    warming = WarmingInput(OneEngine(), fails)
    assert not warming.wait_warm(20)
    assert warming.reasons == ("no engine here",)
    assert warming.candidates("ni")[0] == "ni0"
    warming.close()


def test_own_words_come_first_and_none_twice() -> None:
    words = {"shi": (Word("石", frozenset({3})), Word("shi2", frozenset({3})))}
    biased = NameBias(OneEngine(), words)
    found = biased.candidates("shi")
    assert found[:4] == ["石", "shi2", "shi0", "shi1"]
    assert len(found) == len(set(found)) == 30
    assert biased.choose(0) == ("石", "")
    biased.candidates("shi")
    assert biased.choose(4) == ("shi3", "rest")


def test_own_words_must_fit_the_separators() -> None:
    biased = NameBias(OneEngine(), read_words())
    assert biased.candidates("xi'an")[0] == "西安"
    assert "西安" in biased.candidates("xian")
    assert "西安" not in biased.candidates("x'ian")
    assert "县" not in biased.candidates("xi'an")


def test_the_list_of_words_is_well_spelt() -> None:
    table = read_words()
    assert len(table) > 500
    for letters, words in table.items():
        assert letters.isascii()
        assert letters.isalpha()
        for word in words:
            assert len(word.ends) == len(word.text), word
            assert max(word.ends) == len(letters)


def test_a_private_folder_is_nobody_elses_and_goes_with_its_engine(memory: Path) -> None:
    with PrivateFolder(memory) as folder:
        assert folder.path.stat().st_mode & 0o777 == 0o700
        (folder.path / "user.dat").write_text("words")
        sweep(memory)
        assert folder.path.is_dir()


def test_what_a_killed_machine_left_is_removed_by_the_next(memory: Path) -> None:
    program = (
        "import sys, pathlib; from kiosk.text_input.engine import PrivateFolder;"
        "folder = PrivateFolder(pathlib.Path(sys.argv[1])); print(folder.path, flush=True);"
        "sys.stdin.read()"
    )
    killed = subprocess.Popen(
        [sys.executable, "-c", program, str(memory)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(engine.__file__).parents[2],
    )
    assert killed.stdout is not None
    assert killed.stdin is not None
    left = Path(killed.stdout.readline().strip())
    sweep(memory)
    assert left.is_dir()
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait(20)
    killed.stdin.close()
    killed.stdout.close()
    PrivateFolder(memory).close()
    assert not left.exists()
