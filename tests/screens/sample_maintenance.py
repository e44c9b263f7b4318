"""Sample pictures of the screens of staff: every case kind, every refusal, a machine in trouble."""

from collections.abc import Iterator
from datetime import timedelta

from kiosk.flows.maintenance import states
from kiosk.flows.maintenance.reports import REASONS, CaseLine, DeviceLine, MachineReport
from kiosk.flows.maintenance.states import Entry, PrinterTrial, Refusal
from tests.screens.sample_views import NOW

STAFF = "1001"
SAGA = "7d0f3a6c52be4d0f9a1c88e2b3474c11"
CASES = tuple(
    CaseLine(
        f"{SAGA}-{kind}",
        kind,
        amount_fen=0 if kind == "card_missing" else 4500,
        card_inside=kind in ("card_kept", "card_stuck", "card_missing"),
        since=NOW - timedelta(hours=2),
    )
    for kind in REASONS
)
DEVICES = (
    DeviceLine("camera", "online", simulated=True),
    DeviceLine("card_printer", "user_error", "jammed"),
    DeviceLine("card_terminal", "offline"),
    DeviceLine("cash_acceptor", "wanting", supplies={"cash_box": "full"}),
    DeviceLine("chip_reader", "online"),
    DeviceLine("code_scanner", "online"),
    DeviceLine("fingerprint_reader", "starting"),
    DeviceLine("id_card_reader", "online"),
    DeviceLine("panel_io", "online"),
    DeviceLine("ticket_printer", "online", supplies={"paper": "low"}),
)
BUSY = MachineReport(
    devices=DEVICES,
    reasons=("service.card_inside", "service.card_printer.jammed"),
    waiting=12,
    central_away=True,
    software="1.0.0",
    open_cases=len(CASES),
    cash_fen=1_234_500,
)
QUIET = MachineReport(
    devices=(DeviceLine("id_card_reader", "online"), DeviceLine("ticket_printer", "online")),
    software="1.0.0",
)


def every_state() -> Iterator[tuple[str, object]]:
    """A name and a state for each screen, and more where one screen has several faces."""
    yield "50_login", states.LoggingIn()
    yield "50_login_pin", states.LoggingIn(entry=Entry.PIN, operator=STAFF, pin="29481706")
    for refusal in Refusal:
        yield f"50_login_{refusal}", states.LoggingIn(refusal=refusal, wait_s=120)
    yield "51_menu", states.ServiceMenu(STAFF, QUIET)
    yield "51_menu_busy", states.ServiceMenu(STAFF, BUSY, PrinterTrial.FAILED)
    yield "51_menu_begun", states.ServiceMenu(STAFF)
    yield "52_cases", states.CaseList(STAFF, CASES)
    yield "52_cases_none", states.CaseList(STAFF, ())
    for case in CASES:
        chosen = REASONS[case.kind][0]
        yield f"53_case_{case.kind}", states.CaseDetail(STAFF, CASES, case, chosen)
    yield "53_case_trouble", states.CaseDetail(STAFF, CASES, CASES[0], trouble=True)
    yield "54_count", states.CountingCash(STAFF, 1_234_500, "12345")
    yield "54_count_trouble", states.CountingCash(STAFF, 1_234_500, "", trouble=True)
    yield "55_counted", states.CashCounted(STAFF, 1_234_500, 1_234_500)
    yield "55_counted_less", states.CashCounted(STAFF, 1_230_000, 1_234_500)
