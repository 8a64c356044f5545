"""An address that does not exist, and the feed."""

from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from recorder.feed import finish_feed
from recorder.not_found import finish_not_found
from recorder.pages import Page
from recorder.problems import Problem


@pytest.mark.parametrize("wrong", ["layers/batch-normalisation/", "old/Batch_Normalization.html"])
def test_an_address_that_does_not_exist_is_searched(address, open_page, wrong):
    page = open_page(address + wrong)
    assert page.complaints == [address + wrong, *page.complaints[1:]]  # that it is not there
    expect(page.locator("h1")).to_have_text("There is no such page")
    page.get_by_role("button", name="Search").last.click()
    first = page.locator(".md-search-result__item a").first
    expect(first).to_contain_text("Batch normalization")
    first.click()
    page.wait_for_url(f"{address}layers/batch-norm/**")


def test_a_theme_with_another_page_for_it_is_told(tmp_path):
    (tmp_path / "404.html").write_text("<h1>Nothing here</h1>")
    with pytest.raises(Problem, match=r"404\.html"):
        finish_not_found(tmp_path)


def test_the_feed_has_each_change_with_its_day_and_place(site, request):
    root = request.config.rootpath
    page = Page.read(root / "docs/reference/changes.md", root)
    entries = [heading for heading in page.headings if heading.level == 2]
    items = ElementTree.parse(site / "feed.xml").findall("channel/item")
    assert len(items) == len(entries) > 0
    for item, heading in zip(items, entries, strict=True):
        day, _, title = heading.text.partition(": ")
        assert item.findtext("title") == title
        assert item.findtext("link").endswith(f"/reference/changes/#{heading.id}")
        year = day.partition("-")[0]
        assert f" {year} 00:00:00 +0000" in item.findtext("pubDate")
        assert item.findtext("description").startswith("<p>")


@pytest.mark.parametrize("title", ["Something new", "2026-13-40: No such day"])
def test_a_change_without_a_day_is_told(tmp_path, title):
    page = tmp_path / "docs/reference/changes.md"
    page.parent.mkdir(parents=True)
    page.write_text(f"# Changes\n\n## {title} {{#new}}\n\nText.\n")
    config = SimpleNamespace(
        site_name="A",
        site_url="https://example.org/",
        site_description="B",
        mdx_configs={},
        extra={},
    )
    with pytest.raises(Problem, match=r"day|date") as problem:
        finish_feed(tmp_path, tmp_path, config)
    assert problem.value.where == "docs/reference/changes.md:3"


def test_every_page_names_the_feed(site):
    for path in site.rglob("*.html"):
        assert path.read_text("utf8").count('type="application/rss+xml"') == 1, path
