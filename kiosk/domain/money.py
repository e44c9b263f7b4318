"""Amounts of money: whole fen, never fractions."""

FEN_PER_YUAN = 100


def yuan(fen: int) -> str:
    """An amount in yuan as plain digits: 120, 15.50.

    Args:
        fen: not negative.
    """
    whole, rest = divmod(fen, FEN_PER_YUAN)
    return f"{whole}.{rest:02d}" if rest else str(whole)
