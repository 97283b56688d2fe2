"""Which engine the index is on."""

from types import ModuleType

from attribution import database
from attribution.index import postgres, sqlite


def bound() -> ModuleType:
    """Give the module of the engine that is bound."""
    return postgres if database.is_postgres() else sqlite
