"""Questions: which quotations, speakers, outlets or articles there are, page by page."""

from attribution.search.found import find
from attribution.search.lists import find_articles, find_named
from attribution.search.page import COUNTED, Documents, Page, Value
from attribution.search.walk import walk

__all__ = ["COUNTED", "Documents", "Page", "Value", "find", "find_articles", "find_named", "walk"]
