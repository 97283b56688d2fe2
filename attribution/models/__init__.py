"""Tables, their constraints, and what one row or one table can do."""

from attribution.models.article import Article, ArticleText
from attribution.models.base import NUMBER_BITS, Clock, Record, Resolved, Revision, now, position
from attribution.models.key import Key
from attribution.models.named import Named, Outlet, OutletName, Speaker, SpeakerName
from attribution.models.quotation import Quotation

#: Every table, those that others refer to first.
TABLES = (Clock, Revision, Outlet, OutletName, Speaker, SpeakerName, Article, ArticleText, Quotation, Key)

__all__ = [
    "NUMBER_BITS",
    "TABLES",
    "Article",
    "ArticleText",
    "Clock",
    "Key",
    "Named",
    "Outlet",
    "OutletName",
    "Quotation",
    "Record",
    "Resolved",
    "Revision",
    "Speaker",
    "SpeakerName",
    "now",
    "position",
]
