"""What a hall tells everybody who waits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

_SOURCE = "zh_CN"


@dataclass(frozen=True, slots=True)
class HallNotice:
    """One notice.

    Args:
        titles: by locale; the source language always.
        texts: by locale, as the titles; none where the title says everything.
        kind: what it is about; message key `notice.kind.<kind>`.
    """

    titles: Mapping[str, str]
    texts: Mapping[str, str]
    kind: str = ""

    def title(self, language: str) -> str:
        """In a language, or in the source language where it has none."""
        return self.titles.get(language) or self.titles.get(_SOURCE, "")

    def text(self, language: str) -> str:
        """The same."""
        return self.texts.get(language) or self.texts.get(_SOURCE, "")


@dataclass(frozen=True, slots=True)
class NoticeBoard:
    """All notices that hold today.

    Args:
        notices: most important first.
        as_of: when central last told them, None while it is there.
    """

    notices: tuple[HallNotice, ...] = ()
    as_of: datetime | None = None
