"""What staff see at a machine: a card that sticks, the case it leaves, the cash box counted."""

from kiosk.flows.endorsement import states
from kiosk.flows.maintenance import states as inside
from screens.tours.permit_holder import PermitHolder

_COUNTED_YUAN = "40"


class StaffVisit(PermitHolder):
    """Comes with a key, a number and a PIN."""

    def a_case_is_closed(self) -> None:
        """The permit sticks on its way out; the citizen is told, staff free it and say so."""
        self._rests()
        self._inserts("adult")
        self.world.turn("card_printer", "jam_at", "mouth")
        self.tap("cancel")
        self.person.frames(4)
        self.tap("second")
        self.at(states.Finished)
        self.shot("finished-card-stuck")
        self.world.turn("panel_io", "operator_switch", "maintenance")
        self._logs_in()
        self.tap("cases")
        self.at(inside.CaseList)
        self.person.until(lambda: self.state.cases, "the case")
        self.person.frames(6)
        self.shot("staff-cases")
        self.tap(self.state.cases[0].number)
        self.at(inside.CaseDetail)
        self.world.turn("card_printer", "open_and_clear")
        self.tap("card_returned")
        self.person.until(lambda: self.state.reason, "the reason")
        self.person.frames(6)
        self.shot("staff-case")
        self.tap("main")
        self.at(inside.CaseList)
        self.tap("back")
        self._counts()
        self.world.turn("panel_io", "operator_switch", "run")
        self.at(states.Resting)

    def _logs_in(self) -> None:
        number, pin = self.world.operator()
        self.at(inside.LoggingIn)
        self.person.type(number)
        self.tap("done")
        self.person.until(lambda: self.state.entry is inside.Entry.PIN, "the PIN is asked for")
        self.person.type(pin)
        self.shot("staff-logging-in")
        self.tap("done")
        self.at(inside.ServiceMenu)
        self.person.until(lambda: self.state.report, "the machine's account of itself")
        self.person.frames(6)
        self.shot("staff-menu")

    def _counts(self) -> None:
        self.at(inside.ServiceMenu)
        self.tap("cash")
        self.at(inside.CountingCash)
        self.person.type(_COUNTED_YUAN)
        self.shot("staff-counting-cash")
        self.tap("main")
        self.at(inside.CashCounted)
        self.shot("staff-cash-counted")
        self.tap("main")
        self.at(inside.ServiceMenu)
