"""How a fee can be paid at a machine, and whose a scanned payment code is."""

import re
from enum import StrEnum


class Means(StrEnum):
    """What a citizen can choose."""

    BANK_CARD = "bank_card"
    CASH = "cash"
    """whole notes; no change is given"""
    CODE = "code"
    """a payment code on a phone"""


class CodeIssuer(StrEnum):
    """Whose payment code it is."""

    ALIPAY = "alipay"
    WECHAT = "wechat"
    UNIONPAY = "unionpay_code"


_ISSUERS = {
    CodeIssuer.WECHAT: re.compile(r"1[0-5][0-9]{16}", re.ASCII),
    CodeIssuer.ALIPAY: re.compile(r"(2[5-9]|30)[0-9]{14,22}", re.ASCII),
    CodeIssuer.UNIONPAY: re.compile(r"62[0-9]{17}", re.ASCII),
}


def issuer_of(code: str) -> CodeIssuer | None:
    """Whose payment code a text is (hardware facts 7); None for any other text.

    Args:
        code: as scanned. It is money for about a minute: never shown, never logged.
    """
    for issuer, pattern in _ISSUERS.items():
        if pattern.fullmatch(code):
            return issuer
    return None
