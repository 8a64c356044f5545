"""A real browser on the built site, if there is one."""

import os
import re
import shutil
from pathlib import Path

import pytest

from recorder.notes import NOTES
from recorder.pages import Page, page_names
from recorder.papers import PAPERS

ROOT = Path(__file__).resolve().parents[2]

NAMES = (
    "chromium-headless-shell",  # the same without windows: half the time
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
MISSING = (
    "not run: there is no Chromium or Chrome. To install one: apt-get install chromium "
    "(Debian, Ubuntu), brew install --cask chromium (macOS)"
)
# Some of these keep the browser from asking the network on its own account.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# What the policy of a page forbids is a complaint like any other.
NOTE_FORBIDDEN = """
addEventListener("securitypolicyviolation", ({effectiveDirective, blockedURI}) =>
  console.error(`forbidden: ${effectiveDirective} ${blockedURI}`))
"""

# Waits until all has moved that was to move. A page's policy keeps wait_for_function out.
REST = """
async () => {
  for (;;) {
    await new Promise(resolve => setTimeout(resolve, 20))
    const moving = document.getAnimations()
    if (!moving.length) return
    await Promise.allSettled(moving.map(animation => animation.finished))
  }
}
"""

# Waits until nothing more comes: for six looks in a row.
QUIET = """
async () => {
  await document.fonts.ready
  for (let before = -1, same = 0; same < 6;) {
    await new Promise(resolve => setTimeout(resolve, 25))
    const come = performance.getEntriesByType("resource").length
    same = come == before ? same + 1 : 0
    before = come
  }
}
"""


def find_browser():
    """Return the path of a Chromium or Chrome, or None."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return found or next((path for path in MAC if Path(path).exists()), None)


@pytest.fixture(scope="session")
def chromium():
    path = find_browser()
    if path is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(MISSING.removeprefix("not run: "))
        pytest.skip(MISSING)  # a newcomer need not have one; CI sets REQUIRE_BROWSER
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=20_000)  # a machine may be busy
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


WHOLE = ("index", "checks", "layers/batch-norm", "reference/glossary")  # of the pages in a copy
LAB = "batch-norm-on-digits"
TYPICAL = "layers/batch-norm"  # of the pages of all chapters, which are made alike


@pytest.fixture
def copy(tmp_path):
    """A smaller copy of this project that can be spoiled.

    A few pages and a lab are whole; the other pages have their titles alone, and no link asks them
    for more.
    """
    aside = shutil.ignore_patterns(".git", ".venv", "site", "*cache*", ".hypothesis")
    copy = Path(shutil.copytree(ROOT, tmp_path / "copy", ignore=aside))
    for name in ("docs/index.md", "mkdocs.yml"):
        text = re.sub(
            rf"\[([^]]*)\]\(labs/(?!{LAB})[^)]*\)", r"\1", (copy / name).read_text("utf8")
        )
        (copy / name).write_text(re.sub(rf"(?m)^.*: labs/(?!{LAB}).*\n", "", text), "utf8")
    for path in (copy / "docs/labs").iterdir():
        if path.stem != LAB:
            path.unlink()
    terms = copy / "terms.yml"
    terms.write_text(re.sub(r"(  at: [^#\n]+)#.*", r"\1", terms.read_text("utf8")), "utf8")
    header = (copy / NOTES).read_text("utf8").partition("\n")[0]
    (copy / NOTES).write_text(f"{header}\n", "utf8")
    papers = re.split(r"(?m)^(?=- id: )", (copy / PAPERS).read_text("utf8"))
    whole = "".join((copy / "docs" / f"{name}.md").read_text("utf8") for name in WHOLE)
    cited = [paper for paper in papers if f"[@{paper[6:].partition(chr(10))[0]}]" in whole]
    (copy / PAPERS).write_text("".join(cited), "utf8")
    for path in sorted((copy / "docs").rglob("*.md")):
        page = Page.read(path, copy)
        if page.id in WHOLE:
            path.write_text(re.sub(r"(\.md)#[\w-]+\)", r"\1)", page.text), "utf8")
            continue
        names = [f"/// names | {block.name}\n///\n" for block in page.names]
        path.write_text("\n".join([f"# {page.headings[0].text}\n", *names]), "utf8")
        for block in page.blocks:
            shutil.rmtree(copy / "snippets" / Path(block.name).parent, ignore_errors=True)
        for block in page.drawings:
            (copy / f"docs/drawings/{block.name}.svg").unlink()
        for block in page.benches:
            (copy / f"tests/bench/{block.name}.out").unlink()
    return copy


def pages(config):
    """Return the addresses of all pages of the site, or of the one that --page names."""
    names, chosen = page_names(config.rootpath), config.getoption("--page")
    return [name for name in names if not chosen or name == chosen]


def one_of_each(names):
    """Return a page of each kind: of all, only what the long tests ask for."""
    if os.environ.get("TESTS") == "long" or len(names) == 1:
        return names
    kinds = {"chapter": TYPICAL}
    for name in names:
        folder = name.rpartition("/")[0]
        if folder in ("", "labs", "reference"):
            kinds.setdefault(folder, name)
    return [*kinds.values()]


def pytest_configure(config):
    for what in (
        "one_of_each: in make test, of one page of each kind only",
        "fresh: has the shared page first, as it has come",
        "spoils: has the shared page last, for it leaves little of it",
    ):
        config.addinivalue_line("markers", what)


def pytest_collection_modifyitems(items):
    """Let the tests that share a page follow each other: to open one costs more than most tests."""

    def turn(item):
        stage = bool(item.get_closest_marker("spoils")) - bool(item.get_closest_marker("fresh"))
        return item.callspec.params["page_name"], stage

    def shares(item):
        parameters = item.callspec.params if hasattr(item, "callspec") else ()
        return "page_name" in parameters and "page" in item.fixturenames

    places = [number for number, item in enumerate(items) if shares(item)]
    for place, item in zip(places, sorted((items[n] for n in places), key=turn), strict=True):
        items[place] = item


def pytest_generate_tests(metafunc):
    if "page_name" in metafunc.fixturenames:
        names = pages(metafunc.config)
        few = metafunc.definition.get_closest_marker("one_of_each")
        metafunc.parametrize("page_name", one_of_each(names) if few else names)


@pytest.fixture
def page_address(address, page_name):
    """The address of one page of the site."""
    return address + page_name.removesuffix("index").rstrip("/") + "/" * (page_name != "index")


def _profile(chromium):
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    context.add_init_script(NOTE_FORBIDDEN)
    return context


@pytest.fixture(scope="session")
def window(chromium):
    """The profile in which pages open: another one costs more than another page in it."""
    context = _profile(chromium)
    context.add_init_script("localStorage.clear()")  # each page as on a first visit
    yield context
    context.close()


def _open(window, url, *, width=1280, height=900, scheme="light", until="load"):
    """Open an address in a page of its own, and note requests and complaints."""
    page = window.new_page()
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    page.requests, page.complaints = [], []
    page.rest = lambda: page.evaluate(REST)
    page.on("request", lambda request: page.requests.append(request.url))
    page.on(
        "response",
        lambda answer: answer.status >= 400 and page.complaints.append(answer.url),
    )
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "console",
        lambda message: (
            message.type in ("error", "warning") and page.complaints.append(message.text)
        ),
    )
    page.goto(url, wait_until=until)
    return page


@pytest.fixture
def open_page(window):
    """Return a function that opens an address, for one test alone."""
    opened = []

    def open_page(url, **options):
        opened.append(_open(window, url, **options))
        return opened[-1]

    yield open_page
    for page in opened:
        page.close()


@pytest.fixture(scope="session")
def kept(window):
    """The page that was opened last, by its address."""
    return {}


@pytest.fixture
def page(chromium, kept, page_address):
    """One page of the site, opened on a first visit, and shared by the tests that look at it."""
    if page_address not in kept:
        while kept:
            kept.popitem()[1].context.close()
        context = _profile(chromium)
        kept[page_address] = _open(context, page_address)
        kept[page_address].evaluate(QUIET)
    return kept[page_address]
