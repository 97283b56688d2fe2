"""API keys."""

from peewee import TextField

from attribution.models.base import Table, one_of
from schemas.vocabulary import Role


class Key(Table):
    """An API key: the hash of its secret half, and what it may do."""

    id = TextField(primary_key=True)
    sha256 = TextField()
    name = TextField()
    role = TextField(constraints=[one_of("role", Role)])
    created_at = TextField()
    revoked_at = TextField(null=True)
