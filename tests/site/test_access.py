"""Who reads with a keyboard, a screen reader or without motion: axe on every page, and walks."""

import os

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import expect

from recorder.access import finish_access
from recorder.problems import Problem

# The drawn half of a formula is hidden from screen readers, has the color of its text and no
# links: all that axe would find in its thousands of parts, it finds in the text around them. Nor
# does it find more in the tenth program than in the first two, all written by the same lines, or
# in the fortieth term of the glossary; the long tests let it try.
TRIM = """
whole => {
  const remove = found => found.forEach(node => node.remove())
  remove(document.querySelectorAll(".katex-html"))
  if (whole) return
  remove([...document.querySelectorAll(".program")].slice(2)
    .flatMap(program => [...program.querySelectorAll("pre > *")]))
  remove([...document.querySelectorAll(".glossary dt, .glossary dd")].slice(150))
}
"""
RUN = """
async rules => {
  const found = await axe.run(document, {resultTypes: ["violations"], ...rules})
  return found.violations.flatMap(({id, nodes}) => nodes.map(
    ({html, failureSummary}) => `${id}: ${html.slice(0, 200)}\\n  ${failureSummary}`))
}
"""
COLORS = {"runOnly": ["color-contrast"]}
ALL_BUT_COLORS = {"rules": {"color-contrast": {"enabled": False}}}


def violations(page, rules=None):
    """Return what axe finds on a page, of all its rules or of some."""
    page.evaluate(TRIM, os.environ.get("TESTS") == "long")
    page.rest()  # colors have changed
    page.evaluate(AXE_SCRIPT)
    return page.evaluate(RUN, rules or {})


def told(found):
    return f"{len(found)} violations\n" + "\n".join(found[:20])


@pytest.mark.spoils
def test_axe_finds_nothing_on_a_page(page):
    found = violations(page, ALL_BUT_COLORS)
    assert not found, told(found)


@pytest.mark.one_of_each
def test_axe_finds_nothing_on_a_phone(page_address, open_page):
    found = violations(open_page(page_address, width=390), ALL_BUT_COLORS)
    assert not found, told(found)


@pytest.mark.one_of_each  # pages share their colors, and each letter takes its time
def test_axe_finds_nothing_in_colors_of_light_and_dark(page_address, open_page):
    page = open_page(page_address)
    found = violations(page, COLORS)
    page.emulate_media(reduced_motion="reduce")  # thousands of links would fade
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    found += violations(page, COLORS)
    assert not found, told(found)


def test_axe_finds_nothing_in_the_open_search_and_menu(address, open_page):
    page = open_page(address)
    page.keyboard.press("/")
    page.keyboard.type("batch norm")
    page.locator(".md-search-result__item").first.wait_for()
    found = violations(page)
    page = open_page(address, width=390)
    page.locator("label.md-header__button[for='__drawer']").click()
    found += violations(page)
    assert not found, told(found)


def test_axe_would_find_something(address, open_page):
    page = open_page(address)
    page.evaluate("document.images.length || document.body.append(new Image())")
    page.evaluate("document.querySelectorAll('img').forEach(image => image.alt = null)")
    page.evaluate("document.querySelector('article p').style.color = '#bbb'")
    assert any(found.startswith("color-contrast") for found in violations(page))


def test_a_theme_without_what_has_to_be_named_is_told(tmp_path):
    (tmp_path / "a.html").write_text('<div data-md-component="search" role="search"></div>')
    with pytest.raises(Problem, match="what does this element say") as problem:
        finish_access(tmp_path)
    assert problem.value.where == "a.html"


def test_each_copy_button_says_what_it_copies(page):
    names = page.locator("button[data-clipboard-target]").evaluate_all(
        "all => all.map(button => [button.ariaLabel, button.closest('.program')"
        "?.querySelector('.program-title a').textContent ?? 'this command'])"
    )
    assert all(label == f"Copy {what}" for label, what in names)


# The theme's choice of colors is a hidden field with a visible label after it.
FOCUSED = """
() => {
  const focused = document.activeElement
  const {tagName, className, textContent, ariaLabel} = focused
  const shown = focused.matches(".md-option") ? focused.nextElementSibling : focused
  const {outlineStyle, outlineWidth} = getComputedStyle(shown)
  return {tagName, className, text: ariaLabel || textContent.trim(),
          outlined: shown.offsetWidth > 0 && outlineStyle != "none" && parseFloat(outlineWidth) > 0}
}
"""


def test_the_first_key_leads_past_the_navigation(address, open_page):
    page = open_page(f"{address}layers/batch-norm/")
    page.keyboard.press("Tab")
    focused = page.evaluate(FOCUSED)
    assert "Skip to content" in focused["text"]
    expect(page.locator(".md-skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('article')")


def test_what_has_the_focus_is_seen(address, open_page):
    page = open_page(f"{address}layers/batch-norm/")
    seen = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["outlined"], focused
        seen.add(focused["tagName"])
    assert {"A", "BUTTON", "INPUT"} <= seen


def test_a_program_is_copied_by_keyboard(address, open_page):
    page = open_page(f"{address}layers/batch-norm/")
    button = page.locator(".program button").first
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".md-dialog")).to_have_text("Copied to clipboard")
    expect(page.get_by_role("status")).to_have_text("Copied to clipboard")
    expect(button).to_be_focused()


def test_the_search_is_used_by_keyboard(address, open_page):
    page = open_page(address)
    page.keyboard.press("/")
    expect(page.locator(".md-search__input")).to_be_focused()
    page.keyboard.type("dropout")
    page.locator(".md-search-result__item").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert "md-search-result__link" in page.evaluate(FOCUSED)["className"]
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()


def test_nothing_moves_for_whom_motion_disturbs(address, open_page):
    page = open_page(f"{address}layers/batch-norm/")
    page.emulate_media(reduced_motion="reduce")
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter(node => {"
        "const {transitionDuration, animationName, scrollBehavior} = getComputedStyle(node);"
        "return parseFloat(transitionDuration) || animationName != 'none'"
        "|| scrollBehavior == 'smooth'}).map(node => node.className)"
    )
    assert moving == []
