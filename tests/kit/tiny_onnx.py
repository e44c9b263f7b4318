"""Model files of a few hundred bytes, written by hand: they know no faces, only where it is bright.

They have the inputs and outputs that OpenCV expects of a YuNet detector and an SFace recogniser, so
that the code around real ones can be tried without any.
"""

import math
import struct
from collections.abc import Sequence

_STRIDES = (8, 16, 32)
_FLOAT, _INT64 = 1, 7


def detector(side_px: int = 320) -> bytes:
    """Finds one face of 64 px at every bright cell of a grid of 32 px."""
    nodes, weights, outputs = [], [], []
    for stride in _STRIDES:
        pooled = f"pooled_{stride}"
        nodes.append(_pool("image", pooled, stride))
        cells = (side_px // stride) ** 2
        for name, width in (("cls", 1), ("obj", 1), ("bbox", 4), ("kps", 10)):
            output = f"{name}_{stride}"
            kernel, bias = _kernel(name, width, found=stride == 32)
            weights.append(_tensor(f"w_{output}", (width, 3, 1, 1), kernel))
            weights.append(_tensor(f"b_{output}", (width,), bias))
            weights.append(_shape(f"s_{output}", (1, -1, width)))
            nodes.append(_node("Conv", [pooled, f"w_{output}", f"b_{output}"], f"c_{output}"))
            nodes.append(_node("Transpose", [f"c_{output}"], f"t_{output}", perm=(0, 2, 3, 1)))
            nodes.append(_node("Reshape", [f"t_{output}", f"s_{output}"], output))
            outputs.append(_value(output, (1, cells, width)))
    return _model(nodes, weights, _value("image", (1, 3, side_px, side_px)), outputs)


def recogniser() -> bytes:
    """Describes a face by the colours of sixteen squares."""
    nodes = [_pool("data", "pooled", 28), _node("Reshape", ["pooled", "flat"], "features")]
    weights = [_shape("flat", (1, 48))]
    return _model(nodes, weights, _value("data", (1, 3, 112, 112)), [_value("features", (1, 48))])


def _kernel(name: str, width: int, *, found: bool) -> tuple[list[float], list[float]]:
    if name in ("cls", "obj"):
        weight = 1 / (3 * 230) if found else 0.0
        return [weight] * 3, [-0.1]
    bias = [0.5, 0.5, math.log(2), math.log(2)]
    if name == "kps":
        bias = [0.2, 0.2, 0.8, 0.2, 0.5, 0.5, 0.25, 0.8, 0.75, 0.8]
    return [0.0] * 3 * width, bias


def _model(
    nodes: Sequence[bytes], weights: Sequence[bytes], given: bytes, outputs: Sequence[bytes]
) -> bytes:
    graph = b"".join(_field(1, node) for node in nodes) + _field(2, b"tiny")
    graph += b"".join(_field(5, weight) for weight in weights) + _field(11, given)
    graph += b"".join(_field(12, output) for output in outputs)
    return _number(1, 7) + _field(7, graph) + _field(8, _field(1, b"") + _number(2, 11))


def _pool(given: str, output: str, stride: int) -> bytes:
    return _node("AveragePool", [given], output, kernel_shape=(stride,) * 2, strides=(stride,) * 2)


def _node(kind: str, given: Sequence[str], output: str, **attributes: Sequence[int]) -> bytes:
    raw = b"".join(_field(1, one.encode()) for one in given) + _field(2, output.encode())
    raw += _field(3, f"n_{output}".encode()) + _field(4, kind.encode())
    for name, values in attributes.items():
        numbers = b"".join(_number(8, value) for value in values)
        raw += _field(5, _field(1, name.encode()) + numbers + _number(20, 7))
    return raw


def _tensor(name: str, dims: Sequence[int], values: Sequence[float]) -> bytes:
    raw = struct.pack(f"<{len(values)}f", *values)
    sizes = b"".join(_number(1, dim) for dim in dims)
    return sizes + _number(2, _FLOAT) + _field(8, name.encode()) + _field(9, raw)


def _shape(name: str, values: Sequence[int]) -> bytes:
    raw = struct.pack(f"<{len(values)}q", *values)
    return _number(1, len(values)) + _number(2, _INT64) + _field(8, name.encode()) + _field(9, raw)


def _value(name: str, dims: Sequence[int]) -> bytes:
    shape = b"".join(_field(1, _number(1, dim)) for dim in dims)
    tensor = _number(1, _FLOAT) + _field(2, shape)
    return _field(1, name.encode()) + _field(2, _field(1, tensor))


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _varint(value: int) -> bytes:
    raw = bytearray()
    while value > 0x7F:
        raw.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*raw, value])
