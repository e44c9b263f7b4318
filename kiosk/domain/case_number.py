"""What a case is called: short enough to be read aloud, the same on slip and screens."""

import hashlib

_DIGITS = 8


def spoken(case_id: str) -> str:
    """The number people use for a case.

    Args:
        case_id: of the case, as machine and central key it.

    Returns:
        Eight digits in two groups, for example `4821 0937`; drawn from the id, so that nothing
        has to be kept. Two open cases of one machine share a number less than once in a million.
    """
    drawn = int.from_bytes(hashlib.sha256(case_id.encode()).digest()[:8]) % 10**_DIGITS
    digits = f"{drawn:0{_DIGITS}}"
    return f"{digits[:4]} {digits[4:]}"
