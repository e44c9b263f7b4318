"""The scanner waits for the code on the phone of the person."""

from typing import ClassVar

from kivy.properties import StringProperty

from screens.endorsement.paying_elsewhere import PayingElsewhere


class ShowingPaymentCodeScreen(PayingElsewhere):
    """Where to hold the phone."""

    says: ClassVar = {
        **PayingElsewhere.says,
        "title": "endorsement.pay_code.title",
        "lead": "endorsement.pay_code.lead",
    }
    icon = StringProperty("phone")
