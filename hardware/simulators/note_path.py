"""A CCNET validator's way of a note, state by state; time passes when it is looked at.

idling → accepting → escrow → stacking → stacked → idling
└→ rejecting     └→ returning → returned → idling
"""

from collections import deque

from hardware.codecs.ccnet import State
from hardware.simulators.cash_box import FEN_PER_YUAN, NOTES_YUAN, CashBox, Misbehaviour
from hardware.timing import Deadline

_VERIFICATION, _INHIBITED = 0x66, 0x68
_HELD_BY_RECEIPT = (State.STACKED, State.RETURNED, State.REJECTING, State.CHEATED)
_JAMS = (State.VALIDATOR_JAMMED, State.CASSETTE_JAMMED)
_AT_REST = (State.IDLING, State.DISABLED)


class _Way:
    """Where the note is, and where it goes next."""

    def __init__(self, box: CashBox, misbehaviour: Misbehaviour) -> None:
        self._box = box
        self._wrong = misbehaviour
        self._until = Deadline(0)
        self.shown = False
        self.state = State.POWER_UP
        self.note = 0
        self.reason = 0
        self.enabled: tuple[int, ...] = ()
        self.hand: deque[int] = deque()
        self.after_reset = State.DISABLED

    def go(self, state: State, milliseconds: float = 0) -> None:
        """Be in a state for some time, and until it was shown."""
        self.state = state
        self._until = Deadline(milliseconds / 1000)
        self.shown = False

    def rest(self) -> None:
        """Wait for the next note, or want none: then the citizen takes it back."""
        self.note = 0
        self.go(State.IDLING if self.enabled else State.DISABLED)
        if not self.enabled:
            for yuan in self.hand:
                self._box.give_back(yuan * FEN_PER_YUAN)
            self.hand.clear()

    def trouble(self) -> State | None:
        """What is wrong with the box, as far as it shows at rest."""
        if self.state in _AT_REST and self._wrong.box_removed:
            return State.CASSETTE_OUT
        if self.state in _AT_REST and self._wrong.box_full:
            return State.CASSETTE_FULL
        return None

    def advance(self) -> None:
        """Go on when the time of a state has passed; every state is shown at least once."""
        if self.state in _AT_REST:
            if self.hand and self.enabled and not self.trouble():
                self.note = self.hand.popleft()
                self.go(State.ACCEPTING, self._wrong.feed_ms)
        elif self.shown and self._until.passed:
            self._leave()

    @property
    def _note_fen(self) -> int:
        return self.note * FEN_PER_YUAN

    def _leave(self) -> None:
        match self.state:
            case State.ACCEPTING:
                self._judge()
            case State.ESCROW:
                self.go(State.RETURNING, self._wrong.feed_ms)
            case State.STACKING:
                self._fall()
            case State.RETURNING:
                self._box.give_back(self._note_fen)
                self._tell(State.RETURNED)
            case State.INITIALIZE:
                self.go(self.after_reset)

    def _judge(self) -> None:
        if self._wrong.due("jams"):
            self._box.jam(self._note_fen)
            self.go(State.VALIDATOR_JAMMED)
            return
        known = self.note in NOTES_YUAN and not self._wrong.due("rejects")
        if known and NOTES_YUAN.index(self.note) in self.enabled:
            self.go(State.ESCROW, self._wrong.escrow_limit_s * 1000)
            return
        self._box.give_back(self._note_fen)
        self.reason = _INHIBITED if known else _VERIFICATION
        self.go(State.REJECTING)

    def _fall(self) -> None:
        if self._wrong.due("stack_jams"):
            self._box.jam(self._note_fen)
            self.go(State.CASSETTE_JAMMED)
        elif self._wrong.due("cheats"):
            self._box.give_back(self._note_fen)
            self.go(State.CHEATED)
        else:
            self._box.take(self._note_fen)
            self._tell(State.STACKED)

    def _tell(self, state: State) -> None:
        forgets = self._wrong.forgets_notes and self.after_reset is not State.DISABLED
        self.after_reset = State.DISABLED
        if forgets:
            self.rest()
        else:
            self.go(state)


class NotePath:
    """One note at a time, moved by commands.

    Args:
        box: where notes end.
        misbehaviour: what goes wrong.
    """

    def __init__(self, box: CashBox, misbehaviour: Misbehaviour) -> None:
        self._wrong = misbehaviour
        self._way = _Way(box, misbehaviour)

    @property
    def state(self) -> State:
        """Where the note is, as it was last looked at."""
        return self._way.state

    @property
    def enabled(self) -> tuple[int, ...]:
        """Bill types that are wanted."""
        return self._way.enabled

    def insert(self, yuan: int) -> None:
        """Hold a note to the mouth; it is drawn in as soon as the path is free and enabled."""
        self._way.hand.append(yuan)

    def look(self) -> tuple[State, bytes]:
        """What a poll tells now: state and data."""
        way = self._way
        way.advance()
        way.shown = True
        if way.state in (State.ESCROW, State.STACKED, State.RETURNED):
            return way.state, bytes([NOTES_YUAN.index(way.note)])
        if way.state is State.REJECTING:
            return way.state, bytes([way.reason])
        return way.trouble() or way.state, b""

    def receipt(self) -> None:
        """The machine took note of what was told last."""
        if self._way.state in _HELD_BY_RECEIPT and self._way.shown:
            self._way.rest()

    def enable(self, types: tuple[int, ...]) -> bool:
        """Whether it obeys; it does not before it was reset."""
        self._way.enabled = types
        if self._way.state in _AT_REST:
            self._way.rest()
        return self._way.state not in (State.POWER_UP, State.INITIALIZE)

    def stack(self) -> bool:
        """Whether it obeys: only a note in the escrow can be stacked."""
        return self._decide(State.STACKING, self._wrong.stack_ms)

    def give_back(self) -> bool:
        """Whether it obeys: only a note in the escrow can be given back."""
        return self._decide(State.RETURNING, self._wrong.feed_ms)

    def reset(self) -> None:
        """Restart; a note found inside at power-up is finished, a jam stays."""
        way = self._way
        ends = {
            State.POWER_UP_IN_VALIDATOR: State.RETURNING,
            State.POWER_UP_IN_STACKER: State.STACKING,
        }
        way.after_reset = ends.get(way.state, State.DISABLED)
        way.enabled = ()
        if way.state not in _JAMS:
            way.go(State.INITIALIZE)

    def cut_power(self) -> None:
        """The power goes and comes back."""
        way = self._way
        way.advance()
        way.enabled = ()
        way.hand.clear()
        if way.state in (State.ACCEPTING, State.ESCROW, State.RETURNING):
            way.go(State.POWER_UP_IN_VALIDATOR)
        elif way.state is State.STACKING:
            way.go(State.POWER_UP_IN_STACKER)
        elif way.state not in (State.POWER_UP_IN_VALIDATOR, State.POWER_UP_IN_STACKER):
            # A note that lies in the box and was not told of is forgotten.
            way.note = 0
            way.go(State.POWER_UP)

    def clear_jam(self) -> None:
        """Staff take the stuck note out and close the lid: it powers up."""
        if self._way.state in _JAMS:
            self._way.note = 0
            self._way.go(State.POWER_UP)

    def _decide(self, state: State, milliseconds: int) -> bool:
        in_escrow = self._way.state is State.ESCROW
        if in_escrow:
            self._way.go(state, milliseconds)
        return in_escrow
