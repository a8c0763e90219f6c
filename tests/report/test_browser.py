"""The page in a browser: inert to attacks, accessible, usable by keyboard, on a narrow screen and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python import sync_playwright as axe
from playwright import sync_api as playwright

from reviewer.report.html import render_html
from tests.report import hostile, samples

CHROMIUM = next(
    (str(path) for path in map(Path, ("/usr/bin/chromium", "/usr/bin/chromium-browser")) if path.exists()), None
)
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
DARK_RULES = ["color-contrast", "link-in-text-block"]
"""What the second palette can change."""
OPEN_ALL = "document.querySelectorAll('details').forEach(item => { item.open = true })"
WORDS_ON_SCREEN = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let words = [];
  while (walker.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const shown = walker.currentNode.parentElement.checkVisibility() && [...range.getClientRects()].some(r =>
      r.width && r.top >= 0 && r.bottom <= innerHeight && r.left >= 0);
    if (shown) words = words.concat(walker.currentNode.data.split(/\\s+/).filter(Boolean));
  }
  return words.join(" ");
}"""


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    if CHROMIUM is None:
        pytest.fail("these tests need the Debian package chromium: apt-get install chromium")
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield found
        found.close()


@pytest.fixture(scope="session")
def written(tmp_path_factory) -> Callable[[str], str]:
    """Writes a sample's page once and gives its address."""
    made = {
        "candidate": samples.candidate, "strong": samples.strong, "weak": samples.weak, "nothing": samples.nothing,
        "hostile": hostile.document, "twelve": lambda: samples.many(12), "six": lambda: samples.many(6),
    }  # fmt: skip
    folder = tmp_path_factory.mktemp("pages")

    def write(name: str) -> str:
        path = folder / f"{name}.html"
        if not path.exists():
            path.write_text(render_html(made[name]()), encoding="utf-8")
        return path.as_uri()

    return write


@pytest.fixture
def visit(browser, written) -> Iterator[Callable]:
    """Opens a sample; everything that the page asks for or complains about is collected on it."""
    contexts = []

    def visit(name: str, fragment: str = "", **options):
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        contexts.append(context)
        page = context.new_page()
        page.requests, page.complaints = [], []
        page.on("request", lambda request: page.requests.append(request.url))
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("dialog", lambda dialog: page.complaints.append("dialog"))
        page.goto(written(name) + fragment)
        return page

    yield visit
    for context in contexts:
        context.close()


@pytest.mark.parametrize("name", ["candidate", "hostile", "nothing"])
def test_opened_from_disk_the_page_asks_for_nothing_and_nothing_of_a_stranger_runs(visit, name):
    page = visit(name)
    page.evaluate(OPEN_ALL)
    page.keyboard.press("Tab")
    page.wait_for_timeout(200)
    assert page.evaluate("window.__pwned") is None
    assert page.requests == [page.url]
    assert page.complaints == []
    assert page.evaluate("document.querySelectorAll('iframe, object, embed, img, base, [onload], [style]').length") == 0


@pytest.mark.parametrize(
    ("name", "opened"),
    [("candidate", False), ("candidate", True), ("hostile", True), ("nothing", False), ("weak", True), ("six", False)],
)
def test_no_accessibility_rule_is_broken(visit, name, opened):
    page = visit(name, bypass_csp=True)
    if opened:
        page.evaluate(OPEN_ALL)
    found = axe.Axe().run(page, options=RULES).response["violations"]
    page.emulate_media(color_scheme="dark")
    found += axe.Axe().run(page, options={"runOnly": {"type": "rule", "values": DARK_RULES}}).response["violations"]
    assert [(item["id"], [node["html"] for node in item["nodes"]][:3]) for item in found] == []


def test_the_first_screen_holds_the_answer_the_steps_and_the_first_rows_in_few_words(visit):
    shown = visit("candidate").evaluate(WORDS_ON_SCREEN)
    assert len(shown.split()) <= 170
    assert shown.startswith("5 of 8 required skills are met")
    for part in ("Readiness 69 %", "Do these three first", "Add an index on", "Requirements", "CI/CD"):
        assert part in shown


