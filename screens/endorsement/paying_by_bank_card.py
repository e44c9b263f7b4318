"""The bank terminal waits for card and PIN."""

from typing import ClassVar

from kivy.properties import StringProperty

from screens.endorsement.paying_elsewhere import PayingElsewhere


class PayingByBankCardScreen(PayingElsewhere):
    """What to do at the terminal."""

    says: ClassVar = {
        **PayingElsewhere.says,
        "title": "endorsement.pay_card.title",
        "lead": "endorsement.pay_card.lead",
    }
    icon = StringProperty("bank_card")
