"""The Markdown extensions: what they show, and what stops a build."""

import html
import re

import pytest

from recorder.tex import render

GOOD = '"""Print a word."""\n\nprint("done < 1 & 2")\n'
FIGURE = """\
\"\"\"Draw a line.\"\"\"

import matplotlib.pyplot as plt

plt.plot([1, 2, 3])
plt.show()
"""


@pytest.fixture
def shown(project):
    """A project with one recorded program on docs/good.md."""
    project.show("some/good", GOOD)
    assert project.record()[0] == 0
    return project


def test_a_block_becomes_code_output_and_how_it_ran(shown):
    status, page = shown.convert("docs/good.md")
    assert status == 0, page
    code = re.search(r"<code>(.*?)</code>", page, re.DOTALL)[1]
    assert html.unescape(re.sub("<.*?>", "", code)) == GOOD
    assert re.search(r"<samp>(.*?)</samp>", page)[1] == "done &lt; 1 &amp; 2"
    assert "Python 3." in page
    assert "torch" in page
    assert "NumPy" in page
    assert "on CPU" in page
    assert 'href="../snippets/some/good.py" download' in page
    assert "///" not in page


def test_only_the_code_is_inside_code(shown):
    _, page = shown.convert("docs/good.md")
    assert page.count("<code>") == 1  # the theme puts a copy button on each


@pytest.mark.parametrize("around", ['=== "Tab"\n\n', "!!! note\n\n", "!!! note\n"])
def test_a_block_works_inside_other_blocks(shown, around):
    text = f"# A page\n\n{around}    /// program | some/good\n    ///\n"
    shown.write("docs/good.md", text)
    status, page = shown.convert("docs/good.md")
    assert status == 0, page
    assert "<samp>" in page
    status, output = shown.check()
    assert status == 0, output
    assert "1 passed" in output


def test_a_figure_is_shown_in_two_themes_with_its_text_and_size(project):
    project.show("some/drawn", FIGURE, "A line that rises.")
    assert project.record()[0] == 0
    _, page = project.convert("docs/drawn.md")
    for theme in ("light", "dark"):
        assert f'src="../snippets/some/drawn-{theme}.svg#only-{theme}"' in page
    assert page.count('alt="A line that rises."') == 2
    assert re.search(r'width="\d{3}" height="\d{3}"', page)


BAD = {
    "unknown": ("/// program | some/god\n///\n", "docs/good.md:3: no program some/god"),
    "code_in_a_tab": (
        '=== "Tab"\n    Text.\n\n        print(1)\n',
        "docs/good.md:6: code by indentation, which nothing runs",
    ),
    "code_in_a_list": (
        "- Text.\n\n        print(1)\n",
        "docs/good.md:5: code by indentation, which nothing runs",
    ),
    "indented": (
        "Text.\n\n    /// program | some/good\n    ///\n",
        "docs/good.md:5: some/good is not shown",
    ),
    "text_without_figure": (
        "/// program | some/good\nA line.\n///\n",
        "docs/good.md:3: some/good draws less than its block describes",
    ),
    "twice": (
        "/// program | some/good\n///\n\n/// program | some/good\n///\n",
        "docs/good.md:6: some/good is shown twice",
    ),
    "no_close": ("/// program | some/good\n", "docs/good.md:3: the block of some/good is never"),
    "glued": ("Text.\n\n- x\n/// program | some/good\n", "docs/good.md:6: "),
    "tex": ("A formula: $\\frac{1}{2$.\n", "docs/good.md:3: this formula is no TeX"),
    "tex_command": ("Text.\n\n$$\n\\nonsense\n$$\n", "docs/good.md:6: this formula is no TeX"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_page_stops_the_build_with_page_and_line(shown, name):
    text, words = BAD[name]
    shown.write("docs/good.md", f"# A\n\n{text}")
    status, output = shown.convert("docs/good.md")
    assert status != 0
    assert words in output


def test_a_page_whose_metadata_stand_without_lines_around_them_is_refused(shown):
    shown.write("docs/good.md", "title: x\n\n# A\n\n/// program | some/good\n///\n")
    shown.write("body.md", "# A\n\n/// program | some/good\n///\n")
    status, output = shown.convert("body.md")
    assert status != 0
    assert "this text is not that of a page in docs/" in output


def test_lines_are_right_below_front_matter(shown):
    shown.write("docs/good.md", "---\ntitle: x\n---\n\n# A\n\n/// program | some/god\n///\n")
    text = (shown.root / "docs/good.md").read_text("utf8").partition("---\n\n")[2]
    shown.write("body.md", text)
    status, output = shown.convert("body.md")
    assert status != 0
    assert "docs/good.md:7: no program some/god" in output


def test_a_program_without_record_stops_the_build(shown):
    (shown.root / "snippets/some/good.out").unlink()
    status, output = shown.convert("docs/good.md")
    assert status != 0
    assert "docs/good.md:5: snippets/some/good.py: some/good has no record" in output
    assert "make record PAGE=good" in output


def test_a_stale_record_stops_the_build(shown):
    shown.edit("snippets/some/good.py", "done", "gone")
    status, output = shown.convert("docs/good.md")
    assert status != 0
    assert "docs/good.md:5: " in output
    assert "has changed since it was recorded" in output


def test_a_figure_without_text_stops_the_build(project):
    project.show("some/drawn", FIGURE)
    project.record()
    status, output = project.convert("docs/drawn.md")
    assert status != 0
    assert "docs/drawn.md:5: a figure of some/drawn has no alternative text" in output


def test_formulas_are_drawn_with_mathml_and_without_script():
    drawn = render(r"\frac{1}{2}", True)
    assert "<math" in drawn
    assert "mfrac" in drawn
    assert "<script" not in drawn


@pytest.mark.parametrize("tex", [r"\frac{1}{2", r"\nonsense", r"x^2^3", r"\begin{aligned} x"])
def test_a_mistake_in_tex_raises(tex):
    with pytest.raises(ValueError):
        render(tex, False)
