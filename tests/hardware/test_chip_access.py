"""Opening a chip, byte for byte as in the worked examples of ICAO Doc 9303-11.

Appendix D: basic access control and secure messaging with triple DES. Appendix G.1: PACE with
generic mapping over brainpoolP256r1.
"""

import pytest

from hardware.codecs import bac, pace
from hardware.codecs.apdu import Command, Ins, decode_command, decode_response
from hardware.codecs.chip_cipher import KeyPair, Suite, Use, derive, derive_pair
from hardware.codecs.curve import BRAINPOOL_P256R1, STANDARDIZED
from hardware.codecs.secure_messaging import SecureMessaging
from hardware.codecs.tlv import BadChipDataError
from hardware.interfaces.chip_reader import AccessKey

D_KEY = AccessKey("L898902C", "690806", "940623")
D_RND_IC = bytes.fromhex("4608F91988702212")
D_RND_IFD = bytes.fromhex("781723860C06C226")
D_K_IFD = bytes.fromhex("0B795240CB7049B01C19B33E32804F0B")
D_K_IC = bytes.fromhex("0B4F80323EB3191CB04970CB4052790B")
D_NONCES = bac.Nonces(chip=D_RND_IC, reader=D_RND_IFD)
D_READER_PROOF = bytes.fromhex(
    "72C29C2371CC9BDB65B779B8E8D37B29ECC154AA56A8799FAE2F498F76ED92F25F1448EEA8AD90A7"
)
D_CHIP_PROOF = bytes.fromhex(
    "46B9342A41396CD7386BF5803104D7CEDC122B9132139BAF2EEDC94EE178534F2F2D235D074D7449"
)

G_KEY = AccessKey("T22000129", "640812", "101031")
G_PROTOCOL = pace.PaceProtocol(Suite.AES_128, 13)
G_NONCE = bytes.fromhex("3F00C4D39D153F2B2A214A078D899B22")
G_TERMINAL = pace.PaceSecrets(
    mapping=0x7F4EF07B9EA82FD78AD689B38D0BC78CF21F249D953BC46F4C6E19259C010F99,
    agreement=0xA73FB703AC1436A18E0CFA5ABB3F7BEC7A070E7A6788486BEE230C4A22762595,
)
G_CHIP = pace.PaceSecrets(
    mapping=0x498FF49756F2DC1587840041839A85982BE7761D14715FB091EFA7BCE9058560,
    agreement=0x107CF58696EF6155053340FD633392BA81909DF7B9706F226F32086C7AFF974A,
)
G_TERMINAL_MAPPING = (
    "047ACF3EFC982EC45565A4B155129EFBC74650DCBFA6362D896FC70262E0C2CC5E"
    "544552DCB6725218799115B55C9BAA6D9F6BC3A9618E70C25AF71777A9C4922D"
)
G_CHIP_MAPPING = (
    "04824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F57"
    "30D8C879AAA9C9F73991E61B58F4D52EB87A0A0C709A49DC63719363CCD13C54"
)
G_TERMINAL_KEY = (
    "042DB7A64C0355044EC9DF190514C625CBA2CEA48754887122F3A5EF0D5EDD301C"
    "3556F3B3B186DF10B857B58F6A7EB80F20BA5DC7BE1D43D9BF850149FBB36462"
)
G_CHIP_KEY = (
    "049E880F842905B8B3181F7AF7CAA9F0EFB743847F44A306D2D28C1D9EC65DF6DB"
    "7764B22277A2EDDC3C265A9F018F9CB852E111B768B326904B59A0193776F094"
)


def upper(data: bytes) -> str:
    return data.hex().upper()


def test_d2_keys_are_made_of_the_printed_line() -> None:
    assert bac.mrz_information(D_KEY) == b"L898902C<369080619406236"
    assert upper(bac.mrz_secret(D_KEY)[:16]) == "239AB9CB282DAF66231DC5A4DF6BFBAE"
    keys = bac.access_keys(D_KEY)
    assert upper(keys.encrypt) == "AB94FDECF2674FDFB9B391F85D7F76F2"
    assert upper(keys.mac) == "7962D9ECE03D1ACD4C76089DCE131543"


