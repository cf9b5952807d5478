"""How colours look to other eyes, and how far apart they are: the arithmetic the palette's tests need."""

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]

# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency", IEEE Transactions on Visualization and Computer Graphics 15(6), 2009; severity 1.0, linear RGB.
VISIONS: dict[str, Vector] = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
# sRGB to XYZ under D65 (IEC 61966-2-1), and its white.
_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE = np.array([0.95047, 1.0, 1.08883])


def linear(colour: str) -> Vector:
    """Linear light of a #rrggbb colour."""
    coded = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)


def lab(light: Vector) -> Vector:
    """CIE 1976 L*a*b* of linear light."""
    ratio = _TO_XYZ @ light / _WHITE
    f = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(a: str, b: str, vision: str) -> float:
    """CIE 1976 colour difference of two colours as this vision sees them."""
    seen = [lab(np.clip(VISIONS[vision] @ linear(colour), 0, 1)) for colour in (a, b)]
    return float(np.linalg.norm(seen[0] - seen[1]))


def faded(colour: str, behind: str, opacity: float) -> str:
    """A colour as it looks when painted with this opacity over another."""
    over, under = ([int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in (colour, behind))
    return "#" + "".join(
        f"{round(opacity * a + (1 - opacity) * b):02x}" for a, b in zip(over, under, strict=True)
    )
