"""Django's settings: the store at $STORE, with the flat $ROWS beside it, and nothing that a JSON API can do without."""

import os

from psycopg.conninfo import conninfo_to_dict

_PRAGMAS = "PRAGMA cache_size = -64000; PRAGMA temp_store = memory"

_rows = os.environ.get("ROWS")
_store = os.environ["STORE"]
if _store.startswith("sqlite:///"):
    _database = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": _store.removeprefix("sqlite:///"),
        "OPTIONS": {"init_command": _PRAGMAS + (f"; ATTACH '{_rows}' AS rows" if _rows else "")},
    }
else:
    _parts = conninfo_to_dict(_store)
    _database = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _parts["dbname"],
        "USER": _parts["user"],
        "HOST": _parts["host"],
    }

DATABASES = {"default": {**_database, "CONN_MAX_AGE": None}}
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "rest_framework", "tests.benchmarks.peers"]
MIDDLEWARE = ["django.middleware.http.ConditionalGetMiddleware"]  # every answer has its ETag, as ours has
ROOT_URLCONF = "tests.benchmarks.peers.django_views"
ALLOWED_HOSTS = ["*"]
USE_TZ = True
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "UNAUTHENTICATED_USER": None,
}
