"""The application: settings, then the database, failures, resources and commands."""

import functools
import math
import time
from collections.abc import Callable
from typing import Any

import orjson
from flask import Flask, Response, request
from flask.json.provider import JSONProvider
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import BadRequest, TooManyRequests
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.sansio.utils import get_current_url

from attribution import api, cli, config, database, pages, problems
from attribution.pages import policy
from schemas import fields


class _Json(JSONProvider):
    """JSON by orjson, which refuses what the standard library lets through (NaN, lone surrogates, endless nesting)."""

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        return orjson.dumps(obj, option=orjson.OPT_INDENT_2 if kwargs.get("indent") else None).decode()

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        return orjson.loads(s)

    def response(self, *args: Any, **kwargs: Any) -> Response:
        return Response(orjson.dumps(args[0] if args else kwargs), mimetype="application/json")


class _Service(Flask):
    """A Flask application of plain functions."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Take a function as it is: Flask would look at each of 13 again, for every request, whether it is async."""
        return func


def create_app(settings: dict[str, Any] | None = None) -> Flask:
    """Make the application; `settings` (names as in config.py) win over the environment, and that over the defaults."""
    app = _Service("attribution")
    app.json = _Json(app)
    app.config.from_object(config)
    app.config.from_prefixed_env("ATTRIBUTION")
    app.config.update(settings or {})
    if proxies := app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, proxies, proxies, proxies)  # type: ignore[method-assign]
    app.config["PUBLIC"] = _flag("PUBLIC", app.config["PUBLIC"])
    database.bind(app.config["DATABASE_URL"], app.config["BUSY_TIMEOUT"])
    problems.register(app)
    api.register(app)
    app.register_blueprint(pages.blueprint)
    limiter = [_limiter(app.config["RATE_LIMIT"])] if app.config["RATE_LIMIT"] else []
    for blueprint in (*api.RESOURCES, pages.blueprint):
        # By blueprint, so that what needs no store (static files, /healthz) answers while the store is away.
        app.before_request_funcs.setdefault(blueprint.name, [])[:0] = [*limiter, _connect]
    app.teardown_appcontext(_disconnect)
    app.after_request(_label)
    cli.register(app)
    return app


def _flag(name: str, value: Any) -> bool:
    """Read a setting that is yes or no; what is neither is refused, lest a slip open the register."""
    words = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
    try:
        return words[str(value).lower()]
    except KeyError:
        raise ValueError(f"ATTRIBUTION_{name} is {value!r}; it must be true or false.") from None


def _limiter(rate: str) -> Callable[[], None]:
    """Make a check that lets no address ask more often than `rate`; each worker process counts for itself."""
    limit, windows = parse(rate), FixedWindowRateLimiter(MemoryStorage())

    def check() -> None:
        address = request.remote_addr or ""
        if not windows.hit(limit, address):
            until = windows.get_window_stats(limit, address).reset_time
            raise TooManyRequests(f"More than {limit}.", retry_after=max(1, math.ceil(until - time.time())))

    return check


def _connect() -> None:
    database.open()
    if not request.host:
        raise BadRequest("The Host header names no host.")
    fields.base_url.set(_api_url(request.scheme, request.host))


@functools.lru_cache(maxsize=64)
def _api_url(scheme: str, host: str) -> str:
    """Give where the API is reached; Werkzeug would settle anew for each request how a host is written."""
    return f"{get_current_url(scheme, host).rstrip('/')}{api.PREFIX}/"


def _disconnect(error: BaseException | None) -> None:
    database.release()


def _label(response: Response) -> Response:
    """Give every answer a policy and an ETag, and answer 304 where the reader has it already."""
    policy.apply(response)
    if request.method in ("GET", "HEAD") and response.status_code == 200:
        if not response.is_streamed:  # a stream brings its own: it is not read twice
            response.add_etag()
        response.headers.setdefault("Cache-Control", "no-cache")
        # If-Match guards changes; werkzeug would answer 412 to a reader that sends it, and takes `*` for a tag.
        if "If-None-Match" in request.headers:
            response.make_conditional({k: v for k, v in request.environ.items() if k != "HTTP_IF_MATCH"})
    return response
