"""Whose a payment code is, by the rules the three issuers publish."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@given(st.sampled_from(["10", "15", "25", "30", "62"]), st.text("0123456789", max_size=24))
def test_length_and_beginning_together_tell_the_issuer(prefix: str, rest: str) -> None:
    lengths = {"1": {18}, "2": set(range(16, 25)), "3": set(range(16, 25)), "6": {19}}
    code = prefix + rest
    assert (issuer_of(code) is not None) == (len(code) in lengths[code[0]])


@given(st.text(max_size=40))
def test_no_text_upsets_the_rules(text: str) -> None:
    if issuer_of(text):
        assert text.isascii()
        assert text.isdigit()
