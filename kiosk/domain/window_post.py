"""Where a terminal stands, and who sits there (domain facts 8.1)."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Clerk:
    """Who serves at a window, as everybody may see it.

    Args:
        number: 工号.
        name: as shown.
        stars: 1 to 5; 0 where the hall gives none.
        photo: JPEG, None where there is none.
    """

    number: str
    name: str
    stars: int
    photo: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class WindowPost:
    """A terminal's place.

    Args:
        window: its name, as called.
        clerk: who sits there, None for nobody.
    """

    window: str
    clerk: Clerk | None = None
