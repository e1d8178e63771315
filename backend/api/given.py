"""What the application hands to every call that names it. Features' views take what they need of it
by name: they reach no house, no store and no settings, but what is made of these for them."""

from typing import Any

from litestar import Request
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide

from backend.foundation.database.engine import Database
from backend.foundation.documents.workshop import Workshop
from backend.foundation.evidence.pictures import Pictures
from backend.foundation.journal.execute import Journal
from backend.foundation.kernel.clock import Clock
from backend.house import House

GivenHouse = NamedDependency[House]


def _house(state: State) -> House:
    return state.house


def _database(state: State) -> Database:
    return state.house.database


def _journal(state: State) -> Journal:
    return state.house.journal


def _clock(state: State) -> Clock:
    return state.house.clock


def _workshop(state: State) -> Workshop:
    return state.house.workshop


def _pictures(state: State) -> Pictures:
    return state.house.pictures


def _origin(state: State, request: Request[Any, Any, Any]) -> str:
    """Scheme, host and port by which the caller reached us: what documents link to. Whoever ends
    TLS before us says so by the cookie setting, as for sessions."""
    secure = state.house.settings.secure_cookie or request.url.scheme == "https"
    return f"{'https' if secure else 'http'}://{request.url.netloc}"


DEPENDENCIES = {
    "house": Provide(_house, sync_to_thread=False),
    "database": Provide(_database, sync_to_thread=False),
    "journal": Provide(_journal, sync_to_thread=False),
    "clock": Provide(_clock, sync_to_thread=False),
    "workshop": Provide(_workshop, sync_to_thread=False),
    "pictures": Provide(_pictures, sync_to_thread=False),
    "origin": Provide(_origin, sync_to_thread=False),
}
