"""Which windows a citizen goes to when the machine alone has turned them back."""

from collections.abc import Callable
from dataclasses import replace

from kiosk.central.contract import Catalogue
from kiosk.domain.document import DocumentKind
from kiosk.domain.transaction.outcome import Ended, Outcome
from kiosk.domain.transaction.progress import Progress


def with_windows(
    tell: Callable[[Progress], None], catalogue: Callable[[], Catalogue | None]
) -> Callable[[Progress], None]:
    """Name the windows for permits where nobody has named any.

    Central names them when it refuses; a face that does not match, or a card that is none, is
    turned back here.

    Args:
        tell: told what the transaction tells, an end with windows.
        catalogue: the last one central gave, None before the first.
    """

    def told(progress: Progress) -> None:
        if isinstance(progress, Ended) and progress.outcome is Outcome.TURNED_BACK:
            progress = replace(progress, windows=progress.windows or _of(catalogue()))
        tell(progress)

    return told


def _of(catalogue: Catalogue | None) -> tuple[str, ...]:
    services = catalogue.services if catalogue else ()
    wanted = DocumentKind.HK_MACAO_PERMIT.value
    return next((tuple(one.windows) for one in services if one.service_id == wanted), ())
