"""Where a WSGI server, and `flask`, find the application."""

from attribution.app import create_app

app = create_app()
