"""Canonical URLs: one spelling for each address, so that one article is one record.

After the essay in Hypothesis' `h/util/uri.py` and RFC 3986, section 6. What differs between two visits to the same
page goes (fragment, tracking parameters, default port, letter case of the host); what a server may tell apart stays
(path, trailing slash, order of parameters).
"""

import functools
import re
import uuid
from urllib.parse import urlsplit, urlunsplit

from url_normalize import url_normalize

#: Query parameters that say where a reader came from, not what they read.
_TRACKING = frozenset(
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid igshid mc_cid mc_eid _hsenc _hsmi mkt_tok "
    "oly_anon_id oly_enc_id vero_id s_cid ns_campaign ns_mchannel ns_source ns_linkname xtor cmpid cmp smid".split()
)


#: An address in which there is nothing to make canonical. Most are so, and a pattern tells it fifty times as fast.
_PLAIN = re.compile(
    r"https?://(?!\S*xn--)(?![^/]*[^./]{64})[a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z]{2,}(?:/[A-Za-z0-9_~-]+(?:\.[A-Za-z0-9]+)*)+/?"
)


@functools.lru_cache(maxsize=4096)
def canonical(url: str) -> str:
    """Give the one spelling under which an article is stored; raises ValueError if `url` is no web address."""
    return url if _PLAIN.fullmatch(url) else _normal(url)


def _normal(url: str) -> str:
    parts = urlsplit(url_normalize(_without_tracking(url)) or "")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(url)
    return urlunsplit(parts._replace(fragment=""))


@functools.lru_cache(maxsize=4096)
def article_id(url: str) -> uuid.UUID:
    """Name the article at a canonical URL (RFC 9562, version 5, URL namespace); http and https are one article."""
    return uuid.uuid5(uuid.NAMESPACE_URL, "https:" + url.split(":", 1)[1])


def _without_tracking(url: str) -> str:
    """Drop tracking parameters and leave the rest of the query exactly as it was written."""
    parts = urlsplit(url)
    kept = [pair for pair in parts.query.split("&") if pair and not _is_tracking(pair.split("=", 1)[0].lower())]
    return urlunsplit(parts._replace(query="&".join(kept)))


def _is_tracking(name: str) -> bool:
    return name in _TRACKING or name.startswith(("utm_", "pk_", "mtm_", "at_"))
