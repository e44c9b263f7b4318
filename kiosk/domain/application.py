"""What can be asked for a document (domain facts 1.3)."""

from enum import StrEnum


class ApplyKind(StrEnum):
    """办证类别: why the document is asked for."""

    FIRST = "first"
    """首次申请"""
    RENEWAL = "renewal"
    """换发: the old document is there"""
    REPLACEMENT = "replacement"
    """补发: damaged, lost or stolen"""


class ApplyMode(StrEnum):
    """What of a permit is wanted."""

    PERMIT_AND_ENDORSEMENT = "permit_and_endorsement"
    """申请证件及签注"""
    ENDORSEMENT_ONLY = "endorsement_only"
    """单独签注: needs the number of the permit held"""
    PERMIT_ONLY = "permit_only"
    """单独申请证件"""


class Destination(StrEnum):
    """Where an endorsement leads; Hong Kong and Macao are separate rows of one permit."""

    HONG_KONG = "HKG"
    MACAO = "MAC"
    TAIWAN = "TWN"


class DeliveryWay(StrEnum):
    """How the finished document reaches its holder."""

    WINDOW = "window"
    """collected in the hall, at the window or the pick-up machine"""
    COURIER = "courier"
    """sent, paid by the receiver"""
