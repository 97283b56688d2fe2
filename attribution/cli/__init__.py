"""Commands: flask migrate, seed, import, export, check, reindex, keys."""

from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup
from tqdm import tqdm

from attribution import database, errors, index, keys, transfer
from attribution.cli.claims import check_words
from attribution.cli.faults import explained
from attribution.cli.rows import export_rows, import_rows
from attribution.models import Quotation
from schemas.vocabulary import Role

#: The quotations the project starts from.
_FIXTURES = Path(__file__).parents[2] / "fixtures"

_keys = AppGroup("keys", help="API keys: who may write.")


def register(app: Flask) -> None:
    """Add the commands to the application."""
    for command in (migrate, seed, import_rows, export_rows, check_words, reindex, _keys):
        app.cli.add_command(command)


@click.command()
@explained
def migrate() -> None:
    """Bring the store's tables and index up to date; does nothing if they are."""
    steps = database.migrate()
    click.echo(f"Migrated: {', '.join(steps)}." if steps else "The store is up to date.", err=True)
    with database.connection():
        is_whole = index.is_whole()
    if not is_whole:  # a step can make or empty an index, but what stands in it is for the present code to say
        _reindex(check=False)


@click.command()
@explained
def seed() -> None:
    """Load fixtures/ into an empty register and, where there is no key yet, make an editor's."""
    with database.connection():
        # Only into an empty one: what an editor has corrected since must not come back at every start.
        for path in [] if Quotation.select().exists() else sorted(_FIXTURES.glob("*.ndjson")):
            click.echo(f"{path.name}: {transfer.load(path, by='seed').recorded} quotations recorded.", err=True)
        if not keys.listed():
            click.echo(f"Key of role editor, shown this once: {keys.create('editor', Role.EDITOR)}")


@click.command()
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 if anything differs.")
@explained
def reindex(check: bool) -> None:
    """Make the index of words what the records say, while the service goes on."""
    faults = _reindex(check)
    for fault in faults:
        click.echo(fault)
    if check and faults:
        raise SystemExit(1)


def _reindex(check: bool) -> list[str]:
    faults: list[str] = []
    with database.connection():
        batches = index.differences() if check else index.rebuild()
        with tqdm(total=Quotation.select().count(), unit=" quotations", disable=None) as bar:
            for looked in batches:
                faults += looked.faults
                bar.update(looked.records)
    return faults


@_keys.command("create")
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    required=True,
    help="What it may do; each includes the former.",
)
@explained
def create_key(name: str, role: str) -> None:
    """Make a key for NAME and print it; it cannot be shown again."""
    with database.connection():
        click.echo(keys.create(name, Role(role)))


@_keys.command("list")
@explained
def list_keys() -> None:
    """List the keys: id, role, name, when made, when revoked."""
    with database.connection():
        for key in keys.listed():
            revoked = f"revoked {key.revoked_at}" if key.revoked_at else "in force"
            click.echo(f"{key.id}  {key.role:<8}  {key.name}  {key.created_at}  {revoked}")


@_keys.command("revoke")
@click.argument("id")
@explained
def revoke_key(id: str) -> None:
    """Let the key with ID open nothing any more."""
    try:
        with database.connection():
            keys.revoke(id)
    except errors.NotFound as error:
        raise click.ClickException(f"{error.detail} See `flask keys list`.") from None