def test_d3_both_ends_prove_the_key_and_agree_on_a_session() -> None:
    keys = bac.access_keys(D_KEY)
    assert bac.sealed(keys, D_RND_IFD, D_RND_IC, D_K_IFD) == D_READER_PROOF
    assert bac.sealed(keys, D_RND_IC, D_RND_IFD, D_K_IC) == D_CHIP_PROOF
    assert bac.opened(keys, D_READER_PROOF, b"", D_RND_IC)[16:] == D_K_IFD
    assert bac.opened(keys, D_CHIP_PROOF, D_RND_IC, D_RND_IFD)[16:] == D_K_IC
    seed = bytes.fromhex("0036D272F5C350ACAC50C3F572D23600")
    session = derive_pair(seed, Suite.TRIPLE_DES)
    assert upper(session.encrypt) == "979EC13B1CBFE9DCD01AB0FED307EAE5"
    assert upper(session.mac) == "F1CB1F1FB5ADF208806B89DC579DC1F8"


D_CONVERSATION = [
    (
        Command(0x00, Ins.SELECT, 0x02, 0x0C, bytes.fromhex("011E")),
        "0CA4020C158709016375432908C044F68E08BF8B92D635FF24F800",
        "990290008E08FA855A5D4C50A8ED9000",
        "",
    ),
    (
        Command(0x00, Ins.READ_BINARY, 0x00, 0x00, expect=4),
        "0CB000000D9701048E08ED6705417E96BA5500",
        "8709019FF0EC34F9922651990290008E08AD55CC17140B2DED9000",
        "60145F01",
    ),
    (
        Command(0x00, Ins.READ_BINARY, 0x00, 0x04, expect=18),
        "0CB000040D9701128E082EA28A70F3C7B53500",
        "871901FB9235F4E4037F2327DCC8964F1F9B8C30F42C8E2FFF224A990290008E08C8B2787EAEA07D749000",
        "04303130365F36063034303030305C026175",
    ),
]


def test_d4_the_reader_speaks_as_in_the_example() -> None:
    reader = bac.session(D_NONCES, D_K_IFD, D_K_IC)
    for command, protected, answer, plain in D_CONVERSATION:
        assert upper(reader.protect(command).encode()) == protected
        opened = reader.open_answer(decode_response(bytes.fromhex(answer)))
        assert upper(opened.data) == plain
        assert opened.fine


def test_d4_the_chip_answers_as_in_the_example() -> None:
    chip = bac.session(D_NONCES, D_K_IFD, D_K_IC)
    for command, protected, answer, plain in D_CONVERSATION:
        assert chip.open_command(decode_command(bytes.fromhex(protected))) == command
        sealed = chip.seal_answer(decode_response(bytes.fromhex(plain + "9000")))
        assert upper(sealed.encode()) == answer


def test_g1_the_nonce_is_sealed_with_the_printed_line() -> None:
    assert bac.mrz_information(G_KEY) == b"T22000129364081251010318"
    password = derive(bac.mrz_secret(G_KEY), Use.PACE, Suite.AES_128)
    assert upper(password) == "89DED1B26624EC1E634C1989302849DD"
    sealed = bytes.fromhex("95A3A016522EE98D01E76CB6B98B42C3")
    assert pace.open_nonce(G_KEY, Suite.AES_128, sealed) == G_NONCE
    assert pace.seal_nonce(G_KEY, Suite.AES_128, G_NONCE) == sealed
    assert upper(pace.mechanism(G_PROTOCOL)) == "800A04007F00070202040202830101"


