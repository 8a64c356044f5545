"""Where each line of the notes went that this reference consolidates: notes.tsv.

A row for each statement: the note and its lines, what it is about, how it was judged, and the
place at which a reader finds its content. A wrong one also has the claim, what holds instead,
and the program that shows it.
"""

import csv
import io
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from recorder.files import read_text
from recorder.pages import Page
from recorder.problems import Problem, Problems

NOTES = "notes.tsv"
FIELDS = ("id", "note", "lines", "verdict", "subject", "at", "claim", "holds", "program")
# How a row was judged, and what became of it.
VERDICTS = {
    "right": "kept",
    "imprecise": "made precise",
    "outdated": "brought up to date",
    "empty": "written",
    "wrong": "corrected",
    "broken code": "corrected",
    "no content": "left out",
}
LINES = re.compile(r"\d+(-\d+)?(, \d+(-\d+)?)*( \(\d\))?")  # (2): the second thing said there
CORRECTED = {verdict for verdict, became in VERDICTS.items() if became == "corrected"}


@dataclass(frozen=True)
class Row:
    """A statement of a note, and where it went."""

    line: int
    id: str
    note: str
    lines: str
    verdict: str
    subject: str
    at: str  # "layers/batch-norm#fold"
    claim: str = ""
    holds: str = ""
    program: str = ""

    @property
    def where(self):
        return f"{NOTES}:{self.line}"

    @property
    def page(self):
        return self.at.partition("#")[0]


def all_rows(root):
    """Return all Rows; raise Problems if the file is not in order."""
    path = root / NOTES
    return _read(path, path.stat().st_mtime_ns) if path.exists() else ()


@lru_cache(maxsize=8)
def _read(path, _changed):
    text = read_text(path, path.parent)
    lines = csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
    header, *entries = lines
    if tuple(header) != FIELDS:
        raise Problem(f"{NOTES}:1", "other columns", "\t".join(FIELDS), "\t".join(header))
    rows, problems, seen = [], [], {}
    for number, entry in enumerate(entries, 2):
        try:
            if len(entry) != len(FIELDS):
                raise Problem(
                    f"{NOTES}:{number}", "not a row", f"{len(FIELDS)} fields", str(len(entry))
                )
            row = Row(number, *entry)
            _check(row)
            if row.id in seen:
                raise Problem(row.where, f"the row {row.id} stands on line {seen[row.id]} too")
            seen[row.id] = number
            rows.append(row)
        except Problem as problem:
            problems.append(problem)
    if problems:
        raise Problems(problems)
    return tuple(rows)


def _check(row):
    if row.verdict not in VERDICTS:
        raise Problem(row.where, "no such verdict", ", ".join(VERDICTS), row.verdict)
    if not LINES.fullmatch(row.lines):
        raise Problem(row.where, "no lines of a note", "12, or 12-15", row.lines)
    missing = [name for name in ("id", "note", "subject") if not getattr(row, name)]
    missing += ["at"] if not row.at and row.verdict != "no content" else []
    told = [name for name in ("claim", "holds", "program") if getattr(row, name)]
    if row.verdict in CORRECTED:
        missing += [name for name in ("claim", "holds", "program") if name not in told]
    elif told:
        raise Problem(row.where, f"{row.id} is {row.verdict}: nothing to correct", got=told[0])
    if missing:
        raise Problem(row.where, f"{row.id} lacks {', '.join(missing)}")


def problems_of_notes(root, pages, programs):
    """Yield a Problem for each row that leads nowhere."""
    try:
        rows = all_rows(root)
    except Problem as problem:
        yield problem
        return
    except Problems as problems:
        yield from problems.problems
        return
    known = {page.id: _anchors(page) for page in pages}
    for row in rows:
        page, _, anchor = row.at.partition("#")
        if row.at and page not in known:
            yield Problem(row.where, f"{row.id} is on a page that is not there", got=row.at)
        elif row.at and anchor not in known[page]:
            what = f"{row.id} is in a section that is not there"
            yield Problem(row.where, what, ", ".join(sorted(known[page])), row.at)
        if row.program and row.program not in programs:
            yield Problem(row.where, f"{row.id} is shown by no program", got=row.program)


def _anchors(page):
    anchors = {heading.id for heading in page.headings}
    return (anchors | {block.name.partition("/")[2] for block in page.blocks}) - {""}


def corrections(root, titles, link):
    """Return what is wrong in the notes as Markdown tables, a section a page.

    titles: {"layers/batch-norm": its title}; link(target, text) makes a link.
    """
    rows = [row for row in all_rows(root) if row.verdict in CORRECTED]
    rows.sort(key=lambda row: (list(titles).index(row.page), row.at, row.id))
    shown = []
    for page, group in groupby(rows, key=lambda row: row.page):
        anchor = page.rpartition("/")[2]
        shown += [f"## {titles[page]} {{#{anchor}}}", ""]
        shown += ["| claim | what holds | shown by |", "| --- | --- | --- |"]
        for row in group:
            name = row.program.partition("/")[2]
            home = home_of(root, row.program)
            shown.append(
                f"| {_cell(row.claim)} | {_cell(row.holds)} | {link(f'{home}#{name}', name)} |"
            )
        shown.append("")
    return "\n".join(shown).rstrip()


def home_of(root, program):
    """Return the id of the page that shows a program, or None."""
    folder = program.partition("/")[0].replace("_", "-")  # most often its page's name
    paths = sorted((root / "docs").rglob("*.md"), key=lambda path: (path.stem != folder, path))
    for path in paths:
        page = Page.read(path, root)
        if any(block.name == program for block in page.blocks):
            return page.id
    return None


def notes_of(root, note, titles, link, where):
    """Return every row of a note as a Markdown table, in the order of its lines."""
    rows = [row for row in all_rows(root) if row.note == note]
    if not rows:
        known = ", ".join(sorted({row.note for row in all_rows(root)}))
        raise Problem(where, f"no rows of the note {note}", known or f"rows in {NOTES}", note)
    rows.sort(key=lambda row: (int(re.match(r"\d+", row.lines)[0]), row.id))
    shown = ["| lines | about | what became of it | now on |", "| --- | --- | --- | --- |"]
    for row in rows:
        cells = [row.lines.replace("-", "–"), _cell(row.subject), VERDICTS[row.verdict]]
        cells.append(link(row.at, titles[row.page]) if row.at else "no page")
        shown.append(f"| {' | '.join(cells)} |")
    return "\n".join(shown)


def _cell(text):
    """Return a text for a cell of a table, whose ends a bar would be; TeX has another word."""
    return re.sub(r"(?<!\\)\|", r"\\|", text)
