"""Language, look and overlays of a session: what changes them, whatever the errand."""

from dataclasses import replace
from typing import Any

from kiosk.flows.session import (
    CancelAsked,
    CancelConfirmed,
    HelpAsked,
    HighContrastToggled,
    IdleWarning,
    LanguageAsked,
    LanguageChoice,
    LanguageChosen,
    LargeTypeToggled,
    MoreTimeAsked,
    OverlayClosed,
    Session,
    Touched,
)

CITIZEN: frozenset[type[Any]] = frozenset(
    {
        CancelAsked,
        CancelConfirmed,
        HelpAsked,
        HighContrastToggled,
        LanguageAsked,
        LanguageChosen,
        LargeTypeToggled,
        MoreTimeAsked,
        OverlayClosed,
        Touched,
    }
)
"""Events of a session that only a person causes."""


def answered(session: Session, event: object) -> Session | None:
    """The session after what a person did to it, whatever lies over the screen.

    Args:
        session: before.
        event: any.

    Returns:
        The next session, without an idle warning, for somebody is there; None when the event is
        none of these, or has nothing to act on.
    """
    here = without(session, IdleWarning)
    match event:
        case LanguageAsked():
            return replace(here, overlay=LanguageChoice())
        case LanguageChosen(language):
            return replace(without(here, LanguageChoice), language=language)
        case LargeTypeToggled():
            return replace(here, look=replace(here.look, large_type=not here.look.large_type))
        case HighContrastToggled():
            contrast = not here.look.high_contrast
            return replace(here, look=replace(here.look, high_contrast=contrast))
        case MoreTimeAsked() if isinstance(session.overlay, IdleWarning):
            return here
        case OverlayClosed() if session.overlay is not None:
            return replace(session, overlay=None)
    return None


def after_move(session: Session) -> Session:
    """The session once the errand has moved on: only the list of languages may stay.

    Help and questions speak of a state that is gone, and a move shows that somebody is there.
    """
    keep = isinstance(session.overlay, LanguageChoice)
    return session if keep else replace(session, overlay=None)


def without(session: Session, overlay: type[Any]) -> Session:
    """The session without this kind of overlay; any other stays."""
    return replace(session, overlay=None) if isinstance(session.overlay, overlay) else session
