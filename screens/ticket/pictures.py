"""The screens of the errand "take a number"."""

from collections.abc import Mapping
from typing import Any

from kiosk.flows.ticket import states
from screens.gallery import Pictures

SCREENS: Mapping[type[Any], str] = {
    states.ChoosingService: "choosing_service.ChoosingServiceScreen",
    states.WaitingForHolder: "waiting_for_holder.WaitingForHolderScreen",
    states.ReadingHolder: "reading_holder.ReadingHolderScreen",
    states.TellingNeed: "telling_need.TellingNeedScreen",
    states.TellingUrgency: "telling_urgency.TellingUrgencyScreen",
    states.TypingNumber: "typing_number.TypingNumberScreen",
    states.LookingForTicket: "looking_for_ticket.LookingForTicketScreen",
    states.SeeingPlace: "seeing_place.SeeingPlaceScreen",
    states.NothingFound: "nothing_found.NothingFoundScreen",
    states.CheckingIn: "checking_in.CheckingInScreen",
    states.LookingForApplications: "looking_for_applications.LookingForApplicationsScreen",
    states.SeeingProgress: "seeing_progress.SeeingProgressScreen",
    states.BookingNotHeld: "booking_not_held.BookingNotHeldScreen",
}
"""Every state of the errand and, as `module.Class` in screens.ticket, its screen."""

PICTURES = Pictures("screens.ticket", SCREENS)
