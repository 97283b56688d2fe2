"""flask import and flask export."""

import contextlib
import gc
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import click
import orjson
from flask import current_app
from flask.cli import with_appcontext
from tqdm import tqdm

from attribution import database, errors, transfer
from attribution.cli.faults import explained
from schemas.vocabulary import Kind, Standing, Verification

#: How many faults are printed; the report of --json has more of them.
_PRINTED = 20

#: So many new objects, not 700, before Python looks for those that only refer to each other: hardly any of an import's
#: do, and nearly all are gone with their batch. An import takes a twentieth less time, and no more memory.
_COLLECTING = 50_000


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@click.option("--dry-run", is_flag=True, help="Change nothing; only report.")
@click.option("--atomic", is_flag=True, help="All rows or, if one is bad or conflicts, none.")
@click.option("--update", is_flag=True, help="Revise what is recorded with other details.")
@click.option("--rejects", type=click.Path(dir_okay=False, path_type=Path), help="Keep bad rows, unchanged, here.")
@click.option("--json", "as_json", is_flag=True, help="Print the report on standard output.")
@with_appcontext
@explained
def import_rows(files: tuple[str, ...], rejects: Path | None, as_json: bool, **told: bool) -> None:
    """Record the quotations in FILES (.ndjson, .jsonl, .json, .csv, each also .gz; - is standard input).

    Exits with 0 if all rows are on record as they are told, else with 1.
    """
    gc.set_threshold(_COLLECTING)
    kept = _rejects(rejects, files) if rejects else None
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        # First of all: what is open here, and what runs, is no business of another process.
        worker = stack.enter_context(transfer.Beside(current_app.config["DATABASE_URL"]))
        inputs = [_opened(name, stack) for name in files]
        bar = stack.enter_context(_Bar(files))
        stack.enter_context(database.connection())
        shield = stack.enter_context(_Interrupts()).batch
        terms = transfer.Terms("import", **told)
        report = transfer.Import(terms, rejects=kept, watch=bar.show, shield=shield, worker=worker).run(inputs)
    if kept:
        kept.close()
    _tell(report, time.monotonic() - began, is_dry=terms.dry_run, is_whole=terms.dry_run or terms.atomic)
    if as_json:
        click.echo(orjson.dumps(report.as_json()))
    sys.exit(0 if report.is_clean else 1)


def _rejects(path: Path, files: tuple[str, ...]) -> transfer.Rejects:
    """Make the file of rejects; raises BadParameter where one file cannot hold them."""
    named = [name for name in files if name != "-"]
    if any(path.exists() and path.samefile(name) for name in named):
        raise click.BadParameter("That is one of the files to import.", param_hint="--rejects")
    if len(files) > 1 and {transfer.Format.of(name) for name in named} != {transfer.Format.NDJSON}:
        detail = "Of several files, only the bad rows of NDJSON fit into one; import these one by one."
        raise click.BadParameter(detail, param_hint="--rejects")
    try:
        path.open("wb").close()  # what an import before this one left there is no longer true
        path.unlink()
    except OSError as error:
        raise click.BadParameter(f"It cannot be written: {error.strerror}.", param_hint="--rejects") from None
    return transfer.Rejects(path)


def _opened(name: str, stack: contextlib.ExitStack) -> transfer.Input:
    if name == "-":
        return transfer.Input(sys.stdin.buffer, None, "standard input")
    return transfer.Input(stack.enter_context(open(name, "rb")), transfer.Format.of(name), name)


class _Bar(contextlib.AbstractContextManager["_Bar"]):
    """How far the import is, with rate and time left; only on a terminal."""

    def __init__(self, files: tuple[str, ...]) -> None:
        sizes = [Path(name).stat().st_size for name in files if name != "-"]
        total = sum(sizes) if len(sizes) == len(files) else None
        self._bar = tqdm(total=total, unit="B", unit_scale=True, disable=None, file=sys.stderr, leave=False)
        self._seen: dict[int, int] = {}

    def show(self, input: transfer.Input, report: transfer.Report) -> None:
        """Show what has been read."""
        self._bar.set_postfix_str(f"{report.rows:,} rows", refresh=False)
        self._bar.update(input.consumed - self._seen.get(id(input), 0))
        self._seen[id(input)] = input.consumed

    def __exit__(self, *args: object) -> None:
        self._bar.close()


