"""The policy in each page: nothing runs or loads but the site's own files, and all works so."""

import re

import pytest
from playwright.sync_api import expect

from recorder.policy import POLICY, finish_policy
from recorder.problems import Problem

PAGE = (
    '<html><head><meta charset="utf-8"><script>{first}</script></head><body><header>'
    '<script>colors()</script></header><script id="__config" type="application/json">{{}}</script>'
    '<script src="../assets/javascripts/bundle.1.min.js"></script></body></html>'
)


def test_each_page_forbids_all_scripts_but_the_sites_own_files(site):
    for path in site.rglob("*.html"):
        page = path.read_text("utf8")
        head = page[: page.index("<link")]
        assert f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">' in head, path
        assert '<meta name="referrer" content="no-referrer">' in head, path
        for attributes in re.findall(r"<script\b([^>]*)>", page):
            assert 'src="' in attributes or 'type="application/json"' in attributes, path
        assert not re.search(r"<[a-z][^<>]*\son[a-z]+=|href=.?javascript:|<style", page), path


def test_the_scripts_of_all_pages_are_the_same_files(site):
    named = [
        set(re.findall(r'<script src="[^"]*?(assets/[^"]+)"', path.read_text("utf8")))
        for path in site.rglob("*.html")
    ]
    assert all(names == named[0] for names in named)
    assert sorted(name.split("/")[2].split(".")[0] for name in named[0]) == [
        "bundle",
        "end",
        "start",
    ]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda page: page.replace("colors()", "colors('of this page')"), "only this page has"),
        (lambda page: page.replace("header>", "div>"), "there is no place for the policy"),
        (lambda page: page.replace("bundle.", "packed."), "there is no place for the policy"),
        (lambda page: page.replace("utf-8", "utf-16"), "there is no place for the policy"),
    ],
)
def test_a_theme_that_writes_other_pages_is_told_with_the_page(tmp_path, spoil, words):
    (tmp_path / "assets/javascripts").mkdir(parents=True)
    for name in ("a", "b", "c"):
        page = PAGE.format(first=f'scope=new URL("{name}",location)')
        (tmp_path / f"{name}.html").write_text(spoil(page) if name == "b" else page)
    with pytest.raises(Problem, match=words) as problem:
        finish_policy(tmp_path)
    assert problem.value.where == "b.html"


def test_a_server_that_writes_a_script_into_pages_may_do_so(tmp_path):
    (tmp_path / "assets/javascripts").mkdir(parents=True)
    (tmp_path / "a.html").write_text(PAGE.format(first="first()"))
    finish_policy(tmp_path, strict=False)
    page = (tmp_path / "a.html").read_text()
    assert "Content-Security-Policy" not in page
    assert page.count("<script src=") == 3


def test_an_inline_script_does_not_run_and_is_noted(address, open_page):
    page = open_page(address)
    page.evaluate(
        "() => { const script = document.createElement('script');"
        "script.textContent = 'window.ran = true'; document.body.append(script) }"
    )
    assert page.evaluate("window.ran") is None
    assert any("script-src" in complaint for complaint in page.complaints)


@pytest.mark.one_of_each
def test_a_reader_on_a_phone_does_everything_under_the_policy(page_address, open_page):
    page = open_page(page_address, width=390, height=800)
    page.locator("label.md-header__button[for='__drawer']").click()
    expect(page.locator(".md-sidebar--primary")).to_be_in_viewport()
    page.locator(".md-overlay").click(position={"x": 380, "y": 400})
    page.locator("label[title='Switch to dark mode']").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    buttons = page.locator("button[data-clipboard-target]")
    if buttons.count():
        buttons.first.click()
        expect(page.locator(".md-dialog")).to_have_text("Copied to clipboard")
    page.locator("label.md-header__button[for='__search']").click()
    page.locator(".md-search__input").press_sequentially("batch norm")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    assert page.complaints == []
