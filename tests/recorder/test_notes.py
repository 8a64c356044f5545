"""Where the notes went: every row leads somewhere, and what is wrong has its program."""

from pathlib import Path

import pytest

from recorder.notes import CORRECTED, FIELDS, all_rows

ROOT = Path(__file__).resolve().parents[2]

HEADER = "\t".join(FIELDS) + "\n"
KEPT = "A-1\t000\t10-12\tright\ta thing\tpage#part\t\t\t\n"
WRONG = "A-2\t000\t3\twrong\ta sum | of squares\tpage#part\tIt is $a$.\tIt is $b$.\tsome/example\n"
LEFT = "A-3\t001\t4\tno content\tan empty line\t\t\t\t\n"
PAGE = "# A page\n\nText.\n\n## Part {#part}\n\n/// program | some/example\n///\n"


@pytest.fixture(scope="module")
def recorded(module_project):
    project = module_project
    project.write("snippets/some/example.py", '"""A caption."""\n\nprint("shown")\n')
    project.write("docs/page.md", PAGE)
    assert project.record()[0] == 0
    return project


@pytest.fixture
def noted(recorded):
    """A project with a page, and rows that lead there."""
    for path in set((recorded.root / "docs").rglob("*.md")) - {recorded.root / "docs/page.md"}:
        path.unlink()  # of the test before
    recorded.write("notes.tsv", HEADER + KEPT + WRONG + LEFT)
    return recorded


def test_rows_stand_in_the_order_of_their_lines_and_lead_to_their_place(noted):
    noted.write("docs/reference/all.md", "# All\n\n/// notes | 000\n///\n\n/// notes | 001\n///\n")
    assert noted.lint() == (0, "pages and records: nothing to mend\n")
    status, html = noted.convert("docs/reference/all.md")
    assert status == 0, html
    assert html.index("corrected") < html.index("kept") < html.index("left out")
    assert "10–12" in html
    assert '<a href="../page.md#part">A page</a>' in html


def test_what_is_wrong_is_listed_with_what_holds_and_the_program_that_shows_it(noted):
    noted.write("docs/wrong.md", "# Wrong\n\n/// corrections\n///\n")
    status, html = noted.convert("docs/wrong.md")
    assert status == 0, html
    assert "A page {#page}" in html
    assert "It is" in html
    assert "[example](page.md#example)" in html or '<a href="page.md#example">example</a>' in html


BAD = {
    "columns": ("id\tnote\n", 1, "other columns"),
    "fields": (HEADER + "A-1\t000\n", 2, "not a row"),
    "verdict": (HEADER + KEPT.replace("right", "fine"), 2, "no such verdict"),
    "lines": (HEADER + KEPT.replace("10-12", "ten"), 2, "no lines of a note"),
    "no_place": (HEADER + KEPT.replace("page#part", ""), 2, "A-1 lacks at"),
    "no_page": (HEADER + KEPT.replace("page#", "cage#"), 2, "on a page that is not there"),
    "no_section": (HEADER + KEPT.replace("#part", "#port"), 2, "in a section that is not there"),
    "no_claim": (HEADER + WRONG.replace("It is $a$.", ""), 2, "A-2 lacks claim"),
    "no_program": (HEADER + WRONG.replace("/example", "/none"), 2, "A-2 is shown by no program"),
    "told": (HEADER + WRONG.replace("\twrong", "\tright"), 2, "A-2 is right: nothing to correct"),
    "twice": (HEADER + KEPT + KEPT, 3, "the row A-1 stands on line 2 too"),
}


@pytest.mark.parametrize(("text", "line", "what"), BAD.values(), ids=BAD)
def test_a_bad_row_is_told_with_its_line(noted, text, line, what):
    noted.write("notes.tsv", text)
    status, output = noted.lint()
    assert status == 1
    assert output.startswith(f"notes.tsv:{line}: "), output
    assert what in output


def test_a_note_without_rows_is_told(noted):
    noted.write("docs/all.md", "# All\n\n/// notes | 007\n///\n")
    status, output = noted.lint()
    assert status == 1
    assert "docs/all.md:3: no rows of the note 007\n  expected: 000, 001" in output


def test_every_statement_of_the_notes_is_accounted_for():
    rows = all_rows(ROOT)
    assert len(rows) == 602
    assert sum(row.verdict in CORRECTED for row in rows) == 87
    assert sum(row.verdict == "no content" for row in rows) == 7
    assert {row.note for row in rows} == {"000", "001", "002", "003", "004"}
