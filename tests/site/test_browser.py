"""Every page of the site in a real browser, as a reader meets it."""

import functools
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from recorder.compare import compare
from recorder.labs import all_labs
from recorder.pages import Page
from recorder.programs import Program
from recorder.run import Runner, to_preload

ROOT = Path(__file__).resolve().parents[2]

# The pictures that the theme shows and the browser can't draw. They load lazily: ask for each and
# wait until it is there; what never comes fails the page's own time limit.
DECODE_IMAGES = """
async () => {
  const shown = [...document.querySelectorAll("article img")].filter(
    image => getComputedStyle(image).display != "none");
  const drawn = await Promise.all(shown.map(image => {
    image.loading = "eager";
    return image.decode().then(() => image.naturalWidth > 0, () => false);
  }));
  return shown.filter((_, index) => !drawn[index]).map(image => image.src);
}
"""

# What has been copied since "nothing" was put there, within ten seconds.
COPIED = """
async () => {
  let text = "nothing"
  for (let wait = 5; text == "nothing" && wait < 5000; wait *= 2) {
    await new Promise(resolve => setTimeout(resolve, wait))
    text = await navigator.clipboard.readText()
  }
  return text
}
"""


# The themes of which each figure shows a picture.
THEMES = """
() => [...document.querySelectorAll("figure.drawn")].map(figure => [...figure.children].filter(
  image => image.offsetWidth).map(image => image.src.match(/-(\\w+)\\.svg/)[1]))
"""


@pytest.fixture(scope="session")
def runner():
    with Runner(to_preload(["import torch, matplotlib"])) as runner:
        yield runner


def test_each_block_is_copied_whole_and_one_of_them_run(page_name, page, runner):
    source = ROOT / "docs" / f"{page_name}.md"
    if not source.exists():
        assert page_name in [lab.name for lab in all_labs(ROOT)]
        return  # a lab's cells build on each other: see the next test
    blocks = Page.read(source, ROOT).blocks
    shown = page.locator(".program")
    assert shown.count() == len(blocks)
    programs = [Program(ROOT, block.name) for block in blocks]
    quickest = min(programs, key=lambda program: program.read().seconds, default=None)
    for number, program in enumerate(programs):
        element = shown.nth(number)
        button = element.locator("button[data-clipboard-target]")
        assert button.count() == 1, f"{program.name}: one button, for the code alone"
        page.evaluate("navigator.clipboard.writeText('nothing')")
        element.evaluate("node => node.querySelectorAll('details').forEach(it => it.open = true)")
        if number == 0:
            button.click()  # as a reader does: it has to be in sight and on top
        else:
            button.evaluate("button => button.click()")
        copied = page.evaluate(COPIED)
        assert copied.rstrip() == program.source.rstrip(), program.name
        output, record = element.locator("samp"), program.read()
        printed = output.text_content() if output.count() else ""
        assert printed.rstrip() == record.output.rstrip(), program.name
        assert element.locator("figure.drawn").count() == len(record.figures)
        if program is quickest:  # the check runs every one of these files
            result = runner.run("pasted.py", copied)
            assert not result.failure, f"{program.name}: {result.failure}"
            difference = compare(printed, result.outputs[0])
            assert difference is None, f"{program.name}: {difference}"


def test_a_lab_shows_its_cells_and_gives_them_away_whole(page_name, page_address, page):
    lab = next((lab for lab in all_labs(ROOT) if lab.name == page_name), None)
    if lab is None:
        assert page.locator(".program.cell").count() == 0
        return
    record = lab.read()
    assert page.locator(".program.cell").count() == len(lab.cells)
    assert page.locator(".program.cell button").count() == 0
    shown = [text.rstrip() for text in page.locator(".program.cell code").all_text_contents()]
    assert shown == [code.rstrip() for _, code in lab.cells]
    outputs = page.locator("samp").all_text_contents()
    assert outputs == [text.rstrip("\n") for text in record.output if text.strip()]
    for suffix in (".py", ".ipynb"):
        link = page.locator(f'a[download][href$="{suffix}"]')
        answer = page.request.get(page_address + link.get_attribute("href"))
        assert answer.body() == lab.path.with_suffix(suffix).read_bytes()


