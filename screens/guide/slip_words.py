"""What a page that can be printed says about its paper."""

from kiosk.flows.slip import SlipState
from kiosk.locale import Speech


def slip_words(slip: SlipState, speech: Speech, *, ready: bool) -> tuple[str, str, str]:
    """Words of the button, of the note above the page, and the note's tone.

    Args:
        slip: where the paper stands.
        speech: of the session's language.
        ready: whether the printer can print; without it no paper is offered.
    """
    offered = ready and slip is not SlipState.PRINTING
    button = speech.text("guide.slip.print") if offered else ""
    note = "" if slip is SlipState.OFFERED else speech.text(f"guide.slip.{slip.value}")
    tones = {SlipState.PRINTED: "good", SlipState.FAILED: "warn"}
    return button, note, tones.get(slip, "plain")
