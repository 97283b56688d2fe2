"""API keys and what they may do.

A key is 256 random bits, so the store keeps its SHA-256: nothing to guess, and a password hash costs 140 ms a request.
"""

import functools
import hashlib
import hmac
import secrets
from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, g, request

from attribution import database, errors
from attribution.models import Key, now
from schemas.vocabulary import Role

View = TypeVar("View", bound=Callable[..., Any])


def create(name: str, role: Role) -> str:
    """Make a key and give it, the only time it can be read: `attribution_<id>_<secret>`."""
    id, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
    with database.transaction():
        Key.create(id=id, sha256=_sha256(secret), name=name, role=role, created_at=now())
    return f"attribution_{id}_{secret}"


def revoke(id: str) -> None:
    """Let a key open nothing any more. Raises NotFound."""
    with database.transaction():
        if not Key.update(revoked_at=now()).where(Key.id == id, Key.revoked_at.is_null()).execute():
            raise errors.NotFound(f"There is no key {id} in force.")


def listed() -> list[Key]:
    """Give every key, the oldest first."""
    return list(Key.select().order_by(Key.created_at, Key.id))


def find(token: str) -> Key | None:
    """Give the key in force that a token is."""
    _, id, secret = (*token.split("_", 2), "", "")[:3]
    key = Key.get_or_none(Key.id == id, Key.revoked_at.is_null())
    matches = hmac.compare_digest(key.sha256 if key else _sha256(""), _sha256(secret))
    return key if key and matches else None


def requires(role: Role) -> Callable[[View], View]:
    """Let a view be reached only with a key of at least `role`.

    Raises errors.Unauthorized without a key that is in force, errors.Forbidden if its role is too low.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            check(role)
            return view(*args, **kwargs)

        return guarded  # type: ignore[return-value]

    return decorate


def check(role: Role) -> None:
    """Raise Unauthorized or Forbidden unless the request may do what `role` may; reading is open if PUBLIC."""
    authorization = request.authorization
    if authorization is None and "Authorization" not in request.headers:
        if role == Role.READER and current_app.config["PUBLIC"]:
            return
        raise errors.Unauthorized("This takes an API key: send `Authorization: Bearer <key>`.")
    key = (
        find(authorization.token) if authorization and authorization.type == "bearer" and authorization.token else None
    )
    if key is None:
        raise errors.Unauthorized("The key is not one of this register's, or was revoked.")
    if not Role(key.role).includes(role):
        raise errors.Forbidden(f"This takes a key of role {role}; {key.name!r} is a {key.role}.")
    g.by = key.name


def may(role: Role) -> bool:
    """Tell whether the request may do what `role` may."""
    try:
        check(role)
    except errors.Forbidden:
        return False
    return True


def caller() -> str:
    """Give the name of the key that the request came with."""
    return str(g.by)


def _sha256(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
