"""Rows in and out: records of the import format, each row through the rules that a single POST goes through.

A row is what `POST /quotations` takes. One that was exported also tells what restoring it takes: its `id`, its
`standing` if that is not the usual one, the `reason` of its last change, the `id` of its article, and the speakers who
were `merged` into its own. History stays behind: who changed what, and when, and an article's former texts.
"""

from attribution.transfer.exporting import asked, csv, ndjson
from attribution.transfer.importing import Import, Terms, load
from attribution.transfer.preparing import Beside
from attribution.transfer.reading import Format, Input, Stream
from attribution.transfer.rejects import Rejects
from attribution.transfer.report import FAULTS, Report
from attribution.transfer.sheet import COLUMNS

__all__ = [
    "COLUMNS",
    "FAULTS",
    "Beside",
    "Format",
    "Import",
    "Input",
    "Rejects",
    "Report",
    "Stream",
    "Terms",
    "asked",
    "csv",
    "load",
    "ndjson",
]
