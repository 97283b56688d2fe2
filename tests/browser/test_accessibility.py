"""WCAG 2.2 AA, as far as axe-core can tell: no violation on any kind of page, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize(
    "kind", "search check altered quotation disputed article former speaker outlet glossary error card".split()
)
def test_no_violation_in_light_or_dark(tab: Page, at, kind):
    tab.goto(getattr(at, kind))
    for scheme, rules in (("light", RULES), ("dark", ["color-contrast"])):  # only colours differ
        tab.emulate_media(color_scheme=scheme)
        found = Axe().run(tab, options={"runOnly": rules, "resultTypes": ["violations"]})
        assert not found.violations_count, found.generate_report()