def test_g1_both_ends_map_the_generator_and_agree_on_keys() -> None:
    terminal = pace.PaceEnd(G_PROTOCOL, G_NONCE, G_TERMINAL)
    chip = pace.PaceEnd(G_PROTOCOL, G_NONCE, G_CHIP)
    assert upper(terminal.mapping_point()) == G_TERMINAL_MAPPING
    assert upper(chip.mapping_point()) == G_CHIP_MAPPING
    assert upper(terminal.key_point(bytes.fromhex(G_CHIP_MAPPING))) == G_TERMINAL_KEY
    assert upper(chip.key_point(bytes.fromhex(G_TERMINAL_MAPPING))) == G_CHIP_KEY
    keys = terminal.session_keys(bytes.fromhex(G_CHIP_KEY))
    assert keys == chip.session_keys(bytes.fromhex(G_TERMINAL_KEY))
    assert upper(keys.encrypt) == "F5F0E35C0D7161EE6724EE513A0D9A7F"
    assert upper(keys.mac) == "FE251C7858B356B24514B3BD5F4297D1"
    to_chip = pace.token(keys, G_PROTOCOL, bytes.fromhex(G_CHIP_KEY))
    to_terminal = pace.token(keys, G_PROTOCOL, bytes.fromhex(G_TERMINAL_KEY))
    assert upper(to_chip) == "C2B0BD78D94BA866"
    assert upper(to_terminal) == "3ABB9674BCE93C08"


@pytest.mark.parametrize("curve", STANDARDIZED.values(), ids=lambda one: one.name)
def test_the_curves_are_the_standard_ones(curve: object) -> None:
    from cryptography.hazmat.primitives.asymmetric import ec

    known = {
        "P-256": ec.SECP256R1(),
        "brainpoolP256r1": ec.BrainpoolP256R1(),
        "P-384": ec.SECP384R1(),
        "brainpoolP384r1": ec.BrainpoolP384R1(),
    }
    ours = next(one for one in STANDARDIZED.values() if one is curve)
    for factor in (1, 2, 3, 0xC0FFEE, ours.order - 1):
        theirs = ec.derive_private_key(factor, known[ours.name]).public_key().public_numbers()
        point = ours.multiply(factor, ours.generator)
        assert (point.x, point.y) == (theirs.x, theirs.y)


def test_the_point_at_infinity_and_points_beside_the_curve_are_refused() -> None:
    curve = BRAINPOOL_P256R1
    with pytest.raises(BadChipDataError):
        curve.multiply(curve.order, curve.generator)
    beside = curve.encode(curve.generator)[:-1] + b"\0"
    with pytest.raises(BadChipDataError):
        curve.decode(beside)


def test_our_own_point_sent_back_is_refused() -> None:
    end = pace.PaceEnd(G_PROTOCOL, G_NONCE, G_TERMINAL)
    end.key_point(bytes.fromhex(G_CHIP_MAPPING))
    with pytest.raises(BadChipDataError):
        end.session_keys(bytes.fromhex(G_TERMINAL_KEY))


def test_a_wrong_key_opens_nothing() -> None:
    keys = bac.access_keys(AccessKey("L898902C", "690806", "940624"))
    with pytest.raises(BadChipDataError):
        bac.opened(keys, D_CHIP_PROOF, D_RND_IC, D_RND_IFD)


def test_a_repeated_answer_is_noticed() -> None:
    reader = bac.session(D_NONCES, D_K_IFD, D_K_IC)
    command, _, answer, _ = D_CONVERSATION[0]
    reader.protect(command)
    reader.open_answer(decode_response(bytes.fromhex(answer)))
    reader.protect(command)
    with pytest.raises(BadChipDataError):
        reader.open_answer(decode_response(bytes.fromhex(answer)))


@pytest.mark.parametrize("suite", Suite)
def test_each_suite_carries_a_conversation(suite: Suite) -> None:
    keys = KeyPair(suite, bytes(range(suite.key_bytes)), bytes(range(1, suite.key_bytes + 1)))
    reader, chip = SecureMessaging(keys), SecureMessaging(keys)
    for command, _, _, plain in D_CONVERSATION:
        assert chip.open_command(reader.protect(command)) == command
        answer = decode_response(bytes.fromhex(plain + "9000"))
        assert reader.open_answer(chip.seal_answer(answer)) == answer
