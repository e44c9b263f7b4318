"""The command line's part for staff numbers: `python -m kiosk operator add | list | remove`."""

import getpass
from collections.abc import Callable

from kiosk.errors import OperatorsError
from kiosk.operators import OperatorBook, pin_mistake

Ask = Callable[[str], str]


def add(book: OperatorBook, name: str, *, card: bool, ask: Ask = getpass.getpass) -> str:
    """Enrol somebody who sits here and types.

    Args:
        book: of the machine.
        name: for the list.
        card: whether they will show an identity card instead of typing their number.
        ask: reads what is typed without showing it.

    Returns:
        What to tell them.

    Raises:
        OperatorsError: the PIN is too simple, differs, or nothing can be written.
    """
    id_number = ask("number of the identity card: ").strip() if card else ""
    pin = ask("PIN: ")
    if wrong := pin_mistake(pin):
        raise OperatorsError(wrong)
    if ask("PIN again: ") != pin:
        msg = "the second PIN differs"
        raise OperatorsError(msg)
    return f"operator {book.add(name, pin, id_number).number}: {name}"


def listed(book: OperatorBook) -> list[str]:
    """A line for everybody."""
    return [f"{one.number}  {one.name}{'  (card)' if one.card else ''}" for one in book.all()]


def remove(book: OperatorBook, number: str) -> str:
    """Take somebody off the list.

    Raises:
        OperatorsError: there is no such number, or nothing can be written.
    """
    if not book.remove(number):
        msg = f"no operator {number}"
        raise OperatorsError(msg)
    return f"operator {number} is removed"
