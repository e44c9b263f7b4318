"""Generated documents say what the tables say."""

from pathlib import Path

from scripts.docgen.__main__ import main
from scripts.docgen.documents import DOCUMENTS, stale, text_of, write

ROOT = Path(__file__).resolve().parents[2]


def test_documents_in_the_tree_are_fresh() -> None:
    assert stale(ROOT) == [], "run scripts/docs"
    assert main(["--check"]) == 0


def test_a_stale_or_missing_document_is_found_and_mended(tmp_path: Path) -> None:
    assert stale(tmp_path) == list(DOCUMENTS)
    assert write(tmp_path) == list(DOCUMENTS)
    assert stale(tmp_path) == []
    first = next(iter(DOCUMENTS))
    (tmp_path / first).write_text(text_of(first) + "by hand\n", encoding="utf-8")
    assert stale(tmp_path) == [first]


def test_the_flow_page_shows_every_state_and_every_limit() -> None:
    page = text_of("docs/flows/application.md")
    for word in (
        "WaitingForPaper --> ShowingNumber: ShowNumberAsked",
        "after 60 s (`paper`)",
        "30 s",
    ):
        assert word in page
