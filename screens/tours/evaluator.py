"""The tour of a window's terminal: a clerk serves, a citizen rates."""

from collections.abc import Callable

from kiosk.flows.evaluator import states
from kiosk.flows.rating import states as rating
from screens.tours.tour import Tour
from screens.widgets.notice_roll import NoticeRoll


class EvaluatorTour(Tour):
    """From the closed window to the thanks, and the looks."""

    def journeys(self) -> tuple[Callable[[], None], ...]:
        """In the order they are played."""
        return (
            self._closed,
            self._notice,
            self._satisfied,
            self._called_back,
            self._not_kept,
            self._looks,
            self._unanswered,
        )

    def _closed(self) -> None:
        self.at(states.Paused)
        self._speak()
        self.shot("paused")
        self.world.clerk("open")
        self.at(states.Resting)
        self.shot("resting")

    def _notice(self) -> None:
        """What the hall tells, between the terminal's own sentences."""
        self.world.notice()
        self.person.until(lambda: self._roll().heading, "the notice")
        self.person.frames(4)
        self.shot("notice")

    def _satisfied(self) -> None:
        """A face, a reason, thanks; central is away meanwhile."""
        self.world.clerk("serve")
        self.at(states.Greeting)
        self.shot("greeting")
        self._asked()
        self.shot("choosing-level")
        self.world.hold_central()
        self.tap("satisfied")
        self.at(rating.ChoosingReasons)
        self.tap("attitude_good")
        self.person.until(lambda: bool(self.state.chosen), "the reason")
        self.shot("choosing-reasons-good")
        self.tap("main")
        self.at(rating.ThankingForRating)
        self.shot("thanks")
        self.world.release_central()
        self.at(states.Resting)

    def _called_back(self) -> None:
        """A bad rating whose citizen wants to be called."""
        self._speak()
        self.world.clerk("serve")
        self._asked()
        self.tap("very_dissatisfied")
        self.at(rating.ChoosingReasons)
        self.shot("choosing-reasons-bad")
        self.tap("second")
        self.at(rating.LeavingPhone)
        self.shot("leaving-phone")
        self.person.type("138")
        self.tap("done")
        self.person.until(lambda: self.state.unfit, "that it is no number")
        self.shot("leaving-phone-unfit")
        self.person.type("00000001")
        self.tap("done")
        self.at(rating.ThankingForRating)
        self.shot("thanks-called")
        self.at(states.Resting)

    def _not_kept(self) -> None:
        """The terminal cannot write an answer down, and says so."""
        self._speak()
        self.world.clerk("serve")
        self._asked()
        self.tap("satisfied")
        self.at(rating.ChoosingReasons)
        self.world.hold_disk()
        self.tap("main")
        self.at(rating.KeepingRating)
        self.shot("keeping")
        self.at(rating.RatingNotKept)
        self.shot("not-kept")
        self.world.release_disk()
        self.tap("main")
        self.at(states.Resting)

    def _looks(self) -> None:
        """Large type, high contrast, help and languages over the faces."""
        self._speak()
        self.world.clerk("serve")
        self._asked()
        for look in ("large_type", "high_contrast"):
            self.wear(**{look: True})
            self.shot(f"choosing-level-{look.replace('_', '-')}")
        self.wear()
        for name in ("help", "language"):
            self.tap(name)
            self.person.frames(4)
            self.shot(name)
            self.tap("main")
            self.person.frames(4)
        self.tap("second")
        self.at(states.Resting)

    def _unanswered(self) -> None:
        """A question ends with the next case, and with the window's work."""
        self.world.clerk("serve")
        self._asked()
        self.world.clerk("serve")
        self.at(states.Greeting)
        self.shot("next-greeted")
        self._asked()
        self.world.clerk("close")
        self.at(states.Paused)
        self.shot("closed")

    def _roll(self) -> NoticeRoll:
        return next(one for one in self.person.widgets() if isinstance(one, NoticeRoll))

    def _asked(self) -> None:
        self.world.clerk("finish")
        self.at(rating.ChoosingLevel)

    def _speak(self) -> None:
        """Choose the tour's language and look, as a citizen does."""
        self.tap("language")
        self.person.frames(4)
        self.tap(f"language_{self.language}")
        self.person.frames(4)
        if self.person.find(name=f"language_{self.language}"):
            self.tap("main")
            self.person.frames(4)
        self.wear()
