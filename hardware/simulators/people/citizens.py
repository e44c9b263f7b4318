"""People who do not exist, as data.

Numbers use the unassigned region 420299, or the specimens of domain facts 12.3, with right check
characters; so nobody is hit by accident, and every rule about numbers can be tried.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from hardware.interfaces.id_card_reader import CardLayout, IdCard
from hardware.simulators.people.portrait import Face, draw, pack

_ADDRESS = "湖北省黄石市样例区测试路12号3栋402室"
_ISSUER = "黄石市公安局样例分局"


@dataclass(frozen=True, slots=True)
class SyntheticPerson:
    """Someone to try the product with.

    Args:
        key: stable name for tests and the bench.
        card: what lies on the reader, picture included.
        face: what the picture was drawn from.
    """

    key: str
    card: IdCard
    face: Face

    @property
    def label_key(self) -> str:
        """Message key of the name on the bench."""
        return f"bench.id_card_reader.person_{self.key}"


_ADULT = IdCard(
    layout=CardLayout.CITIZEN,
    name="欧阳测试",
    sex_code="2",
    ethnicity_code="01",
    birth="19900101",
    address=_ADDRESS,
    number="42029919900101006X",
    issuer=_ISSUER,
    valid_from="20200108",
    valid_to="20400108",
)

_CARDS: dict[str, tuple[IdCard, Face]] = {
    "adult": (_ADULT, Face("#f0c8a0", "#2a1d16", "#3b5b8c", long_hair=True)),
    "minor": (
        replace(
            _ADULT,
            name="陈小样",
            birth="20150615",
            number="420299201506150025",
            valid_from="20240701",
            valid_to="20290701",
        ),
        Face("#f4d0ae", "#2a1d16", "#d98c3f", child=True, long_hair=True),
    ),
    "elder": (
        replace(
            _ADULT,
            name="周范例",
            sex_code="1",
            birth="19550310",
            number="420299195503100032",
            valid_from="20060320",
            valid_to="长期",
        ),
        Face("#e2b48c", "#c9ccd1", "#55606e", glasses=True),
    ),
    # U+20BB7 lies in Extension B and takes two UTF-16 units.
    "rare_name": (
        replace(
            _ADULT,
            name="田𠮷试",
            sex_code="1",
            ethnicity_code="15",
            birth="19930727",
            number="420299199307270016",
            valid_from="20190802",
            valid_to="20390802",
        ),
        Face("#e8bd94", "#1f1713", "#4a7a5a", glasses=True),
    ),
    "expired": (
        replace(
            _ADULT,
            name="何旧样",
            sex_code="1",
            birth="19880520",
            number="420299198805200032",
            valid_from="20060601",
            valid_to="20160601",
        ),
        Face("#ecc29a", "#241a14", "#7a4a5a"),
    ),
    "long_term": (
        replace(
            _ADULT,
            name="常样本",
            birth="19680909",
            number="420299196809090046",
            valid_from="20141015",
            valid_to="长期",
        ),
        Face("#eac29c", "#4a3c34", "#6b5a8c", long_hair=True, glasses=True),
    ),
    "hong_kong_resident": (
        IdCard(
            layout=CardLayout.HMT_RESIDENT,
            name="梁样本",
            sex_code="2",
            birth="19940823",
            address=_ADDRESS,
            number="810000199408230021",
            issuer=_ISSUER,
            valid_from="20230911",
            valid_to="20280911",
            permit_number="H00000000",
            times_issued="01",
        ),
        Face("#f2cca8", "#33241b", "#2f7f86", long_hair=True),
    ),
    # Country 999 and XXA are user-assigned: no real state.
    "foreigner_2023": (
        IdCard(
            layout=CardLayout.FOREIGN_2023,
            name="司马样",
            latin_name="SPECIMEN, MAXIMILIAN ALEXANDER THEODOR",
            sex_code="1",
            birth="19850717",
            number="942999198507170017",
            valid_from="20240105",
            valid_to="20340105",
            nationality="XXA",
            times_issued="00",
        ),
        Face("#f6d9c2", "#9a6a3a", "#3f4f7a"),
    ),
    "foreigner_2017": (
        IdCard(
            layout=CardLayout.FOREIGN_2017,
            name="",
            latin_name="SPECIMEN, AIGERIM",
            sex_code="2",
            birth="19901231",
            number="KAZ110090123105",
            issuer="1100",
            valid_from="20180601",
            valid_to="20280601",
            nationality="KAZ",
        ),
        Face("#f3d3b3", "#3a2a20", "#8c3b4a", long_hair=True),
    ),
}


@cache
def people() -> Mapping[str, SyntheticPerson]:
    """All of them by key, in the order the bench shows them; portraits are drawn once."""
    return MappingProxyType({key: _with_portrait(key, *entry) for key, entry in _CARDS.items()})


@cache
def faces() -> Mapping[str, Face]:
    """What they look like, by key."""
    return MappingProxyType({key: face for key, (_, face) in _CARDS.items()})


def _with_portrait(key: str, card: IdCard, face: Face) -> SyntheticPerson:
    jpeg = draw(face)
    return SyntheticPerson(key, replace(card, portrait=jpeg, portrait_raw=pack(jpeg)), face)
