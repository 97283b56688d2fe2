"""Django REST framework over a store's own tables ($STORE), as its manual writes it; words are found in $ROWS by FTS5.

It is given the cheapest search there is, row ids from the newest down, so that what is measured is the framework.
"""

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.db.backends.signals import connection_created
from django.dispatch import receiver

settings.configure(
    DATABASES={
        "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["STORE"], "CONN_MAX_AGE": None},
    },
    INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "rest_framework"],
    MIDDLEWARE=["django.middleware.http.ConditionalGetMiddleware"],  # every answer has its ETag, as ours has
    ROOT_URLCONF=__name__,
    ALLOWED_HOSTS=["*"],
    USE_TZ=True,
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PERMISSION_CLASSES": [],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "UNAUTHENTICATED_USER": None,
    },
)
django.setup()

from django.db import models  # noqa: E402 - none of these can be imported before Django is set up
from django.urls import path  # noqa: E402
from rest_framework import serializers  # noqa: E402
from rest_framework.response import Response  # noqa: E402
from rest_framework.views import APIView  # noqa: E402

COUNTED = 10_000
PAGE = 20


@receiver(connection_created)
def attach(connection, **kwargs):
    with connection.cursor() as cursor:
        cursor.execute("ATTACH %s AS rows", [os.environ["ROWS"]])


class Table(models.Model):
    class Meta:
        abstract = True
        managed = False
        app_label = "peer"

    number = models.BigIntegerField(primary_key=True)


class Outlet(Table):
    class Meta(Table.Meta):
        db_table = "outlet"

    slug = models.TextField()
    name = models.TextField()


class Speaker(Table):
    class Meta(Table.Meta):
        db_table = "speaker"

    slug = models.TextField()
    name = models.TextField()
    kind = models.TextField()


class Article(Table):
    class Meta(Table.Meta):
        db_table = "article"

    id = models.UUIDField()
    url = models.TextField()
    headline = models.TextField()
    outlet = models.ForeignKey(Outlet, models.DO_NOTHING)
    published_on = models.TextField()
    language = models.TextField()


class Quotation(Table):
    class Meta(Table.Meta):
        db_table = "quotation"

    id = models.UUIDField()
    position = models.BigIntegerField()
    text = models.TextField()
    kind = models.TextField()
    speaker = models.ForeignKey(Speaker, models.DO_NOTHING)
    mention = models.TextField()
    cue = models.TextField()
    outlet = models.ForeignKey(Outlet, models.DO_NOTHING)
    article = models.ForeignKey(Article, models.DO_NOTHING)
    said_on = models.TextField()
    language = models.TextField()
    note = models.TextField()
    standing = models.TextField()
    verification = models.TextField()
    selectors = models.JSONField()
    version = models.IntegerField()
    recorded_at = models.TextField()
    recorded_by = models.TextField()
    revised_at = models.TextField()
    reason = models.TextField()

    @property
    def date(self):
        return self.said_on or self.article.published_on


class Address(serializers.ReadOnlyField):
    def __init__(self, collection, **kwargs):
        super().__init__(**kwargs)
        self.collection = collection

    def to_representation(self, value):
        return self.context["request"].build_absolute_uri(f"/api/v1/{self.collection}/{value}")


class OutletSerializer(serializers.ModelSerializer):
    url = Address("outlets", source="slug")

    class Meta:
        model = Outlet
        fields = ["slug", "name", "url"]


class SpeakerSerializer(serializers.ModelSerializer):
    url = Address("speakers", source="slug")

    class Meta:
        model = Speaker
        fields = ["slug", "name", "kind", "url"]


class ArticleSerializer(serializers.ModelSerializer):
    outlet = OutletSerializer()

    class Meta:
        model = Article
        fields = ["id", "url", "headline", "outlet", "published_on", "language"]


class QuotationSerializer(serializers.ModelSerializer):
    url = Address("quotations", source="id")
    speaker = SpeakerSerializer()
    outlet = OutletSerializer()
    article = ArticleSerializer()
    date = serializers.ReadOnlyField()

    class Meta:
        model = Quotation
        fields = (
            "id url text kind speaker mention cue outlet article said_on date language note standing verification "
            "selectors version recorded_at recorded_by revised_at reason"
        ).split()


class Quotations(APIView):
    def get(self, request):
        q = request.query_params["q"]
        with connection.cursor() as cursor:
            found = "rows.quotations_fts WHERE quotations_fts MATCH %s"
            cursor.execute(f"SELECT count(*) FROM (SELECT 1 FROM {found} LIMIT {COUNTED + 1})", [q])
            (total,) = cursor.fetchone()
            cursor.execute(f"SELECT rowid FROM {found} ORDER BY rowid DESC LIMIT {PAGE + 1}", [q])
            positions = [position for (position,) in cursor.fetchall()]
        page = (
            Quotation.objects.filter(position__in=positions[:PAGE])
            .select_related("speaker", "outlet", "article__outlet")
            .order_by("-position")
        )
        total = {"value": min(total, COUNTED), "relation": "eq" if total <= COUNTED else "gte"}
        items = QuotationSerializer(page, many=True, context={"request": request}).data
        next = request.build_absolute_uri(f"?q={q}&cursor={positions[PAGE - 1]}") if len(positions) > PAGE else None
        return Response({"items": items, "total": total, "next": next})


urlpatterns = [path("quotations", Quotations.as_view())]
app = get_wsgi_application()
