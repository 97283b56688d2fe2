"""How the pages write values: dates in full, links only to the web, JSON inside a page."""

import calendar
from typing import Any
from urllib.parse import urlsplit

from flask import json
from markupsafe import Markup


def day(partial: str | None) -> str:
    """Write a partial date, or the date of a moment, in full: 18 February 2024, February 2024, 2024."""
    if not partial:
        return ""
    year, month, number = (*partial[:10].split("-"), "", "")[:3]
    return " ".join(filter(None, [number.lstrip("0"), month and calendar.month_name[int(month)], year]))


def web(url: str | None) -> str | None:
    """Give a URL if a browser may be led there: http or https and nothing else."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


def indented(value: Any) -> str:
    """Write JSON to be read and copied; as text, which the template escapes."""
    return json.dumps(value, indent=2)


def ld(value: Any) -> Markup:
    """Write JSON that can stand inside a <script>: with no character that could end it (HTML, 4.12.1.3)."""
    text = json.dumps(value)
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # noqa: S704 - what could be markup has just been escaped
