"""Pictures that phones of a world take."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tests.simulation.truth import Shot


@dataclass(frozen=True)
class Taken:
    """Bytes and what the camera calls them."""

    bytes: bytes
    type: str


def drawn(rng: Random, earlier: Sequence[Shot]) -> Taken:
    """A picture. Some were taken before, by anybody; a few are none that the server takes."""
    if earlier and rng.random() < 0.08:
        return Taken(rng.choice(earlier).bytes, "image/jpeg")
    type = "image/gif" if rng.random() < 0.03 else "image/jpeg"
    return Taken(rng.randbytes(rng.choice((40, 300, 900, 2_500))), type)
