"""The bibliography: what it holds, what is refused, and how a page cites."""

import pytest

PAPER = """\
- id: one-2015
  authors: [A. B. van One, C. Two, D. Three]
  year: 2015
  title: "A title: with a colon"
  in: JMLR 15
  arxiv: "1502.03167"
"""
BOOK = """\
- id: able-1999
  authors: [Z. Able, et al.]
  year: 1999
  title: "A book"
  doi: 10.1000/182
"""
PAGE = "# A page\n\nText.\n\n- [@one-2015]. Why.\n- [@able-1999].\n"


@pytest.fixture
def cited(project):
    project.write("papers.yml", PAPER + BOOK)
    project.write("docs/page.md", PAGE)
    return project


def test_a_page_shows_what_it_cites(cited):
    status, html = cited.convert("docs/page.md")
    assert status == 0, html
    assert "A. B. van One, C. Two and D. Three (2015), <em>A title: with a colon</em>, JMLR" in html
    assert '<a href="https://arxiv.org/abs/1502.03167">arXiv 1502.03167</a>. Why.' in html
    assert "Z. Able et al. (1999)" in html
    assert '<a href="https://doi.org/10.1000/182">doi 10.1000/182</a>.' in html


def test_the_list_of_all_is_sorted_by_surname_and_names_the_pages_that_cite(cited):
    cited.write("docs/all.md", "# All\n\n/// bibliography\n///\n")
    status, html = cited.convert("docs/all.md")
    assert status == 0, html
    assert html.index("Z. Able") < html.index("van One")
    assert html.count('On <a href="page.md">A page</a>.') == 2
    assert cited.lint() == (0, "pages and records: nothing to mend\n")


BAD = {
    "uncited": (PAPER + BOOK.replace("able-1999", "other-1999"), 7, "no page cites other-1999"),
    "twice": (PAPER + BOOK + BOOK.replace("able", "mable"), 12, "the doi of mable-1999 is that of"),
    "no_title": (PAPER.replace("  title", "  in") + BOOK, 1, "one-2015 lacks title"),
    "nowhere": (PAPER + BOOK.replace("  doi: 10.1000/182\n", ""), 7, "able-1999 lacks in or arxiv"),
    "number": (PAPER.replace('"1502.03167"', "1502.03167") + BOOK, 1, "a field of another form"),
    "no_arxiv": (PAPER.replace("1502.03167", "1502.3") + BOOK, 1, "no arxiv"),
    "no_doi": (PAPER + BOOK.replace("10.1000", "11"), 7, "no doi"),
    "no_id": (PAPER.replace("one-2015", "One2015") + BOOK, 1, "no id"),
    "no_year": (PAPER.replace("year: 2015", "year: MMXV") + BOOK, 1, "one-2015: no year"),
    "early": (PAPER.replace("year: 2015", "year: 2013") + BOOK, 1, "posted long after its year"),
    "unknown": (PAPER + BOOK + "  page: 3\n", 7, "a field that no paper has"),
    "no_list": ("papers: 3\n", 1, "no list of papers"),
    "no_yaml": (PAPER + BOOK + "  in: [\n", 13, "no YAML"),
}


@pytest.mark.parametrize(("text", "line", "what"), BAD.values(), ids=BAD)
def test_a_bad_bibliography_is_told_with_its_line(cited, text, line, what):
    cited.write("papers.yml", text)
    status, output = cited.lint()
    assert status == 1
    assert output.startswith(f"papers.yml:{line}: "), output
    assert what in output


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[@none-2015]", "a citation of no paper"),
        ("A. One (2015), *A title*, arXiv 1502.03167.", "a citation typed by hand"),
        ("doi 10.1000/182", "a citation typed by hand"),
        ("/// bibliography | all\n///", "a list of another form"),
        ("/// notes\n///", "a list of another form"),
        ("/// corrections\nText\n///", "a list of another form"),
        ("[=some/example]", "a program that no page shows"),
    ],
)
def test_a_bad_citation_or_list_is_told_with_its_line(cited, text, what):
    cited.write("docs/page.md", f"{PAGE}\n{text}\n")
    status, output = cited.lint()
    assert status == 1
    assert output.startswith("docs/page.md:8: "), output
    assert what in output


def test_a_link_to_a_program_leads_to_its_page_and_quotes_what_it_printed(project):
    project.show("some/example", '"""A caption."""\n\nprint("a")\nprint("1,000   agree")\n')
    assert project.record()[0] == 0
    project.write("docs/reference/page.md", '# More\n\n[=some/example] [=some/example "agree"]\n')
    status, html = project.convert("docs/reference/page.md")
    assert status == 0, html
    link = '<a href="../example.md#example">example</a>'
    assert f"<p>{link} {link}: 1,000 agree</p>" in html
    project.write("docs/reference/page.md", '# More\n\n[=some/example "differ"]\n')
    status, output = project.lint()
    assert status == 1
    assert output.startswith("docs/reference/page.md:3: some/example prints no line with this word")
