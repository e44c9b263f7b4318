"""What the endorsement machine prints: the face of the card, and the slip (智能签注受理回执)."""

from collections.abc import Callable, Mapping
from datetime import datetime

from hardware.interfaces.card_printer import FaceArea, FaceJob, FaceLine
from hardware.interfaces.ticket_printer import Align, Feed, Paper, PaperElement, Rule, TextLine
from kiosk.central.contract import Catalogue
from kiosk.central.contract.orders import Granted, OrderOut
from kiosk.domain.case_number import spoken
from kiosk.domain.transaction.outcome import Outcome
from kiosk.locale import Languages, Speech
from kiosk.runtime.endorsing.windows import for_permits
from kiosk.saga.ending import ended
from kiosk.saga.state import State
from kiosk.saga.values import case_id

_CARD_LANGUAGE = "zh_CN"
"""The card itself speaks Chinese, whoever holds it."""
_DAY = "%Y.%m.%d"


class EndorsementPapers:
    """Implements `kiosk.saga.ports.Papers`.

    Args:
        languages: every message.
        catalogue: the last one central gave, None before the first.
        machine_name: for staff.
    """

    def __init__(
        self,
        languages: Languages,
        catalogue: Callable[[], Catalogue | None],
        machine_name: str,
    ) -> None:
        self._languages = languages
        self._catalogue = catalogue
        self._machine_name = machine_name

    def face(self, order: OrderOut) -> FaceJob:
        """The back of the card for an approved order (domain facts 11.5).

        Where each line stands on a real card is not public; the order of the facts is.
        """
        speech = self._languages.speech(_CARD_LANGUAGE)
        lines: list[FaceLine] = []
        for one in order.granted:
            lines += _face_lines(one, speech)
        return FaceJob(order.order_id, FaceArea(), tuple(lines))

    def slip(self, state: State) -> Paper:
        """The slip of a transaction that has ended, in its citizen's language."""
        speech = self._languages.speech(state.language)
        elements = [
            *self._head(speech, state.language, state.slip_number),
            *_day(speech, state.begun_at),
            *_made(state, speech),
            *_money(state, speech),
            *_kept(state, speech),
            *self._where(state, speech),
            *self._foot(speech),
        ]
        return Paper(f"slip-{state.saga}", tuple(elements))

    def copy(self, order: OrderOut, language: str) -> Paper:
        """The slip of an order once more, as central has it (补打)."""
        speech = self._languages.speech(language)
        copied = TextLine(speech.text("ticket.paper.copy"), Align.CENTER, bold=True)
        elements = [
            *self._head(speech, language, order.slip_number),
            copied,
            *_day(speech, order.confirmed_at),
            *_order_lines(order, speech),
            *self._foot(speech),
        ]
        return Paper(f"copy-{order.order_id}", tuple(elements))

    def _head(self, speech: Speech, language: str, number: str) -> list[PaperElement]:
        catalogue = self._catalogue()
        names = catalogue.hall.names if catalogue else {}
        elements: list[PaperElement] = [
            TextLine(_named(names, language), Align.CENTER, bold=True),
            TextLine(speech.text("slip.title"), Align.CENTER, bold=True, width=2, height=2),
        ]
        if number:
            elements.append(TextLine(speech.text("slip.number", number=number), Align.CENTER))
        return [*elements, Rule()]

    def _where(self, state: State, speech: Speech) -> list[PaperElement]:
        """Which windows, for whoever has something to fetch or to have looked at."""
        windows = for_permits(self._catalogue())
        if not windows or not (state.cases or ended(state).owed_fen):
            return []
        named = speech.text("apply.number.separator").join(windows)
        return [TextLine(speech.text("endorsement.window.named", windows=named), bold=True)]

    def _foot(self, speech: Speech) -> list[PaperElement]:
        return [
            Rule(),
            TextLine(speech.text("slip.keep")),
            Feed(),
            TextLine(self._machine_name, Align.RIGHT),
        ]


def _face_lines(one: Granted, speech: Speech) -> list[FaceLine]:
    entries = "multiple" if one.entries == 0 else "times"
    return [
        FaceLine(
            speech.text(
                "face.kind",
                place=speech.text(f"endorsement.place.{one.destination}"),
                kind=one.kind,
                name=speech.text(f"endorsement.kind.{one.kind}"),
            ),
            size_dots=52,
            bold=True,
        ),
        FaceLine(
            speech.text(
                "face.validity", first=f"{one.valid_from:{_DAY}}", last=f"{one.valid_until:{_DAY}}"
            )
        ),
        FaceLine(speech.text(f"face.entries.{entries}", n=one.entries)),
        FaceLine(speech.text("face.issued", authority=one.authority, number=one.number)),
    ]


def _day(speech: Speech, moment: datetime | None) -> list[PaperElement]:
    if moment is None:
        return []
    return [TextLine(speech.text("slip.day", day=speech.date(moment.date())))]


def _made(state: State, speech: Speech) -> list[PaperElement]:
    order = state.order
    if order is None or state.turned is not None:
        key = "slip.not_made" if state.turned is not None else "slip.interrupted"
        return [TextLine(speech.text(key), bold=True)]
    return _order_lines(order, speech)


def _order_lines(order: OrderOut, speech: Speech) -> list[PaperElement]:
    lines: list[PaperElement] = []
    for one in order.granted:
        place = speech.text(f"endorsement.place.{one.destination}")
        name = speech.text(f"endorsement.kind.{one.kind}")
        entries = "multiple" if one.entries == 0 else "times"
        lines += [
            TextLine(speech.text("slip.granted", place=place, name=name), bold=True),
            TextLine(speech.text(f"slip.entries.{entries}", n=one.entries)),
            TextLine(speech.text("slip.until", day=speech.date(one.valid_until))),
        ]
    for item in order.fee_items:
        lines.append(
            TextLine(speech.text("slip.fee", code=item.code, money=speech.money(item.amount_fen)))
        )
    total = speech.text("slip.paid", money=speech.money(order.amount_fen))
    return [*lines, TextLine(total, bold=True)]


def _money(state: State, speech: Speech) -> list[PaperElement]:
    lines: list[PaperElement] = []
    for one in state.payments.values():
        if one.counts and state.turned is None:
            means = speech.text(f"slip.means.{one.means}")
            money = speech.money(one.amount_fen)
            lines.append(TextLine(speech.text("slip.paid_by", means=means, money=money)))
    end = ended(state)
    for key, fen in (("given_back", end.given_back_fen), ("owed", end.owed_fen)):
        if fen:
            lines.append(TextLine(speech.text(f"slip.{key}", money=speech.money(fen)), bold=True))
    return lines


def _kept(state: State, speech: Speech) -> list[PaperElement]:
    lines: list[PaperElement] = []
    end = ended(state)
    if end.outcome is Outcome.CARD_KEPT:
        lines.append(TextLine(speech.text("slip.card_kept"), bold=True))
    for kind in state.cases:
        number = spoken(case_id(state.saga, kind))
        lines.append(TextLine(speech.text("slip.case", number=number), bold=True))
    return lines


def _named(names: Mapping[str, str], language: str) -> str:
    return names.get(language) or names.get(_CARD_LANGUAGE, "")
