"""The Riverside stage and its HTTP front, and browsers on a real server, for every test here."""

from tests.browser.conftest import dist, handset, playwright
from tests.features.front import front
from tests.features.stage import stage

__all__ = ["dist", "front", "handset", "playwright", "stage"]
