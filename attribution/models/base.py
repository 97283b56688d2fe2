"""What all tables share: moments, positions, the clock, and records that keep what they were."""

import datetime
import operator
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Generic, NamedTuple, Self, TypeVar

import orjson
import peewee
from peewee import BigIntegerField, IntegerField, JSONField, TextField, UUIDField

from attribution import database, dates, errors

R = TypeVar("R")

#: How many bits of a position the number of the record takes; the date's ordinal stands above them.
NUMBER_BITS = 32


def now() -> str:
    """Give the present moment in UTC as RFC 3339, to the second: how rows hold moments."""
    return datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def position(date: str | None, number: int) -> int:
    """Give the integer that sorts records by date, then by when they were recorded; undated ones come first."""
    ordinal = dates.first_day(date).toordinal() if date else 0
    return ordinal << NUMBER_BITS | number


def read_id(id: str) -> uuid.UUID:
    """Read an id; raises NotFound if it is no UUID, so that nothing can be recorded under it."""
    try:
        return uuid.UUID(id)
    except ValueError:
        raise errors.NotFound(f"{id!r} is not an id: those are UUIDs.") from None


def one_of(column: str, words: Iterable[str]) -> Any:
    """Keep a column to a closed list of words (or null)."""
    return peewee.Check(f"{column} IN ({', '.join(repr(str(word)) for word in words)})")


class Resolved(NamedTuple, Generic[R]):
    """The record that something names, whether it is new, and what was said of it that differs from what stands."""

    record: R
    is_new: bool
    differing: list[errors.Fault]

    def settled(self) -> Self:
        """Raise Conflict if it is recorded with other details."""
        if self.differing:
            faults = [fault._replace(pointer=f"#{fault.pointer}") for fault in self.differing]
            raise errors.Conflict(
                "It is recorded with other details, which take a PATCH to change.", faults, self.record
            )
        return self


class Table(peewee.Model):
    """What all tables share: the database, and writing only what has changed."""

    class Meta:
        """Bound to whichever store is chosen."""

        database = database.db
        legacy_table_names = False
        only_save_dirty = True

    @classmethod
    def insert_all(cls, rows: Iterable[dict[str, Any]]) -> None:
        """Insert rows together, each a value for every column by the name of its field; records stand as numbers."""
        fields = cls._meta.sorted_fields
        row_of = operator.itemgetter(*(field.name for field in fields))
        json_at = [place for place, field in enumerate(fields) if isinstance(field, JSONField)]
        values: Iterable[Any] = map(row_of, rows)
        if json_at:
            values = (_with_json(list(row), json_at) for row in values)
        database.insert_all(cls._meta.table_name, [field.column_name for field in fields], values)


def _with_json(values: list[Any], places: list[int]) -> list[Any]:
    for place in places:
        values[place] = orjson.dumps(values[place]).decode()
    return values


class Clock(Table):
    """One row that counts the changes made to the register."""

    value = BigIntegerField()

    @classmethod
    def now(cls) -> int:
        """Read it: while it stands still, all that was known of the register holds."""
        # Every search asks this; peewee would make the statement anew each time.
        return int(database.db.execute_sql("SELECT value FROM clock").fetchone()[0])

    @classmethod
    def tick(cls, times: int = 1) -> int:
        """Take the next value, or the first of the next `times` values; inside a transaction."""
        (row,) = cls.update(value=cls.value + times).returning(cls.value).execute()
        return row.value - times + 1


class Revision(Table):
    """What a record was before a change, and who had made it so, when and why."""

    table = TextField()
    number = BigIntegerField()
    version = IntegerField()
    state = JSONField()
    at = TextField()
    by = TextField()
    reason = TextField(null=True)

    class Meta:
        """One row for each former version."""

        indexes = ((("table", "number", "version"), True),)


