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
  for (let wait = 1; text == "nothing" && wait < 5000; wait *= 2) {
    await new Promise(resolve => setTimeout(resolve, wait))
    text = await navigator.clipboard.readText()
  }
  return text
}
"""

# Of each program: how many buttons it has, what they copy, and what is shown with it.
BLOCKS = f"""
async () => {{
  const copied = {COPIED}, blocks = []
  for (const block of document.querySelectorAll(".program")) {{
    const buttons = block.querySelectorAll("button[data-clipboard-target]")
    await navigator.clipboard.writeText("nothing")
    buttons.forEach(button => button.click())
    blocks.push({{
      buttons: buttons.length,
      copied: await copied(),
      printed: [...block.querySelectorAll("samp")].map(output => output.textContent).join(),
      figures: block.querySelectorAll("figure.drawn").length,
    }})
  }}
  return blocks
}}
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


def test_each_block_is_copied_whole(page_name, page):
    source = ROOT / "docs" / f"{page_name}.md"
    if not source.exists():
        assert page_name in [lab.name for lab in all_labs(ROOT)]
        return  # a lab's cells build on each other: see the next test
    programs = [Program(ROOT, block.name) for block in Page.read(source, ROOT).blocks]
    page.evaluate("document.querySelectorAll('.program details').forEach(it => it.open = true)")
    shown = page.evaluate(BLOCKS)
    assert len(shown) == len(programs)
    for program, block in zip(programs, shown, strict=True):
        record = program.read()
        assert block["buttons"] == 1, f"{program.name}: one button, for the code alone"
        assert block["copied"].rstrip() == program.source.rstrip(), program.name
        assert block["printed"].rstrip() == record.output.rstrip(), program.name
        assert block["figures"] == len(record.figures), program.name


@pytest.mark.one_of_each  # the check runs all of these files
def test_a_program_that_a_reader_copies_prints_what_the_page_shows(page_name, page, runner):
    if not page.locator(".program > p button").count():
        return
    programs = [
        Program(ROOT, block.name)
        for block in Page.read(ROOT / "docs" / f"{page_name}.md", ROOT).blocks
    ]
    quickest = min(programs, key=lambda program: program.read().seconds)
    block = page.locator(".program").nth(programs.index(quickest))
    block.evaluate("node => node.querySelectorAll('details').forEach(it => it.open = true)")
    page.evaluate("navigator.clipboard.writeText('nothing')")
    block.locator("button").click()  # as a reader does: it has to be in sight and on top
    result = runner.run("pasted.py", page.evaluate(COPIED))
    assert not result.failure, f"{quickest.name}: {result.failure}"
    difference = compare(block.locator("samp").text_content(), result.outputs[0])
    assert difference is None, f"{quickest.name}: {difference}"


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


def test_a_page_is_whole_in_each_theme_and_width_and_asks_no_other_site(page, address):
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
    page.evaluate("document.body.dataset.mdColorScheme = 'default'")


@pytest.mark.one_of_each
def test_a_page_opens_in_the_theme_that_the_reader_prefers(page_address, open_page):
    page = open_page(page_address, scheme="dark")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    assert all(themes == ["dark"] for themes in page.evaluate(THEMES))


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


def test_a_block_says_how_it_ran_and_leads_to_its_file(page, address, site):
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
        for link in set(block["links"]):
            path = site / link.removeprefix(address)
            assert path.read_text("utf8").rstrip() == block["code"].rstrip()


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


def test_the_formulas_fit_on_a_sheet_of_paper(address, open_page):
    page = open_page(f"{address}reference/formulas/", until="networkidle")
    sides = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))
    assert len(sides) == 2
