"""The supervisor's pages: figures, signals, draws, downloads."""

import csv
import io
from pathlib import Path

import pytest

from kiosk.central.server.overview import charts, export, today
from kiosk.central.server.overview.charts import Series
from kiosk.central.server.overview.signals import SignalKind
from kiosk.central.server.ratings import call_backs, tables
from kiosk.central.server.settings import EXAMPLE_EXPORT
from kiosk.central.server.staff.tables import staff_record
from tests.kit.central import (
    HALL,
    Caller,
    RunningCentral,
    application_request,
    ticket_request,
)
from tests.kit.pages import Browser
from tests.kit.ratings import asked, finish, hello, later, rate, rate_many

PHONE = "13900000000"


def odd(central: RunningCentral) -> set[tuple[str, str]]:
    with central.office.database.transaction() as connection:
        found = today.look(connection, central.office, HALL).signals
    return {(one.kind, one.where) for one in found}


def test_the_first_page_adds_up_what_happened(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    rate_many(central, caller, "1", "satisfied", 3)
    rate_many(central, caller, "2", "dissatisfied", 1)
    finish(central, "t-silent", "2")
    finish(central, "t-no-terminal", "5")
    later(central, seconds=60)
    caller.post("/v1/tickets", ticket_request("t-waits"))
    text = supervisor.get("/staff").text
    assert "75.0%" in text
    assert "5 asked" in text
    assert "1 silent" in text
    assert '<td class="n"><b>1</b></td>' in text  # who waits for a passport
    assert text.count("/staff/follow-ups/f-") == 1


def test_holidays_that_nobody_entered_are_asked_for(
    central: RunningCentral, supervisor: Browser
) -> None:
    central.clock.moment = central.clock.moment.replace(year=2026, month=6)
    supervisor.sign_in("supervisor")
    assert "holidays.toml" not in supervisor.get("/staff").text
    central.clock.moment = central.clock.moment.replace(year=2099)
    supervisor.sign_in("supervisor")
    assert "The holidays of 2099 are not entered." in supervisor.get("/staff").text


def test_a_terminal_far_from_the_others_is_shown(central: RunningCentral, caller: Caller) -> None:
    rate_many(central, caller, "1", "very_satisfied", 30)
    rate_many(central, caller, "2", "fairly_satisfied", 29)
    assert odd(central) == set()
    hello(caller, "e-2", "2")
    rate(caller, asked(central, caller, "t-last", "2").answer("fairly_satisfied"))
    assert odd(central) == {(SignalKind.FAR, "e-1"), (SignalKind.FAR, "e-2")}


def test_a_window_whose_terminal_changes_again_and_again_is_shown(
    central: RunningCentral, caller: Caller
) -> None:
    for machine_id in ("e-1", "e-2", "e-1"):
        hello(caller, machine_id)
    hello(caller, "e-1")  # a restart changes nothing
    assert odd(central) == {(SignalKind.MOVED, "1")}


def test_quick_answers_are_shown_with_all_others_kept(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    hello(caller)
    for number in range(5):
        answer = asked(central, caller, f"t-{number}").answer("very_satisfied")
        rate(caller, {**answer, "given_after_s": 0.3})
        later(central, seconds=70)
    assert odd(central) == {(SignalKind.QUICK, "e-1")}
    assert "5 of 5 answers came within a second" in supervisor.get("/staff").text
    assert len(central.rows(tables.rating)) == 5


def test_ten_are_drawn_and_anybody_draws_the_same(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    hello(caller)
    for number in range(25):
        finish(central, f"t-{number}", window=str(number % 3 + 1))  # two of them have no terminal
    ids = [row["served_id"] for row in central.rows(tables.served_case)]
    day = central.clock.today()
    assert "after it has ended" in supervisor.get(f"/staff/call-backs?day={day}").text
    later(central, days=1)
    supervisor.sign_in("supervisor")
    page = supervisor.get("/staff/call-backs").text
    assert "10 drawn at random from 25 served citizens" in page
    kept = [row["served_id"] for row in central.rows(tables.call_back)]
    assert kept == call_backs.drawn(f"{HALL} {day}", sorted(ids), 10)
    finish(central, "t-more")
    supervisor.get("/staff/call-backs")
    assert [row["served_id"] for row in central.rows(tables.call_back)] == kept


def test_a_drawn_number_is_shown_on_demand_and_recorded(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    hello(caller)
    fields = {"lxdh": PHONE}
    document = {"kind": "passport", "fields": fields}
    caller.post("/v1/applications", application_request("a-1", documents=[document]))
    caller.post("/v1/tickets", ticket_request("t-1", application_id="a-1"))
    finish(central, "t-1")
    day = central.clock.today()
    later(central, days=1)
    supervisor.sign_in("supervisor")
    assert PHONE not in supervisor.get("/staff/call-backs").text
    where = f"/staff/call-backs/{day}/1"
    assert "测试甲" not in supervisor.get("/staff/call-backs").text
    shown = supervisor.post(f"{where}/phone", {}).text
    assert PHONE in shown
    assert "测试甲" in shown
    reads = [(one["action"], one["subject_id"]) for one in central.rows(staff_record)[-2:]]
    assert reads == [("personal_read", "a-1"), ("personal_read", "a-1/0")]
    assert supervisor.post(where, {"outcome": "guessed"}).status == 422
    assert supervisor.post(where, {"outcome": "satisfied"}).status == 303
    (row,) = central.rows(tables.call_back)
    assert row["outcome"] == "satisfied"
    assert supervisor.post(f"/staff/call-backs/{day}/2", {"outcome": "satisfied"}).status == 404


def test_the_export_has_the_columns_of_the_mapping(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    rate_many(central, caller, "1", "dissatisfied", 1)
    days = {"first": "2026-11-01", "last": "2026-11-30"}
    page = supervisor.post("/staff/export", days)
    assert page.headers["content-disposition"].startswith("attachment")
    (line,) = csv.DictReader(io.StringIO(page.text.removeprefix("\ufeff")))
    shape = export.mapping(EXAMPLE_EXPORT)
    assert list(line) == [one.name for one in shape.columns]
    assert (line["evaluateChannel"], line["satisfaction"]) == ("PJQ", "2")
    assert line["projName"] == "普通护照"
    assert line["applicantName"] == line["applicantPhone"] == ""
    assert central.rows(staff_record)[-1]["action"] == "exported"
    for wrong in ({"first": "2026-11-30", "last": "2026-11-01"}, {"first": "x", "last": "y"}):
        assert supervisor.post("/staff/export", wrong).status == 422


def test_persons_go_out_only_by_the_mappings_will_and_are_recorded(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    caller.post("/v1/applications", application_request("a-1"))
    caller.post("/v1/tickets", ticket_request("t-1-0", application_id="a-1"))
    rate_many(central, caller, "1", "satisfied", 1)
    with_persons(central)
    page = supervisor.post("/staff/export", {"first": "2026-11-01", "last": "2026-11-30"})
    assert "测试甲" in page.text
    read = central.rows(staff_record)[-1]
    assert (read["action"], read["subject_table"]) == ("personal_read", "application")


def with_persons(central: RunningCentral) -> None:
    """The export's mapping wants to know who was served."""
    shape = central.app.state.export_mapping
    central.app.state.export_mapping = shape.model_copy(update={"personal": True})


@pytest.mark.parametrize("phone", [None, PHONE])
def test_who_gave_a_bad_rating_goes_out_only_if_they_wanted_a_call(
    central: RunningCentral, caller: Caller, supervisor: Browser, phone: str | None
) -> None:
    caller.post("/v1/applications", application_request("a-1"))
    caller.post("/v1/tickets", ticket_request("t-1", application_id="a-1"))
    hello(caller)
    later(central, minutes=17)
    answer = asked(central, caller).answer("dissatisfied")
    assert rate(caller, {**answer, "call_back_phone": phone}).status == 201
    with_persons(central)
    days = {"first": "2026-11-01", "last": "2026-11-30"}
    page = supervisor.post("/staff/export", days).text
    (line,) = csv.DictReader(io.StringIO(page.removeprefix("\ufeff")))
    reads = [one for one in central.rows(staff_record) if one["action"] == "personal_read"]
    assert (line["satisfaction"], line["projName"]) == ("2", "普通护照")
    if phone:
        assert (line["projNo"], line["applicantName"]) == ("t-1", "测试甲")
        assert not line["transactionTime"].endswith(":00:00")
        assert len(reads) == 1
        return
    assert line["applicantName"] == line["applicantCardNumber"] == line["applicantPhone"] == ""
    assert line["projNo"] not in {"", "t-1"}
    assert line["applyTime"].endswith(":00:00")
    assert line["transactionTime"].endswith(":00:00")
    assert not reads
    assert supervisor.post("/staff/export", days).text == page


def test_no_cell_of_an_export_becomes_a_formula() -> None:
    assert b"'=1+1" in export.as_csv(iter([["=1+1"]]))


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ('{ name = "x", source = "secret" }', "unknown source secret"),
        ('{ name = "x" }', "needs a source or a constant"),
        ('{ name = "x", source = "stars", constant = "1" }', "needs a source or a constant"),
    ],
)
def test_a_wrong_mapping_stops_the_start(tmp_path: Path, column: str, said: str) -> None:
    path = tmp_path / "export.toml"
    path.write_text(f'personal = false\ntime_format = "%Y"\ncolumns = [{column}]\n')
    with pytest.raises(ValueError, match=said):
        export.mapping(path)


def test_the_months_table_can_be_downloaded(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    rate_many(central, caller, "1", "satisfied", 2)
    text = supervisor.get("/staff/windows.csv?month=2026-11").text
    assert "Window\N{NO-BREAK SPACE}1,2,2,0,0,2,0,0,0,100.0,4.0" in text
    assert supervisor.get("/staff/windows.csv?month=soon").status == 422


@pytest.mark.parametrize("name", ["days", "months", "reasons"])
def test_charts_are_drawn_with_and_without_ratings(
    central: RunningCentral, caller: Caller, supervisor: Browser, name: str
) -> None:
    empty = supervisor.get(f"/staff/charts/{name}.svg").text
    assert empty.startswith("<svg")
    rate_many(central, caller, "1", "satisfied", 2)
    rate(caller, asked(central, caller).answer("satisfied", reasons=["attitude_good"]))
    later(central, days=1)
    supervisor.sign_in("supervisor")
    chart = supervisor.get(f"/staff/charts/{name}.svg")
    assert "<script" not in chart.text
    assert len(chart.text) > len(empty)
    assert chart.headers["content-type"] == "image/svg+xml"
    assert supervisor.get("/staff/charts/other.svg").status == 404


def test_the_same_figures_are_drawn_once() -> None:
    series = Series("a", (90.0, 95.5))
    assert charts.line(("1", "2"), series, 1) is charts.line(("1", "2"), series, 1)


def test_a_month_without_a_rating_has_no_share(supervisor: Browser) -> None:
    page = supervisor.get("/staff/ratings?month=2026-01")
    assert page.status == 200
    assert "0.0%" not in page.text