class Record(Table):
    """A record that keeps its former states; `seq` is the clock at its last change, `number` at its first."""

    number = BigIntegerField(primary_key=True)
    seq = BigIntegerField()
    version = IntegerField(default=1)
    recorded_at = TextField()
    recorded_by = TextField()
    revised_at = TextField(null=True)
    revised_by = TextField(null=True)
    reason = TextField(null=True)

    @classmethod
    def new(cls, number: int, by: str, at: str, **values: Any) -> Self:
        """Make a record that is yet to be inserted; `by` is the name of the key it is recorded with."""
        return cls(number=number, seq=number, recorded_by=by, recorded_at=at, **values)

    @classmethod
    def read(cls, condition: str, parameters: Sequence[Any]) -> Iterator[Self]:
        """Yield the records for which a condition, in SQL, holds.

        Peewee's `raw` sets each column through its descriptor: 37 µs an article, where this takes 14.
        """
        fields = cls._meta.sorted_fields
        names = [field.name for field in fields]
        converted = {field.name: field.python_value for field in fields if isinstance(field, UUIDField)}
        if not database.is_postgres():  # whose driver reads JSON itself
            converted |= {field.name: orjson.loads for field in fields if isinstance(field, JSONField)}
        columns = ", ".join(f'"{field.column_name}"' for field in fields)
        sql = f'SELECT {columns} FROM "{cls._meta.table_name}" WHERE {condition}'  # noqa: S608 – names of ours
        for values in database.db.execute_sql(sql, parameters).fetchall():
            data = dict(zip(names, values, strict=True))
            for name, convert in converted.items():
                data[name] = convert(data[name])
            yield cls._of(data)

    @classmethod
    def _of(cls, values: dict[str, Any]) -> Self:
        """Make an instance that holds values by the names of their fields."""
        record = cls(__no_default__=True)
        record.__data__ = values
        return record

    def row(self) -> dict[str, Any]:
        """Give the record as `insert_all` takes it."""
        data = self.__data__
        values = {name: data.get(name) for name in self._meta.sorted_field_names}
        for name, value in values.items():
            if type(value) is uuid.UUID:
                values[name] = value.hex
        return values

    def state(self) -> dict[str, Any]:
        """Give what the record says, as JSON values: what a revision keeps."""
        raise TypeError(f"{type(self).__name__} keeps no revisions")

    def change(self, by: str, reason: str | None, **values: Any) -> bool:
        """Set `values` and keep what was there before, with who, when and why; false if they were there already."""
        if all(getattr(self, name) == value for name, value in values.items()):
            return False
        Revision.create(
            table=self._meta.table_name,
            number=self.number,
            version=self.version,
            state=self.state(),
            at=self.revised_at or self.recorded_at,
            by=self.revised_by or self.recorded_by,
            reason=self.reason,
        )
        for name, value in values.items():
            setattr(self, name, value)
        self.settle()
        self.version += 1
        self.seq = Clock.tick()
        self.revised_at, self.revised_by, self.reason = now(), by, reason
        self.save()
        return True

    def settle(self) -> None:
        """Bring what is derived from the record's own values up to date; called before every save."""

    def expect(self, tags: Collection[str] | None) -> None:
        """Raise Stale unless the record is in one of the states that `tags` name; None means any."""
        if tags is not None and self.tag not in tags:
            raise errors.Stale("The record was changed since it was read. Read it again, then send the change again.")

    def revisions(self) -> list[dict[str, Any]]:
        """Give every version, the newest (what stands now) first."""
        newest = {
            "version": self.version,
            "at": self.revised_at or self.recorded_at,
            "by": self.revised_by or self.recorded_by,
            "reason": self.reason,
            "record": self.state(),
        }
        former = (
            Revision.select()
            .where(Revision.table == self._meta.table_name, Revision.number == self.number)
            .order_by(Revision.version.desc())
        )
        return [newest, *({**row.__data__, "record": row.state} for row in former)]

    @property
    def address(self) -> str:
        """Give the last part of the record's address."""
        raise TypeError(f"{type(self).__name__} has no address")

    @property
    def tag(self) -> str:
        """Name the state of what one reads when one reads this record: another state, another tag."""
        return str(self.seq)
