"""The documents a citizen can apply for."""

from enum import StrEnum


class DocumentKind(StrEnum):
    """A document of the one application form (domain facts 0)."""

    PASSPORT = "passport"
    """普通护照"""
    HK_MACAO_PERMIT = "hk_macao_permit"
    """往来港澳通行证, with its endorsements"""
    TAIWAN_PERMIT = "taiwan_permit"
    """往来台湾通行证, with its endorsements"""
