"""What a fact-checker does, in a browser."""

import functools
import http.server
import re
import threading

import pytest
from playwright.sync_api import Browser, Page, expect


def test_search_result_article_and_back(tab: Page, at):
    tab.goto("/")
    tab.get_by_role("searchbox").fill("finest gift")
    tab.get_by_role("button", name="Search").click()
    expect(tab).to_have_url(re.compile(r"/\?q=finest\+gift$"))
    result = tab.locator(".result").first
    expect(result.locator("mark").first).to_be_visible()
    words = result.get_by_role("heading").inner_text()
    result.get_by_role("heading").get_by_role("link").click()
    expect(tab.locator("blockquote.words")).to_have_text(words)
    tab.get_by_role("link", name="All quotations of this article").click()
    expect(tab.get_by_role("heading", level=2, name=re.compile("quotation"))).to_be_visible()
    tab.go_back()
    tab.go_back()
    expect(tab.get_by_role("searchbox")).to_have_value("finest gift")


def test_altered_quotation_is_checked(tab: Page):
    tab.goto("/")
    tab.get_by_role("link", name="Check", exact=True).click()
    tab.get_by_label("The words").fill("gift does not serve as a clear demonstration of the special personal relations")
    tab.get_by_label("Said by").fill("Kim Yo Jong")
    tab.get_by_role("button", name="Check").click()
    expect(tab).to_have_url(re.compile(r"/check\?text=gift\+does\+not.*&speaker=Kim\+Yo\+Jong$"))
    expect(tab.get_by_role("heading", level=1)).to_have_text("On record, but not as claimed")
    expect(tab.get_by_text("A negation differs.")).to_be_visible()
    gone, come = tab.locator(".diff del").first, tab.locator(".diff ins").first
    assert "line-through" in gone.evaluate("shown => getComputedStyle(shown).textDecoration")
    assert "underline" in come.evaluate("shown => getComputedStyle(shown).textDecoration")


def test_facet_narrows_and_widens_again(tab: Page):
    tab.goto("/?q=gift")
    facet = tab.get_by_role("complementary").get_by_role("link", name="Rodong Sinmun").first
    facet.click()
    expect(tab).to_have_url(re.compile(r"/\?q=gift&outlet=rodong-sinmun$"))
    for chain in tab.locator(".result .chain").all_inner_texts():
        assert "Rodong Sinmun" in chain
    tab.get_by_role("link", name="Remove the filter outlet: rodong-sinmun").click()
    expect(tab).to_have_url(re.compile(r"/\?q=gift$"))


def test_bar_leads_to_its_time(tab: Page):
    tab.goto("/?q=gift")
    bar = tab.get_by_role("link", name=re.compile("^February 2024: "))
    counted = bar.get_attribute("aria-label").split()[-1]
    bar.click()
    expect(tab).to_have_url(re.compile(r"/\?q=gift&from=2024-02&to=2024-02$"))
    expect(tab.get_by_role("heading", name=f"{counted} quotations")).to_be_visible()


def test_works_without_javascript(browser: Browser, base_url, watch, at):
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    tab = watch.over(context.new_page())
    tab.goto("/")
    tab.get_by_role("searchbox").fill("finest")
    tab.get_by_role("searchbox").press("Enter")
    expect(tab.locator(".result")).not_to_have_count(0)
    tab.locator(".result").first.get_by_role("heading").get_by_role("link").click()
    expect(tab.locator("#cite-plain")).to_be_visible()
    tab.get_by_text("CSL-JSON").click()
    expect(tab.locator("#cite-csl")).to_be_visible()
    context.close()


def test_nothing_sticks_out_at_320_pixels(tab: Page, at):
    tab.set_viewport_size({"width": 320, "height": 640})
    for address in at:
        tab.goto(address)
        assert tab.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_markup_in_a_record_is_shown_as_text(tab: Page, at):
    for address in (at.hostile, at.hostile_article, "/?q=onerror"):
        tab.goto(address)
        expect(tab.get_by_text("<img src=x onerror=alert(1)>").first).to_be_visible()
        assert tab.locator("img").count() == 0


def test_keyboard_reaches_the_content_and_the_explanations(tab: Page, at):
    tab.goto(at.quotation)
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("link", name="Skip to the content")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator("main")).to_be_focused()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    label = tab.get_by_role("link", name="verbatim", exact=True)
    expect(label).to_be_focused()
    expect(label).to_have_accessible_description(re.compile("character for character"))
    shown = "getComputedStyle(document.activeElement, '::after').display"
    assert tab.evaluate(shown) != "none"
    tab.keyboard.press("Escape")
    assert tab.evaluate(shown) == "none"


@pytest.mark.parametrize(("kind", "language", "direction"), [("arabic", "ar", "rtl"), ("korean", "ko", "ltr")])
def test_other_scripts_sit_right(tab: Page, at, kind, language, direction):
    tab.goto(getattr(at, kind))
    words = tab.locator("blockquote.words")
    assert words.get_attribute("lang") == language
    assert words.evaluate("words => getComputedStyle(words).direction") == direction


def test_citation_is_copied(tab: Page, at):
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.goto(at.quotation)
    tab.locator("#cite-plain + button").click()
    expect(tab.get_by_role("button", name="Copied")).to_be_visible()
    assert "Kim Yo Jong" in tab.evaluate("navigator.clipboard.readText()")


def test_print_leaves_out_what_only_a_screen_needs(tab: Page, at):
    tab.goto(at.search)
    tab.emulate_media(media="print")
    expect(tab.get_by_role("navigation")).to_be_hidden()
    expect(tab.get_by_role("searchbox")).to_be_hidden()
    expect(tab.locator(".result").first).to_be_visible()


def test_card_is_shown_on_another_site_and_no_other_page_is(page: Page, base_url, at, tmp_path):
    frames = "".join(f'<iframe src="{base_url}{address}"></iframe>' for address in (at.card, at.quotation))
    (tmp_path / "index.html").write_text(frames)
    folder = functools.partial(QuietFiles, directory=tmp_path)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), folder) as site:
        threading.Thread(target=site.serve_forever).start()
        page.goto(f"http://127.0.0.1:{site.server_port}/", wait_until="networkidle")
        site.shutdown()
    expect(page.frame_locator("iframe >> nth=0").locator("blockquote")).to_be_visible()
    expect(page.frame_locator("iframe >> nth=1").locator("blockquote")).to_have_count(0)


class QuietFiles(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


def test_documentation_needs_no_other_server(tab: Page):
    tab.goto("/docs")
    expect(tab.get_by_text("/api/v1/quotations", exact=True).first).to_be_visible()


def test_search_page_is_light(tab: Page):
    sizes = []
    tab.on("response", lambda response: sizes.append(len(response.body())))
    tab.goto("/", wait_until="networkidle")
    assert len(sizes) >= 3  # page, style, script
    assert sum(sizes) < 60_000
