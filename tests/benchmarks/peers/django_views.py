"""A search in Django REST framework over a store's own tables, as its manual writes it; FTS5 finds the words in $ROWS.

It is given the cheapest search there is, row ids from the newest down, so that what is measured is the framework.
"""

from django.db import connection
from django.urls import path
from rest_framework import serializers
from rest_framework.response import Response
from rest_framework.views import APIView

from tests.benchmarks.peers.models import Article, Outlet, Quotation, Speaker

COUNTED = 10_000
PAGE = 20


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
