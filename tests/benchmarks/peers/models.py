"""Django's models of a store's own tables, which it neither makes nor changes."""

from django.db import models


class Record(models.Model):
    class Meta:
        abstract = True
        managed = False

    number = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField()
    version = models.IntegerField()
    recorded_at = models.TextField()
    recorded_by = models.TextField()
    revised_at = models.TextField(null=True)
    revised_by = models.TextField(null=True)
    reason = models.TextField(null=True)


class Named(Record):
    class Meta(Record.Meta):
        abstract = True

    slug = models.TextField(unique=True)
    name = models.TextField()
    aliases = models.JSONField()
    kind = models.TextField(null=True)


class Outlet(Named):
    class Meta(Named.Meta):
        abstract = False
        db_table = "outlet"


class Speaker(Named):
    class Meta(Named.Meta):
        abstract = False
        db_table = "speaker"


class Article(Record):
    class Meta(Record.Meta):
        abstract = False
        db_table = "article"

    id = models.UUIDField(unique=True)
    key = models.UUIDField(unique=True)
    position = models.BigIntegerField(unique=True)
    url = models.TextField(null=True)
    headline = models.TextField(null=True)
    outlet = models.ForeignKey(Outlet, models.DO_NOTHING, null=True)
    published_on = models.TextField(null=True)
    authors = models.JSONField()
    language = models.TextField(null=True)
    text_sha256 = models.TextField(null=True)


class ArticleText(models.Model):
    class Meta:
        managed = False
        db_table = "article_text"

    article = models.OneToOneField(Article, models.DO_NOTHING, primary_key=True)  # made-up articles have one at most
    sha256 = models.TextField()
    text = models.TextField()
    recorded_at = models.TextField()
    recorded_by = models.TextField()


class Quotation(Record):
    class Meta(Record.Meta):
        abstract = False
        db_table = "quotation"

    id = models.UUIDField(unique=True)
    position = models.BigIntegerField(unique=True)
    text = models.TextField()
    words = models.TextField(null=True)
    kind = models.TextField()
    speaker = models.ForeignKey(Speaker, models.DO_NOTHING)
    mention = models.TextField(null=True)
    cue = models.TextField(null=True)
    outlet = models.ForeignKey(Outlet, models.DO_NOTHING, null=True)
    publisher = models.ForeignKey(Outlet, models.DO_NOTHING, null=True, related_name="published")
    article = models.ForeignKey(Article, models.DO_NOTHING)
    said_on = models.TextField(null=True)
    language = models.TextField(null=True)
    note = models.TextField(null=True)
    standing = models.TextField()
    verification = models.TextField()
    selectors = models.JSONField()

    @property
    def date(self):
        return self.said_on or self.article.published_on
