"""What became of the rows of an import."""

from dataclasses import asdict, dataclass, field
from typing import Any

from attribution.errors import Fault, Unreadable
from attribution.quotations import Result

#: How many faults are kept.
FAULTS = 1_000


@dataclass
class Report:
    """Counts of rows, and the first faults; `unreadable` says why an input was not read to its end."""

    recorded: int = 0
    known: int = 0
    conflicting: int = 0
    updated: int = 0
    rejected: int = 0
    rows: int = 0
    errors: list[dict[str, Any]] = field(default_factory=list)
    unreadable: Unreadable | None = None
    is_stopped: bool = False

    def count(self, result: Result) -> None:
        """Count a row."""
        self.rows += 1
        vars(self)[result] += 1

    def fault(self, file: str, line: int, fault: Fault) -> None:
        """Keep a fault, unless there are many already; `file` is empty where there is only one."""
        if len(self.errors) < FAULTS:
            where: dict[str, Any] = {"file": file} if file else {}
            self.errors.append({**where, "line": line, **fault._asdict()})

    @property
    def is_clean(self) -> bool:
        """Tell whether every row is on record as it was told."""
        return not (self.rejected or self.conflicting or self.unreadable or self.is_stopped)

    def as_json(self) -> dict[str, Any]:
        """Give what the contract calls the report."""
        values = asdict(self)
        del values["unreadable"], values["is_stopped"]
        return values
