"""How long the long forms are. The defaults are what a release has to stand."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Sizes:
    """Numbers of everything that can be had in more or less."""

    seeds: int = 2000
    postgres_seeds: int = 200
    steps: int = 200
    kills: int = 200
    restores: int = 20
    examples: int = 100
    storms: int = 2000
