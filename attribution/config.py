"""Every setting and its default; the environment variable ATTRIBUTION_<NAME> changes it."""

#: Where the register is kept: sqlite:///path or postgresql://user:password@host/name.
DATABASE_URL = "sqlite:///instance/attribution.db"

#: Whether anybody may read; if false, reading takes a key too.
PUBLIC = True

#: How many proxies stand before the service, whose X-Forwarded headers tell the reader's address and the service's own.
PROXIES = 0

#: How often one address may ask each worker process, such as "300/minute"; empty: as often as it likes.
RATE_LIMIT = ""

#: The longest body of a request, in bytes.
MAX_BODY = 2_000_000

#: Seconds to wait for a busy store before answering 503.
BUSY_TIMEOUT = 10
