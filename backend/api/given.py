"""What the application hands to every call that names it."""

from litestar.di import NamedDependency

from backend.house import House

GivenHouse = NamedDependency[House]