class _Interrupts(contextlib.AbstractContextManager["_Interrupts"]):
    """Holds Ctrl-C back while a batch is recorded; `batch` is the context of one."""

    def __enter__(self) -> "_Interrupts":
        self._is_busy = self._is_asked = False
        self._former = signal.signal(signal.SIGINT, self._interrupt)
        return self

    def __exit__(self, *args: object) -> None:
        signal.signal(signal.SIGINT, self._former)

    def _interrupt(self, number: int, frame: FrameType | None) -> None:
        self._is_asked = True
        if not self._is_busy:
            raise KeyboardInterrupt

    @contextlib.contextmanager
    def batch(self) -> Iterator[None]:
        """Finish what the block does before an interrupt takes effect."""
        self._is_busy = True
        yield
        self._is_busy = False
        if self._is_asked:
            raise KeyboardInterrupt


def _tell(report: transfer.Report, seconds: float, *, is_dry: bool, is_whole: bool) -> None:
    """Print the summary on standard error."""
    for fault in report.errors[:_PRINTED]:
        file = f"{fault['file']}, " if "file" in fault else ""
        place = f" {fault['pointer']}" if fault["pointer"] != "#" else ""
        click.echo(f"{file}line {fault['line']}{place}: {fault['detail']}", err=True)
    if len(report.errors) > _PRINTED:
        click.echo(f"… and more; --json tells the first {transfer.FAULTS:,}, --rejects keeps the rows.", err=True)
    counts = {name: count for name, count in report.as_json().items() if name not in ("rows", "errors")}
    told = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count or name == "recorded")
    is_dry_run = " (a dry run: nothing was changed)" if is_dry else ""
    click.echo(f"{told} of {report.rows:,} rows in {seconds:.1f} s{is_dry_run}.", err=True)
    if report.is_stopped:
        done = "Nothing was changed." if is_whole else "The rows counted here are done; running it again does the rest."
        click.echo(f"Stopped. {done}", err=True)


def _choice(words: Any) -> click.Choice:
    return click.Choice([word.value for word in words])


@click.command("export")
@click.option("--q", help='Words, "an exact phrase", -without, begin*, this OR that.')
@click.option("--speaker", multiple=True, help="Slug, name or alias.")
@click.option("--outlet", multiple=True, help="Slug, name or alias of the outlet credited with the words.")
@click.option("--publisher", multiple=True, help="Slug, name or alias of the article's outlet.")
@click.option("--article", multiple=True, help="Id or URL.")
@click.option("--kind", multiple=True, type=_choice(Kind))
@click.option("--standing", multiple=True, type=_choice(Standing), help="Any, retracted too, unless stated.")
@click.option("--verification", multiple=True, type=_choice(Verification))
@click.option("--language", multiple=True, help="A language tag; pt includes pt-BR.")
@click.option("--from", help="Said, or else printed, on or after this day.")
@click.option("--to", help="Said, or else printed, on or before this day.")
@click.option("--csv", "as_csv", is_flag=True, help="Flat, for spreadsheets; it leaves out what has no column.")
@explained
def export_rows(as_csv: bool, **filters: Any) -> None:
    """Write quotations as NDJSON on standard output, the oldest first.

    Importing them into an empty store and exporting again gives the same bytes. An option that can be repeated means
    any of its values.
    """
    try:
        asked = transfer.asked({name: told for name, told in filters.items() if told})
    except errors.Invalid as error:
        raise click.UsageError(error.detail) from None
    out = sys.stdout.buffer
    with database.connection():
        for piece in transfer.csv(asked) if as_csv else transfer.ndjson(asked):
            out.write(piece.encode() if isinstance(piece, str) else piece)
