"""The screens of the errand "maintenance"."""

from collections.abc import Mapping
from typing import Any

from kiosk.flows.maintenance import states
from screens.gallery import Pictures

SCREENS: Mapping[type[Any], str] = {
    states.LoggingIn: "logging_in.LoggingInScreen",
    states.ServiceMenu: "service_menu.ServiceMenuScreen",
    states.CaseList: "case_list.CaseListScreen",
    states.CaseDetail: "case_detail.CaseDetailScreen",
    states.CountingCash: "counting_cash.CountingCashScreen",
    states.CashCounted: "cash_counted.CashCountedScreen",
}
"""Every state of the errand and, as `module.Class` in screens.maintenance, its screen."""

PICTURES = Pictures("screens.maintenance", SCREENS)
