"""The site out of its zip file, opened as files, with no network and no server."""

import re
import zipfile

import pytest
from playwright.sync_api import expect

from recorder.offline import PACKED, pack, to_file

PAGE = "layers/batch-norm"


@pytest.fixture(scope="session")
def unpacked(site, tmp_path_factory):
    """The folder into which the site's zip file is unpacked."""
    folder = tmp_path_factory.mktemp("offline")
    with zipfile.ZipFile(site / PACKED) as packed:
        packed.extractall(folder)
    (found,) = folder.iterdir()
    return found


@pytest.fixture
def open_file(chromium, unpacked):
    """Return a function that opens a file of the unpacked site, without a network."""
    context = chromium.new_context(offline=True)
    context.set_default_timeout(15_000)

    def open_file(name):
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on(
            "requestfailed",  # but for what was still on its way when the page was left
            lambda request: "ABORTED" in request.failure or page.complaints.append(request.url),
        )
        page.on(
            "console",
            lambda message: (
                message.type in ("error", "warning") and page.complaints.append(message.text)
            ),
        )
        page.goto((unpacked / name).as_uri())
        return page

    yield open_file
    context.close()


def test_a_page_has_its_formulas_and_figures(open_file):
    page = open_file(f"{PAGE}/index.html")
    fonts = page.evaluate(
        "document.fonts.ready.then(() => [...document.fonts].filter("
        "font => font.status == 'loaded' && font.family.startsWith('KaTeX')).length)"
    )
    assert fonts >= 2
    images = page.locator("article img:visible")
    assert images.count() > 0
    for image in images.all():
        assert image.evaluate(
            "image => { image.loading = 'eager';"
            "return image.decode().then(() => image.naturalWidth > 0) }"
        )
    assert page.complaints == []


def test_links_lead_from_file_to_file(open_file, unpacked):
    page = open_file("index.html")
    page.locator("article a", has_text="Batch normalization").click()
    expect(page.locator("h1")).to_contain_text("Batch normalization")
    assert page.url == (unpacked / PAGE / "index.html").as_uri()
    page.locator(".md-tabs a", has_text="Training").click()
    expect(page.locator("h1")).not_to_contain_text("Batch normalization")
    assert page.url.startswith((unpacked / "training").as_uri())
    assert page.url.endswith("/index.html")
    assert page.complaints == []


@pytest.mark.parametrize("start", ["index.html", f"{PAGE}/index.html"])
@pytest.mark.parametrize("query", ["nn.BatchNorm2d", "chuan hoa theo lo"])
def test_the_search_works(open_file, unpacked, start, query):
    page = open_file(start)
    page.keyboard.press("/")
    page.keyboard.type(query)
    first = page.locator(".md-search-result__item a").first
    expect(first).to_contain_text("Batch normalization", timeout=15_000)
    first.click()
    expect(page.locator("h1")).to_contain_text("Batch normalization")
    assert page.url.startswith((unpacked / PAGE / "index.html").as_uri())
    assert page.complaints == []


def test_each_link_between_pages_names_a_file_that_is_there(unpacked):
    for path in sorted(unpacked.rglob("*.html")):
        text = path.read_text("utf8")
        for address in set(re.findall(r'<a\b[^>]*?\bhref="([^"#?:]*)["#]', text)) - {""}:
            if not address.endswith(PACKED) and not address.endswith(("feed.xml", "llms.txt")):
                assert (path.parent / address).is_file(), (path, address)


@pytest.mark.parametrize(
    ("link", "file"),
    [
        ("../dropout/", "../dropout/index.html"),
        ("../dropout/#scaling", "../dropout/index.html#scaling"),
        ("..", "../index.html"),
        ("../..", "../../index.html"),
        (".", "./index.html"),
        ("#here", "#here"),
        ("../a.ipynb", "../a.ipynb"),
        ("https://example.org/a/", "https://example.org/a/"),
    ],
)
def test_a_link_names_the_file(link, file):
    assert to_file(f'<a class="x" href="{link}">') == f'<a class="x" href="{file}">'


def test_the_same_site_is_the_same_file(tmp_path):
    (tmp_path / "index.html").write_text('<a href="a/">')
    (tmp_path / "404.html").write_text("")
    pack(tmp_path)
    first = (tmp_path / PACKED).read_bytes()
    pack(tmp_path)  # and the file does not hold itself
    assert (tmp_path / PACKED).read_bytes() == first
    with zipfile.ZipFile(tmp_path / PACKED) as packed:
        assert packed.namelist() == ["runnable-deep-learning/index.html"]
