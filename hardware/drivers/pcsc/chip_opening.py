"""Opening a chip with what is printed on its card: PACE where it speaks it, else BAC."""

import hmac
import logging
import secrets
from collections.abc import Sequence

from hardware.codecs import bac, pace
from hardware.codecs.apdu import Command, Ins, Response, Sw
from hardware.codecs.lds import APPLICATION, FileId
from hardware.codecs.pace import PaceProtocol
from hardware.codecs.secure_messaging import SecureMessaging
from hardware.codecs.tlv import BadChipDataError, read_head
from hardware.drivers.pcsc.chip_link import ChipLink, StoppedError, expect
from hardware.interfaces.chip_reader import AccessKey, ChipTrouble

_HEAD_BYTES = 8
_CHAINED, _LAST = 0x10, 0x00
_MUTUAL_AUTHENTICATION = (0xC1, 0xA4)
_WRONG_KEY = frozenset(
    {
        Sw.AUTHENTICATION_FAILED,
        Sw.NOT_ALLOWED,
        Sw.CONDITIONS_NOT_MET,
        Sw.SM_OBJECT_WRONG,
        Sw.WRONG_DATA,
    }
)
_TRIES_LEFT = 0x63C0

log = logging.getLogger(__name__)


def open_chip(link: ChipLink, keys: Sequence[AccessKey]) -> None:
    """Open the travel-document application with the first key that fits.

    Args:
        link: to a chip that has just woken.
        keys: to try, in this order; chips answer the slower the more wrong keys they saw.

    Raises:
        StoppedError: no key fits, there is no such application, or the chip is gone.
        BadChipDataError: answers are broken.
    """
    protocol = _offered_protocol(link)
    if protocol is None:
        _select_application(link)
        opened = any(_prove(link, key) for key in keys)
    else:
        opened = any(_agree(link, protocol, key) for key in keys)
    if not opened:
        raise StoppedError(ChipTrouble.WRONG_KEY)
    log.debug("opened with %s", "BAC" if protocol is None else f"PACE, {protocol.suite.value[0]}")
    if protocol is not None:
        _select_application(link)


def _offered_protocol(link: ChipLink) -> PaceProtocol | None:
    """What EF.CardAccess offers first of what we speak."""
    if not link.select_file(FileId.CARD_ACCESS).fine:
        return None
    data = link.read_binary(0, _HEAD_BYTES)
    whole = read_head(data).whole_bytes
    while len(data) < whole:
        data += link.read_binary(len(data), min(whole - len(data), 0xFF))
    return next(iter(pace.parse_card_access(data[:whole])), None)


def _select_application(link: ChipLink) -> None:
    selected = link.select_application(APPLICATION)
    if not selected.fine:
        log.info("no travel-document application, status %04X", selected.sw)
        raise StoppedError(ChipTrouble.NOT_A_DOCUMENT)


def _prove(link: ChipLink, key: AccessKey) -> bool:
    """Basic access control; False when the chip refuses the key."""
    challenge = link.send(Command(0, Ins.GET_CHALLENGE, 0, 0, expect=bac.NONCE_BYTES))
    expect(challenge, "GET CHALLENGE")
    if len(challenge.data) != bac.NONCE_BYTES:
        raise BadChipDataError("a challenge of another length")
    keys = bac.access_keys(key)
    nonces = bac.Nonces(challenge.data, secrets.token_bytes(bac.NONCE_BYTES))
    share = secrets.token_bytes(bac.SHARE_BYTES)
    proof = bac.sealed(keys, nonces.reader, nonces.chip, share)
    answer = link.send(Command(0, Ins.EXTERNAL_AUTHENTICATE, 0, 0, proof, len(proof)))
    if _refused(answer):
        return False
    expect(answer, "EXTERNAL AUTHENTICATE")
    plain = bac.opened(keys, answer.data, nonces.chip, nonces.reader)
    link.protect(bac.session(nonces, share, plain[2 * bac.NONCE_BYTES :]))
    return True


def _agree(link: ChipLink, protocol: PaceProtocol, key: AccessKey) -> bool:
    """PACE; False when the chip refuses the key, which it can tell only at the very end."""
    mechanism = pace.mechanism(protocol)
    head = _MUTUAL_AUTHENTICATION
    expect(link.send(Command(0, Ins.MANAGE_SECURITY_ENVIRONMENT, *head, mechanism)), "MSE:Set AT")
    nonce = pace.open_nonce(key, protocol.suite, _step(link, pace.DYNAMIC_EMPTY, 0x80))
    order = protocol.curve.order
    end = pace.PaceEnd(protocol, nonce, pace.PaceSecrets(_below(order), _below(order)))
    ours = end.key_point(_step(link, pace.step(0x81, end.mapping_point()), 0x82))
    theirs = _step(link, pace.step(0x83, ours), 0x84)
    session = end.session_keys(theirs)
    answer = _general(link, _LAST, pace.step(0x85, pace.token(session, protocol, theirs)))
    if _refused(answer):
        return False
    expect(answer, "GENERAL AUTHENTICATE")
    proof = pace.step_value(answer.data, 0x86)
    if not hmac.compare_digest(proof, pace.token(session, protocol, ours)):
        raise BadChipDataError("the chip's token is wrong")
    link.protect(SecureMessaging(session))
    return True


def _step(link: ChipLink, data: bytes, wanted: int) -> bytes:
    answer = _general(link, _CHAINED, data)
    expect(answer, "GENERAL AUTHENTICATE")
    return pace.step_value(answer.data, wanted)


def _general(link: ChipLink, cla: int, data: bytes) -> Response:
    return link.send(Command(cla, Ins.GENERAL_AUTHENTICATE, 0, 0, data, 256))


def _refused(answer: Response) -> bool:
    return answer.sw in _WRONG_KEY or answer.sw & 0xFFF0 == _TRIES_LEFT


def _below(order: int) -> int:
    return 1 + secrets.randbelow(order - 1)
