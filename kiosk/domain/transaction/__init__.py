"""The endorsement transaction as a citizen's screen sees it: what it reports, what it is told.

The transaction (`kiosk.saga`) owns the card and the money; a flow mirrors its progress and passes
on what the citizen did. Every report says all that its screen shows. A command that does not fit
what was last reported is ignored, so a late touch never breaks anything.

    Begin ─▶ WaitingForCard ─▶ WaitingForPerson ─▶ OpeningChip ─▶ WaitingForProof ─▶ Choosing
      ─▶ Approving ─▶ AmountDue ⇄ (BankCardDue | NotesDue | CodeDue ─▶ CheckingPayment)
      ─▶ Making … ─▶ ShowingFace ─▶ CardPresented ─▶ PrintingSlip ─▶ Ended

Up to `Making` it may turn back at any moment: `TurningBack ─▶ CardPresented ─▶ Ended`.
"""
