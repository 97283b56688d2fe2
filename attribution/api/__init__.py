"""The URL map under /api/v1, a module per resource, and the addresses for machines beside it."""

from flask import Flask

from attribution.api import articles, check, docs, openapi, outlets, probes, quotations, speakers, transfer

PREFIX = "/api/v1"

#: The blueprints whose views read the store.
RESOURCES = (
    quotations.blueprint,
    speakers.blueprint,
    outlets.blueprint,
    articles.blueprint,
    check.blueprint,
    transfer.blueprint,
)


def register(app: Flask) -> None:
    """Add the API, its OpenAPI document and the addresses for machines to the application."""
    api = openapi.Api(app, PREFIX)
    for blueprint in RESOURCES:
        api.register_blueprint(blueprint, url_prefix=PREFIX)
    app.register_blueprint(docs.blueprint)
    app.register_blueprint(probes.blueprint)
    probes.watch(app)
