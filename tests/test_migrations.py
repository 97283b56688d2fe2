"""The steps from an empty store to the present tables."""

import threading

from attribution import database
from attribution.models import TABLES


def shape(table):
    """Columns, indexes and references of a table, as the store has them."""
    name = table._meta.table_name
    columns = [(c.name, c.data_type.lower(), c.null, c.primary_key) for c in database.db.get_columns(name)]
    indexes = sorted((tuple(i.columns), i.unique) for i in database.db.get_indexes(name))
    references = sorted((k.column, k.dest_table, k.dest_column) for k in database.db.get_foreign_keys(name))
    return columns, indexes, references


def test_a_migrated_store_is_what_the_models_describe(stores, migrated):
    shapes = []
    for url, make in (
        (stores.create(migrated), lambda: None),
        (stores.create(), lambda: database.db.create_tables(TABLES)),
    ):
        database.bind(url)
        with database.connection():
            make()
            shapes.append({table.__name__: shape(table) for table in TABLES})
        database.close()
        stores.drop(url)
    assert shapes[0] == shapes[1]


def test_migrating_twice_does_nothing(stores, migrated):
    url = stores.create(migrated)
    database.bind(url)
    assert database.migrate() == []
    with database.connection():
        assert database.pending() == []
    database.close()
    stores.drop(url)


def test_two_that_migrate_at_once_do_it_once(stores):
    url = stores.create()
    database.bind(url)
    steps = []
    threads = [threading.Thread(target=lambda: steps.append(database.migrate())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    database.close()
    stores.drop(url)
    assert sorted(map(bool, steps)) == [False, False, False, True]
