"""A real browser on the built site, if there is one."""

import os
import shutil
from pathlib import Path

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
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
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def pages(config):
    """Return the addresses of all pages of the site, or of the one that --page names."""
    docs = Path(config.rootpath) / "docs"
    sources = [*docs.rglob("*.md"), *docs.glob("labs/*.py")]
    names = sorted(path.relative_to(docs).with_suffix("").as_posix() for path in sources)
    chosen = config.getoption("--page")
    return [name for name in names if not chosen or name == chosen]


def pytest_generate_tests(metafunc):
    if "page_name" in metafunc.fixturenames:
        metafunc.parametrize("page_name", pages(metafunc.config))


@pytest.fixture
def page_address(address, page_name):
    """The address of one page of the site."""
    return address + page_name.removesuffix("index").rstrip("/") + "/" * (page_name != "index")


@pytest.fixture
def open_page(chromium):
    """Return a function that opens an address and notes requests and complaints."""
    contexts = []

    def open_page(url, width=1280, height=900, scheme="light", **options):
        context = chromium.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.requests, page.complaints = [], []
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
        page.goto(url, wait_until="networkidle")
        return page

    yield open_page
    for context in contexts:
        context.close()
