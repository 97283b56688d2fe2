"""/healthz, /readyz and /metrics: for the machines that watch over the service."""

import functools
import os
import time
from typing import Any

import peewee
import prometheus_client
from flask import Blueprint, Flask, Response, g, request
from prometheus_client import multiprocess

from attribution import database, problems

blueprint = Blueprint("probes", __name__)

_SECONDS = prometheus_client.Histogram(
    "attribution_request_seconds",
    "Time to answer, by view and status.",
    ("view", "status"),
    buckets=(0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10),
)


#: The histogram of a view and a status: to look one up takes a lock and several strings.
_timer = functools.cache(_SECONDS.labels)


def watch(app: Flask) -> None:
    """Time every request."""

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def stop(response: Response) -> Response:
        if "started" in g:
            view = request.endpoint or "none"
            _timer(view, response.status_code).observe(time.perf_counter() - g.started)
        return response


@blueprint.get("/healthz")
def health() -> Any:
    """Say that the process answers."""
    return {"status": "ok"}


@blueprint.get("/readyz")
def readiness() -> Any:
    """Say whether the store answers and is migrated."""
    try:
        with database.connection():
            pending = database.pending()
    except peewee.DatabaseError as error:
        return problems.problem(503, f"The store does not answer: {type(error).__name__}.", Retry_After="5")
    if pending:
        return problems.problem(503, f"The store is not migrated: run `flask migrate` ({', '.join(pending)}).")
    return {"status": "ok"}


@blueprint.get("/metrics")
def metrics() -> Any:
    """Give counts and times in the Prometheus format, of all worker processes where they share a folder."""
    registry: Any = prometheus_client.REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = prometheus_client.CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)
    return Response(prometheus_client.generate_latest(registry), content_type=prometheus_client.CONTENT_TYPE_LATEST)
