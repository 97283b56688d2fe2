"""Transactions: all or nothing, one writer at a time."""

import threading

import peewee
import pytest

from attribution import database
from attribution.models import Clock


def test_a_failed_block_leaves_nothing(app):
    with database.connection():
        before = Clock.get().value
        with pytest.raises(ZeroDivisionError), database.transaction():
            assert Clock.tick() / 0
        assert Clock.get().value == before


def test_a_savepoint_undoes_only_itself(app):
    with database.connection(), database.transaction():
        first = Clock.tick()
        with pytest.raises(peewee.IntegrityError), database.savepoint():
            Clock.create(id=1, value=Clock.tick(5))
        assert Clock.tick() == first + 1


def test_the_clock_gives_each_writer_its_own_values(app):
    values = []

    def write():
        with database.connection():
            for _ in range(20):
                with database.transaction():
                    first = Clock.tick(3)
                    values.extend(range(first, first + 3))

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(values) == list(range(1, 8 * 20 * 3 + 1))


def test_what_a_block_reads_is_so_when_it_writes(app):
    seen = []

    def write():
        with database.connection(), database.transaction():
            value = Clock.get().value
            seen.append(value)
            Clock.update(value=value + 1).execute()

    threads = [threading.Thread(target=write) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == list(range(16))


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_searches_are_planned_each_time_and_what_writers_look_up_is_not(app):
    def mode():
        return database.db.execute_sql("SHOW plan_cache_mode").fetchone()[0]

    with database.connection():
        with database.transaction():
            assert mode() == "auto"
        assert mode() == "force_custom_plan"
        with pytest.raises(peewee.IntegrityError), database.transaction():
            Clock.create(id=1, value=1)
        assert mode() == "force_custom_plan"
