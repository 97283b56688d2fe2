"""The register: outlets, speakers, articles with their texts, quotations; what they were before; API keys."""

from typing import Any

from peewee import (
    SQL,
    BigIntegerField,
    Check,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    JSONField,
    Model,
    PostgresqlDatabase,
    TextField,
    UUIDField,
)


class Table(Model):
    class Meta:
        legacy_table_names = False


class Clock(Table):
    value = BigIntegerField()


class Revision(Table):
    table = TextField()
    number = BigIntegerField()
    version = IntegerField()
    state = JSONField()
    at = TextField()
    by = TextField()
    reason = TextField(null=True)

    class Meta:
        indexes = ((("table", "number", "version"), True),)


class Record(Table):
    number = BigIntegerField(primary_key=True)
    seq = BigIntegerField()
    version = IntegerField()
    recorded_at = TextField()
    recorded_by = TextField()
    revised_at = TextField(null=True)
    revised_by = TextField(null=True)
    reason = TextField(null=True)


class Named(Record):
    slug = TextField(unique=True)
    name = TextField()
    aliases = JSONField()
    wikidata = TextField(null=True)


class Outlet(Named):
    kind = TextField(
        null=True, constraints=[Check("kind IN ('agency', 'newspaper', 'broadcaster', 'website', 'other')")]
    )
    country = TextField(null=True)
    homepage = TextField(null=True)


class OutletName(Table):
    key = TextField()
    owner = ForeignKeyField(Outlet)

    class Meta:
        primary_key = CompositeKey("key", "owner")


class Speaker(Named):
    kind = TextField(null=True, constraints=[Check("kind IN ('person', 'organization', 'unnamed', 'group')")])
    affiliation = ForeignKeyField("self", null=True)
    description = TextField(null=True)
    merged_into = ForeignKeyField("self", null=True)


class SpeakerName(Table):
    key = TextField()
    owner = ForeignKeyField(Speaker)

    class Meta:
        primary_key = CompositeKey("key", "owner")


class Article(Record):
    id = UUIDField(unique=True)
    key = UUIDField(unique=True)
    position = BigIntegerField(unique=True)
    url = TextField(null=True)
    headline = TextField(null=True)
    outlet = ForeignKeyField(Outlet, null=True)
    published_on = TextField(null=True)
    authors = JSONField()
    language = TextField(null=True)
    archive_url = TextField(null=True)
    text_sha256 = TextField(null=True)


class ArticleText(Table):
    article = ForeignKeyField(Article, index=False)
    sha256 = TextField()
    text = TextField()
    recorded_at = TextField()
    recorded_by = TextField()

    class Meta:
        primary_key = CompositeKey("article", "sha256")


class Quotation(Record):
    id = UUIDField(unique=True)
    position = BigIntegerField(unique=True)
    text = TextField()
    words = TextField(null=True)
    kind = TextField(constraints=[Check("kind IN ('direct', 'mixed', 'indirect')")])
    speaker = ForeignKeyField(Speaker, index=False)
    mention = TextField(null=True)
    cue = TextField(null=True)
    outlet = ForeignKeyField(Outlet, null=True, index=False)
    publisher = ForeignKeyField(Outlet, null=True, index=False)
    article = ForeignKeyField(Article, index=False)
    said_on = TextField(null=True)
    language = TextField(null=True)
    note = TextField(null=True)
    standing = TextField(constraints=[Check("standing IN ('attributed', 'disputed', 'misattributed', 'retracted')")])
    verification = TextField(constraints=[Check("verification IN ('verbatim', 'typographic', 'absent', 'unchecked')")])
    selectors = JSONField()

    class Meta:
        indexes = (
            (("article", "speaker", "words"), True),
            (("speaker", "position"), False),
            (("outlet", "position"), False),
            (("publisher", "position"), False),
        )


class Key(Table):
    id = TextField(primary_key=True)
    sha256 = TextField()
    name = TextField()
    role = TextField(constraints=[Check("role IN ('reader', 'recorder', 'editor', 'admin')")])
    created_at = TextField()
    revoked_at = TextField(null=True)


TABLES = (Clock, Revision, Outlet, OutletName, Speaker, SpeakerName, Article, ArticleText, Quotation, Key)


def up(migrator: Any, db: Any) -> None:
    """Make the tables, and start the clock."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)
        Clock.create(value=0)
    if isinstance(db, PostgresqlDatabase):
        # Lists are read in the order of slugs, which is the order of their bytes on SQLite.
        for table in ("outlet", "speaker"):
            db.execute(SQL(f'ALTER TABLE "{table}" ALTER COLUMN "slug" TYPE text COLLATE "C"'))
