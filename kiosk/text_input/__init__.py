"""Chinese text from letters, behind one small interface with two back ends."""

from typing import Protocol


class TextInput(Protocol):
    """Turns typed letters into Chinese text; learns nothing and keeps nothing."""

    def candidates(self, letters: str) -> list[str]:
        """Texts that these pinyin letters may mean, best first, at most thirty.

        Args:
            letters: a to z and the separator `'`; an empty text gives an empty list.
        """

    def choose(self, index: int) -> tuple[str, str]:
        """Take a candidate of the last call.

        Args:
            index: into the list last returned.

        Returns:
            The chosen text, and the letters it did not use up (to be asked for again).

        Raises:
            IndexError: no such candidate.
        """

    def reset(self) -> None:
        """Forget the letters, at the latest when a session ends."""

    def close(self) -> None:
        """Let the engine go and delete whatever it wrote."""