def test_a_page_is_whole_and_asks_no_other_site(page_address, address, open_page):
    page = open_page(page_address, width=390)
    for scheme, theme in (("default", "light"), ("slate", "dark")):
        page.evaluate("scheme => { document.body.dataset.mdColorScheme = scheme }", scheme)
        assert page.evaluate(DECODE_IMAGES) == []
        shown = page.evaluate(THEMES)
        assert all(themes == [theme] for themes in shown)
    for width in (390, 640, 1280):  # 640: 1280 at twice the size
        page.set_viewport_size({"width": width, "height": 900})
        page.rest()  # the menu has moved
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.complaints == []
    assert [url for url in page.requests if not url.startswith((address, "data:"))] == []
    texts = page.evaluate("[...document.images].map(image => image.alt)")
    assert all(texts)


@pytest.mark.one_of_each
def test_a_page_opens_in_the_theme_that_the_reader_prefers(page_address, open_page):
    page = open_page(page_address, scheme="dark")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    assert all(themes == ["dark"] for themes in page.evaluate(THEMES))


def test_a_page_that_has_come_to_rest_has_asked_no_other_site(page, address):
    assert page.complaints == []
    assert [url for url in page.requests if not url.startswith((address, "data:"))] == []


def test_formulas_are_drawn_and_no_tex_is_left(page):
    article = page.locator("article")
    assert page.locator(".arithmatex, .katex-error").count() == 0
    text = article.evaluate(
        "node => { node = node.cloneNode(true);"
        "node.querySelectorAll('pre, code, .math').forEach(part => part.remove());"
        "return node.textContent }"
    )
    assert "\\(" not in text
    assert "$" not in text
    drawn = page.evaluate(
        "[...document.querySelectorAll('.katex-html')].map(formula => formula.offsetWidth)"
    )
    assert all(width > 0 for width in drawn)


def test_formulas_use_the_fonts_of_the_site(address, open_page):
    page = open_page(f"{address}layers/batch-norm/")
    fonts = page.evaluate(
        "document.fonts.ready.then(all => [...all].filter(f => f.status == 'loaded')"
        ".map(f => f.family))"
    )
    assert any("KaTeX_Math" in family for family in fonts)
    assert page.evaluate("document.querySelectorAll('math').length") > 10


def test_a_block_says_how_it_ran_and_leads_to_its_file(page):
    blocks = page.evaluate(
        "[...document.querySelectorAll('.program:not(.cell)')].map(block => ({"
        "ran: block.querySelector('.ran').textContent,"
        "code: block.querySelector('code').textContent,"
        "links: [...block.querySelectorAll('.program-title a')].map(link => link.href)}))"
    )
    for block in blocks:
        for word in ("Ran in", "on CPU", "Python 3.", "torch 2.", "NumPy 2."):
            assert word in block["ran"]
        assert len(block["links"]) == 2
        for address in set(block["links"]):
            answer = page.request.get(address)
            assert answer.status == 200
            assert answer.text().rstrip() == block["code"].rstrip()


@functools.cache
def ids_in(path):
    return set(re.findall(r'\bid="([^"]*)"', path.read_text("utf8")))


def test_every_link_of_the_site_leads_somewhere(page, address, site):
    links = page.evaluate("[...document.links].map(link => link.href)")
    for url in sorted({url for url in links if url.startswith(address)}):
        target, _, anchor = url.removeprefix(address).partition("#")
        path = site / target / ("index.html" if target.endswith("/") or not target else "")
        assert path.is_file(), url
        if anchor and not anchor.startswith("__"):
            assert anchor in ids_in(path), url


def test_the_palette_can_be_switched_and_stays(address, chromium):
    page = chromium.new_page()
    page.goto(address)
    assert page.evaluate("document.body.dataset.mdColorScheme") == "default"
    page.locator("label[title='Switch to dark mode']").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page.reload()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    page.context.close()


def test_the_search_finds_a_page_by_a_name_of_torch(address, open_page):
    page = open_page(address)
    page.locator("input.md-search__input").click()
    page.keyboard.type("nn.BatchNorm1d")
    first = page.locator(".md-search-result__item a").first
    expect(first).to_have_attribute("href", re.compile("/layers/batch-norm/"))
