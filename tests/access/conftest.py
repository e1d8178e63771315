"""The Riverside stage and its HTTP front."""

from tests.features.front import front
from tests.features.stage import stage

__all__ = ["front", "stage"]
