"""The lint: each thing that a page must not hold, and the message that tells of it."""

import pytest

GOOD = '"""Print a word."""\n\nprint("done")\n'
BLOCK = "/// program | some/good\n///\n"

# name: (the text of the page below its title, its line, words of the message)
BAD = {
    "python": ("```python\nprint(1)\n```\n", 3, "a fence typed by hand"),
    "pycon": ("```pycon\n>>> 1\n```\n", 3, "a fence typed by hand"),
    "no_language": ("```\nprint(1)\n```\n", 3, "a fence typed by hand"),
    "tildes": ("~~~ python\nprint(1)\n~~~\n", 3, "a fence typed by hand"),
    "braces": ("``` {.python .annotate}\nprint(1)\n```\n", 3, "a fence typed by hand"),
    "output": ("```text\n0.50\n```\n", 3, "a fence typed by hand"),
    "in_a_tab": ('=== "Tab"\n    ```python\n    print(1)\n    ```\n', 4, "a fence typed by hand"),
    "in_a_note": ("!!! note\n\n    ```py\n    1\n    ```\n", 5, "a fence typed by hand"),
    "in_a_tab_in_a_note": (
        '!!! note\n    === "Tab"\n\n        ```py\n        1\n        ```\n',
        6,
        "a fence typed by hand",
    ),
    "in_a_quote": ("> ```python\n> print(1)\n> ```\n", 3, "a fence typed by hand"),
    "in_a_list": ("- ```python\n  print(1)\n  ```\n", 3, "a fence typed by hand"),
    "yaml": ("```yaml\na: 1\n```\n", 3, "a fence typed by hand"),
    "never_closed": ("```md\ntext\n", 3, "this fence is never closed"),
    "code": ("Text <code>print(1)</code>\n", 3, "HTML that only an extension may write"),
    "hidden_command": ("```sh\ncd x; python -c 1\n```\n", 4, "a command that nothing tries"),
    "in_html": ('<div markdown="1">\n```python\nprint(1)\n```\n</div>\n', 4, "a fence typed"),
    "indented": ("Text.\n\n    print(1)\n", 5, "code by indentation"),
    "pre": ("<pre>print(1)</pre>\n", 3, "HTML that only an extension may write"),
    "script": ("<script>alert(1)</script>\n", 3, "HTML that only an extension may write"),
    "foreign_command": ("```sh\ncurl x\n```\n", 4, "a command that nothing tries"),
    "no_target": ("```sh\nmake love\n```\n", 4, "no such target"),
    "no_link": ("[text](none.md)\n", 3, "a broken link"),
    "no_anchor": ("[text](fine.md#none)\n", 3, "a broken anchor"),
    "no_own_anchor": ("Words and\n[text](#none)\n", 4, "a broken anchor"),
    "formula_link": ("[$x^2$](fine.md)\n", 3, "a link without words"),
    "no_image_text": ("![](fine.png)\n", 3, "an image without alternative text"),
    "no_html_image_text": ('Text <img src="fine.png">\n', 3, "an image without alternative text"),
    "no_id": ("## A heading\n", 3, "a heading without an explicit id"),
    "odd_id": ("## A heading {#Überschrift}\n", 3, "a heading without an explicit id"),
    "same_id": ("## One {#id}\n\n## Two {#id}\n", 5, "stands on line 3 too"),
    "id_of_program": ("## One {#good}\n\n" + BLOCK, 3, "stands on line 5 too"),
    "unknown": ("/// program | some/god\n///\n", 3, "no program some/god"),
    "no_drawing": ("/// drawing | none\nText.\n///\n", 3, "no drawing none"),
    "drawing_shown": ("/// drawing | gaudy\nText.\n///\n", None, "a color that no theme knows"),
    "drawing_text": ("/// drawing | fine\n///\n", 3, "has no alternative text"),
    "shown_again": ("Text.\n/// program | some/good\n///\nText.\n", 4, "some/good is shown twice"),
}


