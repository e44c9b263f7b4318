"""Which windows a citizen goes to when the machine cannot finish alone."""

from collections.abc import Callable
from dataclasses import replace

from kiosk.central.contract import Catalogue
from kiosk.domain.document import DocumentKind
from kiosk.domain.transaction.outcome import Ended
from kiosk.domain.transaction.progress import Progress


def with_windows(
    tell: Callable[[Progress], None], catalogue: Callable[[], Catalogue | None]
) -> Callable[[Progress], None]:
    """Name the windows for permits where nobody has named any.

    Central names them when it refuses; a face that does not match, a card that is none or one that
    is kept is the machine's own affair.

    Args:
        tell: told what the transaction tells, an end with windows.
        catalogue: the last one central gave, None before the first.
    """

    def told(progress: Progress) -> None:
        if isinstance(progress, Ended):
            progress = replace(progress, windows=progress.windows or for_permits(catalogue()))
        tell(progress)

    return told


def for_permits(catalogue: Catalogue | None) -> tuple[str, ...]:
    """The windows that serve permits; none before the first catalogue."""
    services = catalogue.services if catalogue else ()
    wanted = DocumentKind.HK_MACAO_PERMIT.value
    return next((tuple(one.windows) for one in services if one.service_id == wanted), ())
