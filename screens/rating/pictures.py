"""The screens of the errand "rate"."""

from collections.abc import Mapping
from typing import Any

from kiosk.flows.rating import states
from screens.gallery import Pictures

SCREENS: Mapping[type[Any], str] = {
    states.ChoosingLevel: "choosing_level.ChoosingLevelScreen",
    states.ChoosingReasons: "choosing_reasons.ChoosingReasonsScreen",
    states.LeavingPhone: "leaving_phone.LeavingPhoneScreen",
    states.KeepingRating: "keeping_rating.KeepingRatingScreen",
    states.ThankingForRating: "thanking_for_rating.ThankingForRatingScreen",
    states.RatingNotKept: "rating_not_kept.RatingNotKeptScreen",
}

PICTURES = Pictures("screens.rating", SCREENS)
