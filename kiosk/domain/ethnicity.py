"""Ethnic groups by their codes, GB/T 3304 (domain facts 12.5)."""

CODES = (*(f"{code:02d}" for code in range(1, 57)), "97", "98")
"""56 groups; 97 other; 98 foreign descent with Chinese nationality"""

COMMON = ("01", "15", "06", "03", "12", "08", "11", "04", "05", "02")
"""those most often met in a Hubei hall: Han, Tujia, Miao, Hui, Dong, Zhuang, Manchu, ..."""


def is_known(code: str) -> bool:
    """Whether a code is in the table."""
    return code in CODES
