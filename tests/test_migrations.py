"""The steps from an empty store to the present tables."""

import threading

import pytest
from playhouse.migrations import Runner

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


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_what_others_were_granted_they_keep(stores):
    url = stores.create()
    database.bind(url)
    with database.connection():
        Runner(database.db.obj, str(database._MIGRATIONS)).up("0005_pairs")
        database.db.execute_sql('CREATE ROLE "the reader"')
        database.db.execute_sql('GRANT SELECT, INSERT ON entry TO "the reader"')
        database.db.execute_sql("GRANT SELECT ON entry TO PUBLIC")
    assert "0006_years" in database.migrate()
    with database.connection():
        asked = "SELECT has_table_privilege('the reader', 'entry', privilege) FROM unnest(%s::text[]) AS privilege"
        may = database.db.execute_sql(asked, (["SELECT", "INSERT", "DELETE"],)).fetchall()
        database.db.execute_sql('DROP OWNED BY "the reader"')
        database.db.execute_sql('DROP ROLE "the reader"')
    database.close()
    stores.drop(url)
    assert may == [(True,), (True,), (False,)]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_index_is_written_anew_in_smaller_pages(stores):
    url = stores.create()
    database.bind(url)
    words = " ".join(f"word{number}" for number in range(1_000))

    def longest_page():
        return database.db.execute_sql("SELECT max(length(block)) FROM entry_words_data").fetchone()[0]

    with database.connection():
        Runner(database.db.obj, str(database._MIGRATIONS)).up("0006_years")
        for table, key in (("entry", "position"), ("entry_words", "rowid")):
            database.insert_all(table, (key, "words", "forms", "facets"), [(7, words, "", "speaker:1")])
        assert longest_page() > 3_000
    assert "0007_small_pages" in database.migrate()
    with database.connection():
        found = "SELECT rowid FROM entry_words WHERE entry_words MATCH ?"
        assert database.db.execute_sql(found, ('"word1 word2" AND "speaker:1"',)).fetchall() == [(7,)]
        assert longest_page() < 1_024
    database.close()
    stores.drop(url)
