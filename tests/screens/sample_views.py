"""One sample picture for every state and overlay, with long names and every kind of field."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from kiosk import locale
from kiosk.domain.document import DocumentKind
from kiosk.domain.notice_board import NoticeBoard
from kiosk.domain.person import IdCardKind, Person, Sex
from kiosk.domain.ticket import Ticket
from kiosk.flows.application import states
from kiosk.flows.session import (
    CancelQuestion,
    HelpPage,
    IdleWarning,
    Language,
    LanguageChoice,
    Look,
    Session,
)
from kiosk.forms.draft import Draft
from kiosk.forms.views import ReviewLine, ReviewSection, Text
from kiosk.locale import Languages, Speech
from kiosk.runtime.view import MachineFacts, ServiceName, View
from tests.screens import sample_closed, sample_pages, sample_visits
from tests.screens.sample_pages import said

LOCALES = Path(__file__).resolve().parents[2] / "locales"
DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 41, tzinfo=timezone(timedelta(hours=8)))
EVERY = tuple(DocumentKind)


class SampleSpeech:
    """Says samples in the right language, everything else as the catalogues do."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self.language = speech.language
        self.missing: set[str] = set()

    def text(self, key: str, **values: str | int) -> str:
        if key.startswith("sample:"):
            parts = key.removeprefix("sample:").split("|")
            order = [Language.ZH_CN, Language.EN, Language.ZH_HANT]
            return parts[min(order.index(Language(self.language)), len(parts) - 1)]
        if not self._speech.has(key):
            self.missing.add(key)
        return self._speech.text(key, **values)

    def say(self, text: Text) -> str:
        return self.text(text.key, **dict(text.values))

    def has(self, key: str) -> bool:
        return self._speech.has(key)

    def date(self, day: date) -> str:
        return self._speech.date(day)

    def time(self, moment: datetime) -> str:
        return self._speech.time(moment)

    def money(self, fen: int) -> str:
        return self._speech.money(fen)


class SampleLanguages:
    """The product's catalogues, samples included."""

    def __init__(self) -> None:
        self._real: Languages = locale.load(LOCALES)

    def speech(self, language: str) -> SampleSpeech:
        return SampleSpeech(self._real.speech(language))

    def known(self) -> tuple[str, ...]:
        return self._real.known()

    def read_all(self) -> None:
        self._real.read_all()


PERSON = Person(
    card_kind=IdCardKind.CITIZEN,
    name="欧阳\U0002a84a明",
    sex=Sex.FEMALE,
    birth=date(1956, 3, 5),
    number="420299195603050021",
    ethnicity="01",
    address="湖北省黄石市黄石港区湖滨大道人民花园小区12栋3单元1802室",
    issuer="黄石市公安局黄石港分局",
    valid_from=date(2016, 1, 1),
    valid_to=None,
)
MACHINE = MachineFacts(
    hall_names={
        "zh_CN": "黄石市公安局出入境接待大厅",
        "en": "Huangshi Exit-Entry Administration Hall",
        "zh_Hant": "黃石市公安局出入境接待大廳",
    },
    opening_hours="09:00–17:00",
    today=DAY,
    now=NOW,
    services=(
        ServiceName("passport", {"zh_CN": "护照", "en": "Passport", "zh_Hant": "護照"}),
        ServiceName(
            "hk_macao_permit",
            {"zh_CN": "往来港澳通行证", "en": "Hong Kong and Macao permit"},
        ),
        ServiceName("enquiry", {"zh_CN": "咨询", "en": "Enquiry", "zh_Hant": "諮詢"}),
        ServiceName("collect", {"zh_CN": "领取证件", "en": "Collect", "zh_Hant": "領取證件"}),
        ServiceName(
            "foreigner",
            {"zh_CN": "外国人签证", "en": "Visas for foreigners", "zh_Hant": "外國人簽證"},
        ),
    ),
    simulated=("id_card_reader", "ticket_printer"),
    machine_name="K1",
    may_rate=True,
    notices=NoticeBoard(as_of=NOW),
)
TICKET = Ticket(
    ticket_id="t-1",
    number="A023",
    day=DAY,
    issued_at=NOW,
    services=("passport", "hk_macao_permit"),
    windows=("3", "4", "5"),
    ahead=12,
    estimate_min=35,
)


