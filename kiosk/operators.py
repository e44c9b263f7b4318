"""Who may open the maintenance screens: numbers, hashed PINs, and the pause after failures.

The list is one file in the machine's data folder, written by `python -m kiosk operator add NAME`
and read anew at every try. There is no PIN that a machine comes with: an empty list lets nobody in.
"""

import hashlib
import hmac
import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path

from kiosk import cipher
from kiosk.config import Config
from kiosk.errors import OperatorsError

FILE = "operators.json"
FIRST_NUMBER = 1001
PIN_LEAST, PIN_MOST = 6, 12
"""Digits of a PIN."""
NAME_MOST = 40
"""Characters of a name."""

_TIME_COST, _MEMORY_KIB = 2, 19 * 1024
# Compared with when there is no such number, so that both answers take as long.
_NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$cdHMzqh1+RCh7gzxj306Ng$"
    "rD4tPNRs8MRsSEY722RGEz6sNFLdWH12wj/FzLE3YA4"
)


@dataclass(frozen=True, slots=True)
class Operator:
    """One member of staff.

    Args:
        number: what they type and what records name them by.
        name: for the list; no record carries it.
        pin: Argon2id hash.
        card: keyed hash of the number of the identity card they show; empty without one.
    """

    number: str
    name: str
    pin: str = field(repr=False)
    card: str = field(default="", repr=False)


class OperatorBook:
    """The list of one machine.

    Args:
        folder: data folder of the machine.
        key: the device key; a copied list tells nobody's identity number without it.
    """

    def __init__(self, folder: Path, key: bytes) -> None:
        self._path = folder / FILE
        self._key = key

    def all(self) -> tuple[Operator, ...]:
        """Everybody, by number.

        Raises:
            OperatorsError: the file cannot be read or understood.
        """
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
            return tuple(sorted((Operator(**one) for one in found), key=lambda one: one.number))
        except FileNotFoundError:
            return ()
        except (OSError, TypeError, ValueError) as error:
            msg = f"{self._path}: {type(error).__name__}"
            raise OperatorsError(msg) from error

    def add(self, name: str, pin: str, id_number: str = "") -> Operator:
        """Let somebody in from now on.

        Args:
            name: for the list.
            pin: digits, see `pin_mistake`.
            id_number: of the card they will show; empty for the number only.

        Returns:
            The operator, with the next free number.

        Raises:
            OperatorsError: the PIN is too simple, or the file cannot be written.
        """
        wrong = pin_mistake(pin)
        if wrong or not 0 < len(name) <= NAME_MOST:
            raise OperatorsError(wrong or f"a name has 1 to {NAME_MOST} characters")
        everybody = self.all()
        number = str(max((int(one.number) + 1 for one in everybody), default=FIRST_NUMBER))
        card = self._card(id_number) if id_number else ""
        operator = Operator(number, name, _hashed(pin), card)
        self._write((*everybody, operator))
        return operator

    def remove(self, number: str) -> bool:
        """Let somebody in no more; whether there was such a number.

        Raises:
            OperatorsError: the file cannot be written.
        """
        everybody = self.all()
        left = tuple(one for one in everybody if one.number != number)
        if len(left) < len(everybody):
            self._write(left)
        return len(left) < len(everybody)

    def fits(self, number: str, pin: str) -> bool:
        """Whether a PIN belongs to a number; takes as long when there is no such number.

        Raises:
            OperatorsError: the file cannot be read.
        """
        kept = next((one.pin for one in self.all() if one.number == number), None)
        return _verified(kept or _NOBODY, pin) and kept is not None

    def of_card(self, id_number: str) -> str:
        """Number of whose identity card this is; empty when of nobody here.

        Raises:
            OperatorsError: the file cannot be read.
        """
        shown = self._card(id_number)
        found = [one.number for one in self.all() if hmac.compare_digest(one.card, shown)]
        return found[0] if found else ""

    def _card(self, id_number: str) -> str:
        said = b"operator card:" + id_number.upper().encode()
        return hmac.new(self._key, said, hashlib.sha256).hexdigest()

    def _write(self, everybody: Sequence[Operator]) -> None:
        text = json.dumps([asdict(one) for one in everybody], ensure_ascii=False, indent=1)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with tempfile.NamedTemporaryFile(
                "w", encoding="utf-8", dir=self._path.parent, delete=False
            ) as file:
                file.write(text + "\n")
                file.flush()
                os.fsync(file.fileno())
            Path(file.name).replace(self._path)
        except OSError as error:
            msg = f"{self._path}: {error.strerror}"
            raise OperatorsError(msg) from error


def book_of(config: Config) -> OperatorBook:
    """The list of a machine."""
    machine = config.machine
    key_file = Path(machine.device_key or machine.data_folder / "device.key")
    return OperatorBook(machine.data_folder, cipher.device_key(key_file))


def pin_mistake(pin: str) -> str:
    """What is wrong with a new PIN; empty when it may be used.

    One digit over and over, and digits that only count up or down, are the first to be guessed.
    """
    if not (pin.isascii() and pin.isdigit() and PIN_LEAST <= len(pin) <= PIN_MOST):
        return f"a PIN has {PIN_LEAST} to {PIN_MOST} digits"
    steps = {int(after) - int(before) for before, after in pairwise(pin)}
    return "a PIN does not count and does not repeat" if steps in ({0}, {1}, {-1}) else ""


@dataclass(slots=True)
class LockOut:
    """How long nobody is let in after failures; one for the whole machine, whatever the number.

    A try per number would let somebody try one PIN on every number.

    Args:
        free: failures without a pause.
        pauses_s: after each failure from then on; the last one stays.
    """

    free: int = 3
    pauses_s: tuple[float, ...] = (30.0, 60.0, 120.0, 300.0)
    failures: int = 0
    until_s: float = 0.0

    def left_s(self, now_s: float) -> float:
        """How long nobody is let in.

        Args:
            now_s: of a clock that never jumps.
        """
        return max(0.0, self.until_s - now_s)

    def failed(self, now_s: float) -> float:
        """One more failure; how long nobody is let in."""
        self.failures += 1
        beyond = self.failures - self.free
        if beyond >= 0:
            self.until_s = now_s + self.pauses_s[min(beyond, len(self.pauses_s) - 1)]
        return self.left_s(now_s)

    def succeeded(self) -> None:
        """Somebody is in: begin anew."""
        self.failures = 0
        self.until_s = 0.0


def _hashed(pin: str) -> str:
    # Read when staff come, not when the machine starts.
    from argon2 import PasswordHasher  # noqa: PLC0415 - when staff come

    return PasswordHasher(_TIME_COST, _MEMORY_KIB, parallelism=1).hash(pin)


def _verified(kept: str, pin: str) -> bool:
    from argon2 import PasswordHasher  # noqa: PLC0415 - when staff come
    from argon2.exceptions import InvalidHashError, VerificationError  # noqa: PLC0415 - when staff come

    try:
        return PasswordHasher().verify(kept, pin)
    except (VerificationError, InvalidHashError):
        return False
