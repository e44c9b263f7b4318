"""Points on elliptic curves, for PACE (ICAO Doc 9303-11, 4.4).

PACE maps the generator to a point that only the two ends know, and no library of ours multiplies
points of such a curve. What is multiplied here lives for one session and is known to nobody who
could watch the time it takes, so the arithmetic need not be constant in time. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hardware.codecs.tlv import BadChipDataError

_UNCOMPRESSED = 4

_Jacobian = tuple[int, int, int]
_NOWHERE: _Jacobian = (1, 1, 0)


@dataclass(frozen=True, slots=True)
class Point:
    """A point other than the one at infinity."""

    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Curve:
    """y² = x³ + ax + b modulo p, with a generator of prime order.

    Args:
        name: as standards call it.
        p: prime of the field.
        a: coefficient.
        b: coefficient.
        generator: of the group.
        order: of the group.
    """

    name: str
    p: int
    a: int
    b: int
    generator: Point
    order: int

    @property
    def field_bytes(self) -> int:
        """Length of a coordinate."""
        return (self.p.bit_length() + 7) // 8

    def encode(self, point: Point) -> bytes:
        """A point uncompressed: 04, x, y."""
        size = self.field_bytes
        return (
            bytes([_UNCOMPRESSED]) + point.x.to_bytes(size, "big") + point.y.to_bytes(size, "big")
        )

    def decode(self, data: bytes) -> Point:
        """Read an uncompressed point.

        Raises:
            BadChipDataError: it is none, or it does not lie on the curve.
        """
        size = self.field_bytes
        if len(data) != 1 + 2 * size or data[0] != _UNCOMPRESSED:
            raise BadChipDataError("not an uncompressed point of this curve")
        x, y = int.from_bytes(data[1 : 1 + size], "big"), int.from_bytes(data[1 + size :], "big")
        # A point beside the curve would let the other end learn our secret bit by bit.
        if max(x, y) >= self.p or (y * y - (x * x + self.a) * x - self.b) % self.p:
            raise BadChipDataError("a point that does not lie on the curve")
        return Point(x, y)

    def multiply(self, factor: int, point: Point) -> Point:
        """A multiple of a point.

        Raises:
            BadChipDataError: it is the point at infinity, which nobody honest sends.
        """
        return self._affine(self._times(factor, point))

    def multiply_add(self, factor: int, point: Point, other: Point) -> Point:
        """A multiple of a point plus another one.

        Raises:
            BadChipDataError: it is the point at infinity.
        """
        return self._affine(self._sum(self._times(factor, point), (other.x, other.y, 1)))

    def _times(self, factor: int, point: Point) -> _Jacobian:
        found, base = _NOWHERE, (point.x, point.y, 1)
        for bit in bin(factor % self.order)[2:]:
            found = self._double(found)
            if bit == "1":
                found = self._sum(found, base)
        return found

    def _double(self, one: _Jacobian) -> _Jacobian:
        x, y, z = one
        if not z or not y:
            return _NOWHERE
        p, square = self.p, y * y % self.p
        middle = 4 * x * square % p
        slope = (3 * x * x + self.a * pow(z, 4, p)) % p
        new_x = (slope * slope - 2 * middle) % p
        return new_x, (slope * (middle - new_x) - 8 * square * square) % p, 2 * y * z % p

    def _sum(self, one: _Jacobian, two: _Jacobian) -> _Jacobian:
        if not one[2]:
            return two
        if not two[2]:
            return one
        p, z1, z2 = self.p, one[2] * one[2] % self.p, two[2] * two[2] % self.p
        u1, u2 = one[0] * z2 % p, two[0] * z1 % p
        s1, s2 = one[1] * two[2] * z2 % p, two[1] * one[2] * z1 % p
        if u1 == u2:
            return self._double(one) if s1 == s2 else _NOWHERE
        h, r = u2 - u1, s2 - s1
        square = h * h % p
        cube, v = square * h % p, u1 * square % p
        x = (r * r - cube - 2 * v) % p
        return x, (r * (v - x) - s1 * cube) % p, one[2] * two[2] * h % p

    def _affine(self, one: _Jacobian) -> Point:
        x, y, z = one
        if not z:
            raise BadChipDataError("the point at infinity")
        inverse = pow(z, -1, self.p)
        square = inverse * inverse % self.p
        return Point(x * square % self.p, y * square * inverse % self.p)


def _curve(name: str, *numbers: str) -> Curve:
    p, a, b, x, y, order = (int(one, 16) for one in numbers)
    return Curve(name, p, a, b, Point(x, y), order)


P_256 = _curve(
    "P-256",
    "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
    "ffffffff00000001000000000000000000000000fffffffffffffffffffffffc",
    "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
    "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
    "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
)
BRAINPOOL_P256R1 = _curve(
    "brainpoolP256r1",
    "a9fb57dba1eea9bc3e660a909d838d726e3bf623d52620282013481d1f6e5377",
    "7d5a0975fc2c3057eef67530417affe7fb8055c126dc5c6ce94a4b44f330b5d9",
    "26dc5c6ce94a4b44f330b5d9bbd77cbf958416295cf7e1ce6bccdc18ff8c07b6",
    "8bd2aeb9cb7e57cb2c4b482ffc81b7afb9de27e1e3bd23c23a4453bd9ace3262",
    "547ef835c3dac4fd97f8461a14611dc9c27745132ded8e545c1d54c72f046997",
    "a9fb57dba1eea9bc3e660a909d838d718c397aa3b561a6f7901e0e82974856a7",
)
P_384 = _curve(
    "P-384",
    "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe"
    "ffffffff0000000000000000ffffffff",
    "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe"
    "ffffffff0000000000000000fffffffc",
    "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875a"
    "c656398d8a2ed19d2a85c8edd3ec2aef",
    "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a38"
    "5502f25dbf55296c3a545e3872760ab7",
    "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c0"
    "0a60b1ce1d7e819d7a431d7c90ea0e5f",
    "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf"
    "581a0db248b0a77aecec196accc52973",
)
BRAINPOOL_P384R1 = _curve(
    "brainpoolP384r1",
    "8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b412b1da197fb71123"
    "acd3a729901d1a71874700133107ec53",
    "7bc382c63d8c150c3c72080ace05afa0c2bea28e4fb22787139165efba91f90f"
    "8aa5814a503ad4eb04a8c7dd22ce2826",
    "04a8c7dd22ce28268b39b55416f0447c2fb77de107dcd2a62e880ea53eeb62d5"
    "7cb4390295dbc9943ab78696fa504c11",
    "1d1c64f068cf45ffa2a63a81b7c13f6b8847a3e77ef14fe3db7fcafe0cbd10e8"
    "e826e03436d646aaef87b2e247d4af1e",
    "8abe1d7520f9c2a45cb1eb8e95cfd55262b70b29feec5864e19c054ff9912928"
    "0e4646217791811142820341263c5315",
    "8cb91e82a3386d280f5d6f7e50e641df152f7109ed5456b31f166e6cac0425a7"
    "cf3ab6af6b7fc3103b883202e9046565",
)

STANDARDIZED: Mapping[int, Curve] = MappingProxyType(
    {12: P_256, 13: BRAINPOOL_P256R1, 15: P_384, 16: BRAINPOOL_P384R1}
)
"""By parameter number (ICAO Doc 9303-11, table 6)."""
