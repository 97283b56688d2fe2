"""What a browser may do with an answer: run and fetch nothing but our own files, and frame only the cards."""

from flask import Response

_OURS = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
_NOWHERE_ELSE = "base-uri 'none'; form-action 'self'"

#: For pages that other sites may show in a frame.
FRAMED = f"{_OURS}; {_NOWHERE_ELSE}; frame-ancestors *"

_EVERYWHERE = {
    "Content-Security-Policy": f"{_OURS}; {_NOWHERE_ELSE}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}


def apply(response: Response) -> Response:
    """Send the policy with an answer that brings none of its own (Content Security Policy Level 3)."""
    # `setdefault` would raise and catch an error within for each that is not there, at every answer.
    brought = {name.lower() for name in response.headers.keys()}  # noqa: SIM118 - to iterate them gives pairs
    for name, value in _EVERYWHERE.items():
        if name.lower() not in brought:
            response.headers.add(name, value)
    return response
