"""The screens of the errand "apply"."""

from collections.abc import Mapping
from typing import Any

from kiosk.flows.application import states
from screens.gallery import Pictures

SCREENS: Mapping[type[Any], str] = {
    states.Welcome: "welcome.WelcomeScreen",
    states.ChoosingDocuments: "choosing_documents.ChoosingDocumentsScreen",
    states.WaitingForCard: "waiting_for_card.WaitingForCardScreen",
    states.ReadingCard: "reading_card.ReadingCardScreen",
    states.MeetingPerson: "meeting_person.MeetingPersonScreen",
    states.CardNotSuited: "card_not_suited.CardNotSuitedScreen",
    states.FillingForm: "filling_form.FillingFormScreen",
    states.Reviewing: "reviewing.ReviewingScreen",
    states.Submitting: "submitting.SubmittingScreen",
    states.PrintingTicket: "printing_ticket.PrintingTicketScreen",
    states.WaitingForPaper: "waiting_for_paper.WaitingForPaperScreen",
    states.TakingTicket: "taking_ticket.TakingTicketScreen",
    states.ShowingNumber: "showing_number.ShowingNumberScreen",
    states.WithoutNumber: "without_number.WithoutNumberScreen",
    states.Thanks: "thanks.ThanksScreen",
    states.OutOfService: "out_of_service.OutOfServiceScreen",
}
"""Every state of the errand and, as `module.Class` in screens.application, its screen."""

PROGRESS: Mapping[type[Any], int] = {
    states.ChoosingDocuments: 0,
    states.WaitingForCard: 1,
    states.ReadingCard: 1,
    states.MeetingPerson: 1,
    states.CardNotSuited: 1,
    states.FillingForm: 2,
    states.Reviewing: 3,
    states.Submitting: 4,
    states.PrintingTicket: 4,
    states.WaitingForPaper: 4,
    states.TakingTicket: 4,
    states.ShowingNumber: 4,
    states.WithoutNumber: 4,
}
"""Which of the five steps a state belongs to; states not named are before or after all."""


def _part(state: object) -> float:
    if isinstance(state, states.FillingForm):
        return (state.page.index + 1) / max(1, state.page.count)
    return 1.0 if isinstance(state, states.TakingTicket | states.ShowingNumber) else 0.5


def _on_the_way(state: object) -> bool:
    """Whether a form leads here: a ticket taken without one has no five steps."""
    if isinstance(state, states.Submitting):
        return state.draft is not None
    return bool(getattr(state, "by_form", True))


PICTURES = Pictures(
    "screens.application",
    SCREENS,
    steps=("documents", "card", "form", "review", "ticket"),
    progress=PROGRESS,
    part=_part,
    shown=_on_the_way,
)
