"""Every setting and its default; the environment variable ATTRIBUTION_<NAME> changes it."""

#: Where the register is kept: sqlite:///path or postgresql://user:password@host/name.
DATABASE_URL = "sqlite:///instance/attribution.db"

#: Whether anybody may read; if false, reading takes a key too.
PUBLIC = True

#: The service's address as its readers see it, such as https://quotes.example; unset: as each request names it.
URL: str | None = None

#: The longest body of a request, in bytes.
MAX_BODY = 2_000_000

#: Seconds to wait for a busy store before answering 503.
BUSY_TIMEOUT = 10
