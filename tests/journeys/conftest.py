"""The Riverside stage, for every test here."""

from tests.features.stage import stage

__all__ = ["stage"]
