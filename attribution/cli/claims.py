"""The command that asks whether a quotation is on record, and how it differs."""

import click
import orjson

from attribution import check, database
from attribution.check import plain
from attribution.cli.faults import explained
from schemas.check import Claim


@click.command("check")
@click.argument("text")
@click.option("--speaker", help="Who is said to have said it.")
@click.option("--outlet", help="The outlet said to have printed or reported it.")
@click.option("--date", help="When: 2024-02-18, 2024-02 or 2024.")
@click.option("--json", "as_json", is_flag=True, help="Answer as the API does.")
@explained
def check_words(as_json: bool, **told: str | None) -> None:
    """Tell whether TEXT is on record, whose words it is, and how it differs."""
    claim = {name: value for name, value in told.items() if value is not None}
    schema = Claim()
    if faults := schema.validate(claim):
        raise click.UsageError("; ".join(f"{name}: {' '.join(details)}" for name, details in faults.items()))
    with database.connection():
        answer = check.answer(schema.load(claim))
        click.echo(orjson.dumps(answer).decode() if as_json else plain.report(answer))