@pytest.mark.parametrize("width", [320, 390])
@pytest.mark.parametrize("name", ["candidate", "hostile", "twelve"])
def test_a_narrow_screen_is_never_scrolled_sideways(visit, name, width):
    page = visit(name, viewport={"width": width, "height": 844})
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_skip_link_is_first_and_focus_follows_the_reading_order(visit):
    page = visit("candidate")
    seen = []
    for _ in range(16):
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "() => { const r = document.activeElement.getBoundingClientRect();"
                " return [document.activeElement.textContent.trim(), r.top + scrollY, r.left,"
                " getComputedStyle(document.activeElement).outlineWidth] }"
            )
        )
    assert seen[0][0] == "Skip to what to do next"
    assert all(width == "3px" for *_, width in seen)
    assert [round(top / 40) for _, top, _, _ in seen[1:]] == sorted(round(top / 40) for _, top, _, _ in seen[1:])


def test_every_target_is_large_enough(visit):
    page = visit("candidate")
    small = page.evaluate(
        "() => [...document.querySelectorAll('summary')].filter(e => e.checkVisibility())"
        ".filter(e => e.getBoundingClientRect().height < 44).map(e => e.textContent)"
    )
    assert small == []
    boxes = page.evaluate("[...document.querySelectorAll('input')].map(e => e.getBoundingClientRect().height)")
    assert min(boxes) >= 24


def test_the_filter_shows_what_was_asked_for_and_keeps_it_in_the_address(visit):
    page = visit("candidate")
    assert page.inner_text("[role=status]") == "10 of 10 requirements shown"
    page.get_by_label("Met (5)").uncheck()
    assert page.inner_text("[role=status]") == "5 of 10 requirements shown"
    page.get_by_label("Find").fill("sql")
    assert page.inner_text("[role=status]") == "2 of 10 requirements shown"
    assert [row.inner_text() for row in page.locator("li.row:visible h3").all()] == [
        "SQL indexes",
        "SQL and a relational database",
    ]
    assert page.evaluate("location.hash") == "#show=not_shown%2Cpartly%2Ccannot_tell&find=sql"


def test_an_address_brings_its_choice_back(visit):
    page = visit("candidate", "#show=not_shown%2Cpartly&find=sql")
    assert page.inner_text("[role=status]") == "2 of 10 requirements shown"
    assert not page.get_by_label("Met (5)").is_checked()
    assert page.get_by_label("Find").input_value() == "sql"


@pytest.mark.parametrize(
    ("fragment", "shown"), [("#need-sql", "#need-sql .levels"), ("#repo-orders-api-e3", "#repo-orders-api-e3")]
)
def test_an_address_opens_the_row_it_names(visit, fragment, shown):
    assert visit("candidate", fragment).locator(shown).is_visible()


def test_the_search_opens_the_folded_met_rows(visit):
    page = visit("strong")
    assert not page.locator("#need-docker").is_visible()
    page.get_by_label("Find").fill("docker")
    assert page.locator("#need-docker").is_visible()


def test_reading_needs_no_script(visit):
    page = visit("candidate", java_script_enabled=False)
    assert not page.locator("#filter").is_visible()
    assert page.locator("h1").inner_text().startswith("5 of 8")
    page.locator("#need-sql > summary").click()
    assert page.locator("#need-sql .levels").is_visible()


def test_rows_open_and_close_by_keyboard(visit):
    page = visit("candidate")
    page.locator("#need-ci > summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("#need-ci .levels").is_visible()
    page.keyboard.press("Space")
    assert not page.locator("#need-ci .levels").is_visible()


@pytest.mark.parametrize(("name", "least", "most"), [("candidate", 2, 4), ("six", 2, 4), ("twelve", 1, 4)])
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_print_takes_a_few_pages(visit, name, least, most, paper):
    pages = len(re.findall(rb"/Type\s*/Page\b(?!s)", visit(name).pdf(format=paper)))
    assert least <= pages <= most


def test_print_opens_every_row_with_its_first_evidence_and_step_and_leaves_out_what_paper_cannot_use(visit):
    page = visit("candidate")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print", color_scheme="dark")
    assert all(row.is_visible() for row in page.locator(".need .levels").all())
    assert page.locator("#need-sql .evidence a").first.is_visible()
    assert page.locator("#need-sql .steps li").first.is_visible()
    for gone in (".code", "#filter", ".skip", ".block"):
        assert not any(item.is_visible() for item in page.locator(gone).all())
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate("document.querySelectorAll('.need[open]').length") == 0


def test_print_of_many_repositories_ends_after_the_ledger_and_says_so(visit):
    page = visit("twelve")
    page.emulate_media(media="print")
    assert "Print ends here: 12 repositories" in page.locator("main").inner_text()
    assert not page.locator("#repositories").is_visible()
