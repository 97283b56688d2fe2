"""What commands say when the store or the disk refuses: a sentence, not a traceback."""

import functools
from collections.abc import Callable
from typing import Any

import click
import peewee


def explained(callback: Callable[..., Any]) -> Callable[..., Any]:
    """Let a command end with a sentence, and exit status 1, where the store or the disk refuses something."""

    @functools.wraps(callback)
    def wrapper(*args: Any, **kwargs: Any) -> Any:
        try:
            return callback(*args, **kwargs)
        except peewee.DatabaseError as error:
            told = f"The store is away, busy or not migrated (`flask migrate`): {error}"
            raise click.ClickException(told.strip()) from error
        except OSError as error:
            raise click.ClickException(f"{error.filename or 'What was to be written'}: {error.strerror}.") from error

    return wrapper
