"""The payment gateway, as central sees it: one key, at most one charge, and a key can be closed.

The stand-in keeps its own book beside ours. A tester decides on its page what becomes of a charge:
approved, declined, delayed, silent after it was taken, or reversed.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy import Connection, Row, delete, insert, select, update

from kiosk.central.server.endorsements.tables import gateway_charge, gateway_setting

DELAY_S = 20.0
"""how long a delayed charge of the stand-in takes"""
MODE = "mode"


class Said(StrEnum):
    """What the gateway answers about a key."""

    NOTHING = "nothing"
    """it never heard of the key"""
    WAITING = "waiting"
    TAKEN = "taken"
    DECLINED = "declined"
    CLOSED = "closed"
    REFUNDED = "refunded"
    SILENT = "silent"
    """no answer: ask again"""


class Mode(StrEnum):
    """What the stand-in does with a new charge."""

    APPROVE = "approve"
    DECLINE = "decline"
    ASK = "ask"
    """waits until the tester decides"""
    DELAY = "delay"
    LOSE = "lose"
    """takes the money and says nothing until the tester lets it speak"""


class Gateway(Protocol):
    """What central asks a payment gateway; an adapter to a real one keeps this shape."""

    def charge(self, payment_id: str, amount_fen: int, payment_code: str) -> None:
        """Begin a charge unless the key was used or closed; the outcome is asked for."""

    def ask(self, payment_id: str) -> Said:
        """What became of a key."""

    def close(self, payment_id: str) -> Said:
        """Make a key unusable; what was charged under it stays charged until it is refunded."""

    def refund(self, payment_id: str) -> Said:
        """Give back what was charged under a key; asking again is harmless."""


class StandInGateway:
    """A gateway for tests and demos.

    Args:
        connection: its book; with an open transaction.
        now: the time.
    """

    def __init__(self, connection: Connection, now: datetime) -> None:
        self._connection = connection
        self._now = now

    def charge(self, payment_id: str, amount_fen: int, payment_code: str) -> None:
        """Begin a charge as the mode says; the code itself is not kept."""
        del payment_code
        if self._row(payment_id) is not None:
            return
        mode = mode_of(self._connection)
        states = {
            Mode.APPROVE: Said.TAKEN,
            Mode.LOSE: Said.TAKEN,
            Mode.DECLINE: Said.DECLINED,
            Mode.ASK: Said.WAITING,
            Mode.DELAY: Said.WAITING,
        }
        delayed = mode is Mode.DELAY
        due_at = self._now + timedelta(seconds=DELAY_S) if delayed else _never(self._now)
        self._add(payment_id, amount_fen, states[mode], silent=mode is Mode.LOSE, due_at=due_at)

    def ask(self, payment_id: str) -> Said:
        """What became of a key; a delayed charge lands when its time has come."""
        row = self._row(payment_id)
        if row is None:
            return Said.NOTHING
        if row.silent:
            return Said.SILENT
        if row.state == Said.WAITING and row.due_at <= self._now:
            return self._turn(payment_id, Said.TAKEN)
        return Said(row.state)

    def close(self, payment_id: str) -> Said:
        """Close a key that was not charged, even one it never heard of."""
        row = self._row(payment_id)
        if row is None:
            self._add(payment_id, 0, Said.CLOSED, silent=False, due_at=_never(self._now))
            return Said.CLOSED
        if row.silent:
            return Said.SILENT
        if row.state in (Said.WAITING, Said.DECLINED):
            return self._turn(payment_id, Said.CLOSED)
        return Said(row.state)

    def refund(self, payment_id: str) -> Said:
        """Give back what was taken."""
        row = self._row(payment_id)
        if row is None:
            return Said.NOTHING
        if row.silent:
            return Said.SILENT
        if row.state == Said.TAKEN:
            return self._turn(payment_id, Said.REFUNDED)
        return Said(row.state)

    def _row(self, payment_id: str) -> Row[Any] | None:
        query = select(gateway_charge).where(gateway_charge.c.payment_id == payment_id)
        return self._connection.execute(query.with_for_update()).one_or_none()

    def _turn(self, payment_id: str, state: Said) -> Said:
        turn(self._connection, payment_id, {"state": state})
        return state

    def _add(
        self, payment_id: str, amount_fen: int, state: Said, *, silent: bool, due_at: datetime
    ) -> None:
        row = {"payment_id": payment_id, "amount_fen": amount_fen, "state": state}
        times = {"due_at": due_at, "at": self._now}
        self._connection.execute(insert(gateway_charge), {**row, **times, "silent": silent})


def mode_of(connection: Connection) -> Mode:
    """What the stand-in does with new charges."""
    query = select(gateway_setting.c.value).where(gateway_setting.c.name == MODE)
    value = connection.execute(query).scalar_one_or_none()
    return Mode(value) if value else Mode.APPROVE


def set_mode(connection: Connection, mode: Mode) -> None:
    """Change it."""
    connection.execute(delete(gateway_setting).where(gateway_setting.c.name == MODE))
    connection.execute(insert(gateway_setting), {"name": MODE, "value": mode})


def turn(connection: Connection, payment_id: str, values: Mapping[str, Any]) -> None:
    """Change a charge in the stand-in's book."""
    connection.execute(
        update(gateway_charge).where(gateway_charge.c.payment_id == payment_id).values(**values)
    )


def charges(connection: Connection) -> list[Row[Any]]:
    """The newest charges, for the tester's page."""
    query = select(gateway_charge).order_by(gateway_charge.c.at.desc()).limit(50)
    return list(connection.execute(query))


def _never(now: datetime) -> datetime:
    return now + timedelta(days=3650)
