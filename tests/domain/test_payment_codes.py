"""Whose a payment code is, by the rules the three issuers publish."""

import pytest

from kiosk.domain.payment import CodeIssuer, issuer_of


@pytest.mark.parametrize(
    ("code", "issuer"),
    [
        ("134567890123456789", CodeIssuer.WECHAT),
        ("150000000000000000", CodeIssuer.WECHAT),
        ("2512345678901234", CodeIssuer.ALIPAY),
        ("30" + "1" * 22, CodeIssuer.ALIPAY),
        ("6212345678901234567", CodeIssuer.UNIONPAY),
    ],
)
def test_the_beginning_tells_the_issuer(code: str, issuer: CodeIssuer) -> None:
    assert issuer_of(code) is issuer


@pytest.mark.parametrize(
    "code",
    [
        "",
        "164567890123456789",
        "13456789012345678",
        "251234567890123",
        "31" + "1" * 16,
        "621234567890123456",
        "6212345678901234567 ",
        "２５12345678901234",
        "https://example.invalid",
    ],
)
def test_any_other_text_is_nobodys(code: str) -> None:
    assert issuer_of(code) is None
