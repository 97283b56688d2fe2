"""Commands: flask migrate, seed, import, export, keys."""

from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup

from attribution import database, errors, keys, transfer
from attribution.cli.rows import export_rows, import_rows
from attribution.models import Quotation
from schemas.vocabulary import Role

#: The quotations the project starts from.
_FIXTURES = Path(__file__).parents[2] / "fixtures"

_keys = AppGroup("keys", help="API keys: who may write.")


def register(app: Flask) -> None:
    """Add the commands to the application."""
    for command in (migrate, seed, import_rows, export_rows, _keys):
        app.cli.add_command(command)


@click.command()
def migrate() -> None:
    """Bring the store's tables up to date; does nothing if they are."""
    steps = database.migrate()
    click.echo(f"Migrated: {', '.join(steps)}." if steps else "The store is up to date.", err=True)


@click.command()
def seed() -> None:
    """Load fixtures/ into an empty register and, where there is no key yet, make an editor's."""
    with database.connection():
        # Only into an empty one: what an editor has corrected since must not come back at every start.
        for path in [] if Quotation.select().exists() else sorted(_FIXTURES.glob("*.ndjson")):
            click.echo(f"{path.name}: {transfer.load(path, by='seed').recorded} quotations recorded.", err=True)
        if not keys.listed():
            click.echo(f"Key of role editor, shown this once: {keys.create('editor', Role.EDITOR)}")


@_keys.command("create")
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    required=True,
    help="What it may do; each includes the former.",
)
def create_key(name: str, role: str) -> None:
    """Make a key for NAME and print it; it cannot be shown again."""
    with database.connection():
        click.echo(keys.create(name, Role(role)))


@_keys.command("list")
def list_keys() -> None:
    """List the keys: id, role, name, when made, when revoked."""
    with database.connection():
        for key in keys.listed():
            revoked = f"revoked {key.revoked_at}" if key.revoked_at else "in force"
            click.echo(f"{key.id}  {key.role:<8}  {key.name}  {key.created_at}  {revoked}")


@_keys.command("revoke")
@click.argument("id")
def revoke_key(id: str) -> None:
    """Let the key with ID open nothing any more."""
    try:
        with database.connection():
            keys.revoke(id)
    except errors.NotFound as error:
        raise click.ClickException(f"{error.detail} See `flask keys list`.") from None
