"""What stands in the journal: steps, phases, rows and the chain that holds them together."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

BEFORE_THE_FIRST = "0" * 64


class Step(StrEnum):
    """What a row is about."""

    OPEN = "open"
    """a citizen began"""
    CARD_IN = "card_in"
    """a card is taken in"""
    PERMIT = "permit"
    """whose permit it is, and what opens its chip"""
    PROVEN = "proven"
    """the holder stands at the machine"""
    ORDER = "order"
    """central is asked to approve"""
    PAYMENT = "payment"
    """money of one key"""
    NOTE = "note"
    """one banknote, within a cash payment"""
    REPORT = "report"
    """central is told of money that a device took"""
    ADMITTED = "admitted"
    """central says that the order is paid"""
    CHIP = "chip"
    """the pivot: the record is written"""
    FACE = "face"
    VERIFY = "verify"
    """the chip is read back at the end"""
    CONFIRM = "confirm"
    """central issues the endorsements"""
    TURN_BACK = "turn_back"
    """from here on everything is undone"""
    GIVE_BACK = "give_back"
    """money of one key goes back, or its key is closed"""
    VOID = "void"
    """central drops the order"""
    PRESENT = "present"
    """the card goes to the mouth"""
    KEEP = "keep"
    """the card goes to the bin"""
    SLIP = "slip"
    CASE = "case"
    """staff must see to something"""
    TELL = "tell"
    """central hears of a case"""
    CASH_BOX = "cash_box"
    """staff emptied the box and counted; of no citizen's transaction"""
    END = "end"
    """the citizen has left"""
    CLOSED = "closed"
    """nothing is owed and no case is open any more"""


class Phase(StrEnum):
    """How far a step is known to be."""

    INTENT = "intent"
    """durable before the act"""
    DONE = "done"
    NOT_DONE = "not_done"
    """surely not, and it can no longer happen by itself"""
    UNKNOWN = "unknown"
    """asked, and nobody could say"""
    FACT = "fact"
    """no act, something that was learnt or decided"""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the journal.

    Args:
        seq: counts without gaps.
        saga: id of the transaction.
        step: what it is about.
        phase: how far.
        key: of a payment, a note or a case; empty where a step happens once.
        facts: codes, amounts, ids; nothing of a person.
        private: personal facts, sealed on the disk; empty again once they are shredded.
        at: when, hall time with offset.
    """

    seq: int
    saga: str
    step: Step
    phase: Phase
    key: str
    facts: Mapping[str, Any]
    private: Mapping[str, Any] = field(repr=False)
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be written; the journal adds number, time and chain."""

    saga: str
    step: Step
    phase: Phase
    key: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    private: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Head:
    """The last row, as heartbeats tell it.

    Args:
        seq: its number, 0 for an empty journal.
        chain: its hash.
    """

    seq: int
    chain: str


def as_text(facts: Mapping[str, Any]) -> str:
    """Facts as they stand on the disk."""
    return json.dumps(dict(facts), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def chain_of(before: str, fields: tuple[str | int, ...], sealed: bytes) -> str:
    """The hash of a row, over the hash of the row before it.

    Args:
        before: the earlier hash.
        fields: everything that stands in the row in plain.
        sealed: the sealed part, empty without one; it outlives its key, so the chain does too.
    """
    plain = json.dumps([before, *fields], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(plain.encode() + sealed).hexdigest()
