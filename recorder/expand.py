"""What is written out on a page before Markdown reads it: citations, and lists made from data.

    [@ioffe-2015]               a work of papers.yml, as a list of sources names it
    [=convolution/output_size]  a link to a program, wherever it is shown
    [=convolution/output_size "different"]
                                the same, and the first line of its output with this word

    /// bibliography            all of them, with the pages that cite them
    ///

    /// corrections             what notes say and a program disproves, out of notes.tsv
    ///

    /// notes | 000             every line of a note, and where its content stands now
    ///

Pages, their copies in Markdown and notebooks are made from the text so written out. Its links
lead to other pages' files, as links on a page do.
"""

import functools
import posixpath
import re

from recorder.notes import corrections, home_of, notes_of
from recorder.pages import FENCE, Page
from recorder.papers import all_papers, bibliography, cite_all
from recorder.problems import Problem
from recorder.programs import all_programs

LISTS = ("bibliography", "corrections", "notes")
LIST = re.compile(r"^/// (\w+)(?: \| (\w+))?\n///$", re.MULTILINE)
PROGRAM = re.compile(r'\[=([\w/]+)(?: "([^"]+)")?\]')
STARTED = re.compile(rf"^[ >]*/// *({'|'.join(LISTS)})\b.*$", re.MULTILINE)


def expand(text, root, page_id, at=lambda line: f"line {line}"):
    """Return a page's text with its citations and lists written out; raise a Problem."""
    if "[@" in text:
        text = cite_all(text, all_papers(root), at)
    if "[=" in text:
        text = PROGRAM.sub(lambda found: _program(found, root, page_id, at), text)
    if STARTED.search(text):
        text = LIST.sub(lambda found: _list(found, root, page_id, at), text)
        left = _outside_fences(text)
        if left:
            line, got = left
            expected = "/// bibliography, /// corrections or /// notes | 000, and a line ///"
            raise Problem(at(line), "a list of another form", expected, got)
    return text


def _line(found):
    return found.string[: found.start()].count("\n") + 1


def _link(page_id, target, text):
    """Return a link from a page to a target, "layers/batch-norm#fold"."""
    page, _, anchor = target.partition("#")
    path = posixpath.relpath(f"{page}.md", posixpath.dirname(page_id))
    return f"[{text}]({path}{'#' * bool(anchor)}{anchor})"


def _program(found, root, page_id, at):
    name, word = found.groups()
    program, home = all_programs(root).get(name), home_of(root, name)
    if program is None or not home:
        what = "a program that no page shows"
        raise Problem(at(_line(found)), what, "[=page/example]", found[0])
    example = name.partition("/")[2]
    link = _link(page_id, f"{home}#{example}", example)
    if not word:
        return link
    output = program.read().output
    printed = next((line.strip() for line in output.split("\n") if word in line), None)
    if printed is None:
        raise Problem(at(_line(found)), f"{name} prints no line with this word", output, word)
    return f"{link}: {' '.join(printed.split())}"


def _list(found, root, page_id, at):
    kind, name = found[1], found[2]
    if kind not in LISTS or (name is not None) != (kind == "notes"):
        return found[0]  # told as what is left
    link = functools.partial(_link, page_id)
    pages = in_order(root, [Page.read(p, root) for p in sorted((root / "docs").rglob("*.md"))])
    titles = {page.id: page.headings[0].text for page in pages}
    if kind == "notes":
        return notes_of(root, name, titles, link, at(_line(found)))
    if kind == "corrections":
        return corrections(root, titles, link)
    return bibliography(root, pages, lambda page: link(page.id, page.headings[0].text))


def in_order(root, pages):
    """Return pages in the order of the navigation; what it does not name comes last."""
    path = root / "mkdocs.yml"
    text = path.read_text("utf8") if path.exists() else ""
    named = {name: n for n, name in enumerate(re.findall(r"([\w/-]+)\.md\b", text))}
    return sorted(pages, key=lambda page: named.get(page.id, len(named)))


def _outside_fences(text):
    """Return (line, text) of the first start of a list that no fence shows as an example."""
    inside = False
    for number, line in enumerate(text.split("\n"), 1):
        if FENCE.match(line):
            inside = not inside
        elif STARTED.match(line) and not inside:
            return number, line
    return None