def draft() -> Draft:
    """A draft that no screen looks into but for its person."""
    return Draft.begin(EVERY, PERSON, DAY)


def sections() -> tuple[ReviewSection, ...]:
    """What the review shows."""
    address = said(PERSON.address)
    about = (
        ReviewLine(said("姓名|Name"), said(PERSON.name)),
        ReviewLine(said("拼音|Name in pinyin|拼音"), said("OUYANG MING"), page="name"),
        ReviewLine(said("出生地|Place of birth|出生地"), said("湖北省|Hubei|湖北省"), page="birth"),
        ReviewLine(said("住址|Address|住址"), address, page="address"),
        ReviewLine(said("联系电话|Phone|聯絡電話"), said("13900000000"), page="phone"),
        ReviewLine(said("紧急联系人|Emergency contact|緊急聯絡人"), said("王小明"), page="phone"),
    )
    return (
        ReviewSection(said("关于您|About you|關於您"), None, about),
        *sample_pages.document_sections(),
    )


def every_state() -> Iterator[tuple[str, object]]:
    """A name and a state for each screen, and more where one screen has several faces."""
    ours = draft()
    trouble = states.CardTrouble
    yield "01_welcome", states.Welcome()
    yield "03_documents", states.ChoosingDocuments((DocumentKind.PASSPORT,))
    yield "03_documents_none", states.ChoosingDocuments(nothing_chosen=True)
    yield "04_card", states.WaitingForCard(EVERY)
    yield "04_card_trouble", states.WaitingForCard(EVERY, trouble.UNREADABLE, 3)
    yield "05_reading", states.ReadingCard(EVERY)
    yield "06_person", states.MeetingPerson(ours)
    warning = said(
        "您的身份证已过期，请先换领新证，或带上临时身份证。"
        "|Your ID card has expired. Please renew it first, or bring a temporary ID card."
    )
    yield "06_person_warned", states.MeetingPerson(ours, (warning,))
    yield "07_not_suited", states.CardNotSuited(warning, EVERY)
    for page in sample_pages.pages():
        yield f"08_form_{page.key}", states.FillingForm(ours, page)
    for page, focus in sample_pages.focused():
        yield f"08_form_{page.key}_{focus}", states.FillingForm(ours, page, focus)
    yield "09_review", states.Reviewing(ours, sections())
    yield "09_review_last", states.Reviewing(ours, sections(), shown=2)
    yield "10_submitting", states.Submitting(ours, "visit")
    yield "11_printing", states.PrintingTicket(TICKET, by_form=True)
    yield "12_paper", states.WaitingForPaper(TICKET, states.PaperTrouble.PAPER_OUT, by_form=True)
    yield "13_taking", states.TakingTicket(TICKET, by_form=True)
    shown = replace(TICKET, ahead=None, estimate_min=None)
    yield "14_number", states.ShowingNumber(shown, by_form=True)
    yield "15_without", states.WithoutNumber(Text("session.number.late"), "7K3F", by_form=True)
    yield "16_thanks", states.Thanks("A023")
    yield "16_thanks_rate", states.Thanks("A023", "t-1", ("passport",))
    yield from sample_closed.hall_kiosk()
    yield from sample_visits.states_of_a_number()
    yield from sample_visits.pages_of_the_guide()
    yield from sample_visits.pages_of_the_box()


def view(
    state: object,
    language: Language = Language.ZH_CN,
    look: Look | None = None,
    overlay: IdleWarning | CancelQuestion | HelpPage | LanguageChoice | None = None,
) -> View:
    """A picture of a state."""
    return View(state, Session(language, look or Look(), overlay), MACHINE, time_left_s=20.0)


def first() -> object:
    """The screen at rest."""
    return states.Welcome()


def under_questions() -> object:
    """What the samples of overlays lie over."""
    return states.FillingForm(draft(), sample_pages.CONTACT)


OVERLAYS = {
    "20_idle": IdleWarning(12),
    "21_cancel": CancelQuestion(),
    "22_help": HelpPage("form"),
    "23_languages": LanguageChoice(),
}
