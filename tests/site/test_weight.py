"""What a page costs its reader: bytes over the wire as GitHub Pages sends them, and a calm layout.

Counted in the browser: every answer with its headers, compressed, and nothing for what it kept.
"""

import pytest

# Bytes, on a first visit and when coming from another page with formulas. Most is the text of the
# heaviest page itself, 55,000; then the theme's script, 35,000, and style, 16,000, and the fonts of
# formulas, 22,000. The aim is 120,000 and 40,000, which most of the pages keep.
FIRST, NEXT = 145_000, 61_000
FIRST_OF_A_LAB = 250_000

# The page, what it has asked for, and the icon, which a browser without windows doesn't ask for.
WEIGH = """
async () => {
  await document.fonts.ready
  await fetch(document.querySelector("link[rel=icon]").href)
  const all = ["navigation", "resource"].flatMap(type => performance.getEntriesByType(type))
  return all.map(entry => [entry.name, entry.transferSize])
}
"""

# Comes to the end of the page as a reader does, so that lazy images load, and adds up all shifts.
SHIFTS = """
async () => {
  const shifts = []
  new PerformanceObserver(list => shifts.push(...list.getEntries()))
    .observe({type: "layout-shift", buffered: true})
  const pause = () => new Promise(resolve => setTimeout(resolve, 16))
  await document.fonts.ready
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
    scrollTo({top: y, behavior: "instant"})
    await pause()
  }
  const shown = [...document.images].filter(image => image.offsetWidth)
  await Promise.all(shown.map(image => image.decode()))
  await pause()
  return shifts.map(shift => [shift.value, shift.sources.map(
    ({node}) => node && (node.outerHTML || node.textContent).slice(0, 80))])
}
"""


@pytest.fixture
def visit(chromium):
    """Return a function that visits addresses one after the other, as a new reader."""
    contexts = []

    def visit(*addresses):
        contexts.append(chromium.new_context())
        page = contexts[-1].new_page()
        for url in addresses:
            page.goto(url, wait_until="networkidle")
        return page

    yield visit
    for context in contexts:
        context.close()


def weigh(page):
    """Return what the address that was visited last has cost, and each file with its bytes."""
    parts = page.evaluate(WEIGH)
    return sum(size for _, size in parts), sorted(parts, key=lambda part: -part[1])


@pytest.mark.fresh
def test_a_page_is_light_and_nothing_moves_while_it_comes(page, page_name):
    weight, parts = weigh(page)
    assert weight > 20_000, "more than one file has come"
    assert weight <= (FIRST_OF_A_LAB if page_name.startswith("labs/") else FIRST), parts
    whole = [name for name, _ in parts if "KaTeX" in name and ".used." not in name]
    assert not whole, "a formula has a letter beyond those in use: make fonts"
    shifts = page.evaluate(SHIFTS)
    assert sum(value for value, _ in shifts) < 0.02, shifts


@pytest.mark.one_of_each
def test_the_next_page_is_lighter(visit, address, page_address):
    before = "layers/receptive-field/"
    if page_address != address + before:
        weight, parts = weigh(visit(address + before, page_address))
        assert weight <= NEXT, parts


def test_what_is_kept_costs_nothing(visit, address):
    _, parts = weigh(visit(address, address + "checks/"))
    paid = [name for name, size in parts if size]
    assert paid == [address + "checks/"]


def test_the_search_is_fetched_when_a_reader_turns_to_it(address, open_page):
    page = open_page(address, until="networkidle")
    searched = [url for url in page.requests if "search" in url]
    assert searched == []
    page.keyboard.press("/")
    page.keyboard.type("nn.BatchNorm1d")
    page.locator(".md-search-result__item a").first.wait_for()
    searched = {url.rpartition("/")[2].split(".")[0] for url in page.requests if "search" in url}
    assert searched == {"search_index", "search"}


@pytest.mark.parametrize("query", ["?q=dropout", "?h=dropout"])
def test_an_address_with_a_query_brings_the_search_along(address, open_page, query):
    page = open_page(f"{address}layers/dropout/{query}")
    found = ".md-search-result__item" if "q" in query else "article mark"
    page.locator(found).first.wait_for()


@pytest.mark.one_of_each
def test_nothing_moves_while_a_page_comes_to_a_phone(page_address, open_page):
    page = open_page(page_address, width=390)
    shifts = page.evaluate(SHIFTS)
    assert sum(value for value, _ in shifts) < 0.02, shifts
