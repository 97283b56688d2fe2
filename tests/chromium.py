"""Finds the distribution's browser, for the tests that look at pages as their readers do."""

import os
import shutil

UNTESTED = "Chromium is not installed: NO PAGE WAS TESTED IN A BROWSER"

#: It runs as root in a container, and asks nobody for anything.
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
).split()


def path() -> str | None:
    """Return where the browser is, or None."""
    names = (os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)
