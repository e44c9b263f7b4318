"""What is personal in a visit, as it stands in the machine's records until the visit is decided."""

import json

from kiosk.cipher import FieldCipher, Place
from kiosk.domain.claim import Claim
from kiosk.domain.queueing import Need


class VisitSecrets:
    """Seals and opens columns of the table of visits; an empty text stays empty.

    Args:
        cipher: of the machine.
    """

    def __init__(self, cipher: FieldCipher) -> None:
        self._cipher = cipher

    def sealed(self, visit_id: str, column: str, plain: str) -> str:
        """A column as it stands on the disk."""
        return self._cipher.seal_text(Place("visits", visit_id, column), plain) if plain else ""

    def opened(self, visit_id: str, column: str, sealed: str) -> str:
        """A column's text.

        Raises:
            StorageError: it was changed, moved, or sealed by another machine.
        """
        return self._cipher.open_text(Place("visits", visit_id, column), sealed) if sealed else ""


def claim_text(claim: Claim) -> str:
    """A claim as text; empty for one that says nothing."""
    if claim == Claim():
        return ""
    return json.dumps({"need": claim.need, "holder_number": claim.holder_number})


def claim_of(text: str) -> Claim:
    """The claim that `claim_text` wrote."""
    if not text:
        return Claim()
    said = json.loads(text)
    return Claim(Need(said["need"]) if said["need"] else None, said["holder_number"])
