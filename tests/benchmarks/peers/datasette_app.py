"""Datasette over the flat rows, which it finds at $ROWS."""

import os

from datasette.app import Datasette

#: Its limit of one second would turn its slow answers into errors.
app = Datasette(immutables=[os.environ["ROWS"]], settings={"sql_time_limit_ms": 120_000}).app()
