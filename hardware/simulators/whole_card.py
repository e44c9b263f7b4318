"""A permit as a citizen holds it: its chip, and the rewritable back that shows endorsements."""

from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from hardware.interfaces.chip_reader import ChipEndorsement
from hardware.simulators.card_face import blank_face
from hardware.simulators.people.permits import PermitCard, make_permit

_FACE_FILE = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
_SIMPLIFIED_CHINESE = 2
_SIZE_DOTS = 40
_DESTINATIONS = {"HKG": "香港", "MAC": "澳门", "TWN": "台湾"}


@dataclass
class WholeCard:
    """One card; `FaceCard` with a chip.

    Args:
        face: the printable field of its back.
        permit: its facts and chip.
    """

    face: Image.Image
    permit: PermitCard


def make_whole_card(citizen: str) -> WholeCard:
    """A citizen's permit with the endorsements of its chip printed on its back.

    Args:
        citizen: key of the holder among `permits`.
    """
    permit = make_permit(citizen)
    face = blank_face()
    pen = ImageDraw.Draw(face)
    font = ImageFont.truetype(_FACE_FILE, _SIZE_DOTS, index=_SIMPLIFIED_CHINESE)
    for row, one in enumerate(permit.facts.endorsements):
        pen.text((24, 72 + row * 2 * _SIZE_DOTS), _as_printed(one), font=font, fill=30)
    return WholeCard(face, permit)


def _as_printed(one: ChipEndorsement) -> str:
    place = _DESTINATIONS.get(one.destination, one.destination)
    entries = f"{one.entries}次" if one.entries else "多次"
    return f"{place} {one.kind} {entries} {one.valid_from}-{one.valid_until}"