@pytest.fixture(scope="module")
def report(module_project):
    """Return what the lint says of a project with all of these pages."""
    project = module_project
    project.show("some/good", GOOD)
    project.write("docs/fine.png", "")
    project.write("docs/fine.md", "# A page\n\n## Part {#part}\n\n[good](good.md#good)\n\n")
    assert project.record()[0] == 0
    status, output = project.lint()
    assert status == 0, output
    project.write("docs/drawings/fine.svg", "<svg></svg>\n")
    project.write("docs/drawings/gaudy.svg", '<svg fill="#ff0000"></svg>\n')
    project.write("docs/drawings/unseen.svg", "<svg></svg>\n")
    for name, (text, _, _) in BAD.items():
        project.write(f"docs/{name}.md", f"# A page\n\n{text}")
    project.write("docs/page.markdown", "# A page\n")
    project.write("snippets/some/unshown.py", GOOD)
    project.write("snippets/some/orphan.out", "words")
    project.write("snippets/some/orphan.svg", "words")
    project.write("snippets/some/good-2.svg", "words")
    project.write("snippets/some/data.csv", "words")
    project.write("snippets/long/long.py", GOOD + "\n" * 60)
    project.write("snippets/long/bare.py", "print(1)\n")
    project.write("docs/long.md", "/// program | long/long\n///\n\n/// program | long/bare\n///\n")
    status, output = project.lint()
    assert status == 1
    return output


@pytest.mark.parametrize("name", BAD)
def test_a_bad_page_is_told_with_its_line(report, name):
    _, line, words = BAD[name]
    place = f"docs/{name}.md:{line}: " if line else "docs/drawings/gaudy.svg: "
    told = [text for text in report.splitlines() if text.startswith(place)]
    assert any(words in text for text in told), report


def test_a_good_page_is_not_told(report):
    for name in ("good", "fine"):
        assert f"docs/{name}.md:" not in report.replace("at docs/good.md:5", "")


def test_a_program_on_two_pages_is_told_with_both(report):
    assert "got:      already at docs/good.md:5" in report


@pytest.mark.parametrize(
    "words",
    [
        "snippets/some/unshown.py: a program that no page shows",
        "docs/drawings/unseen.svg: a drawing that no page shows",
        "docs/page.markdown: a page under a name that nothing checks",
        "snippets/some/orphan.out: a record without a program",
        "snippets/some/orphan.svg: a record without a program",
        "snippets/some/good-2.svg: a record without a program",
        "snippets/some/data.csv: a file that is no program",
        "snippets/long/long.py: a program too long to read",
        "snippets/long/bare.py: no docstring",
        "docs/long.md:1: snippets/long/long.py: long/long has no record",
    ],
)
def test_a_bad_file_is_told(report, words):
    assert words in report


def test_every_message_is_one_block_of_where_what_and_more(report):
    for line in report.splitlines():
        assert line.startswith((" ", "docs/", "snippets/", "make: ")), line


LAB = '# %% [markdown]\n# # A lab\n\n# %%\nprint("done")\n'


def test_a_lab_without_record_and_a_stale_one_are_told(project):
    project.write("docs/labs/walk.py", LAB)
    assert "labs/walk has no record" in project.lint()[1]
    assert project.record()[0] == 0
    assert project.lint()[0] == 0
    project.edit("docs/labs/walk.py", "done", "gone")
    told = project.lint()[1]
    assert "labs/walk has changed since it was recorded" in told
    assert "make record PAGE=labs/walk" in told


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("# ## A part\n", 3, "a heading without an explicit id"),
        ("# [text](../none.md)\n", 3, "a broken link"),
        ("#\n# ```python\n# 1\n# ```\n", 4, "a fence typed by hand"),
    ],
)
def test_the_text_of_a_lab_is_linted_too(project, text, line, words):
    project.write("docs/labs/walk.py", LAB.replace("# # A lab\n", f"# # A lab\n{text}"))
    assert f"docs/labs/walk.py:{line}: {words}" in project.lint()[1]


def test_a_figure_of_a_lab_needs_a_text(project):
    drawing = "import matplotlib.pyplot as plt\n\nplt.plot([1, 2])\nplt.show()\n"
    project.write("docs/labs/walk.py", f"{LAB}\n# %%\n{drawing}")
    assert project.record()[0] == 0
    assert "docs/labs/walk.py:7: a figure without alternative text" in project.lint()[1]
    project.edit("docs/labs/walk.py", "# %%\nimport", '# %% alt="A line."\nimport')
    assert project.record()[0] == 0
    assert project.lint()[0] == 0
