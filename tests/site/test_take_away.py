"""What a reader takes along: notebooks that run, Markdown, and the files for language models."""

import ast
import functools
import os
import re
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urldefrag
from xml.etree import ElementTree

import nbformat
import pytest
import yaml
from nbclient import NotebookClient

from recorder.compare import compare
from recorder.expand import expand
from recorder.labs import all_labs
from recorder.pages import Page
from recorder.programs import Program
from recorder.run import STARTS_PROCESSES, environment
from recorder.take_away import Published, fence, flat, llms_txt, parts, take_links

ROOT = Path(__file__).resolve().parents[2]
URL = "http://127.0.0.1:8000/"  # of the site that the tests build
PAPER = "background:#ffffff;font-family:sans-serif"  # of every picture that is taken along
LIMIT = 300  # seconds for one cell
BLOCK = re.compile(r"^(/{3,}) .*?^\1$\n?", re.MULTILINE | re.DOTALL)
PAGES = [Page.read(path, ROOT) for path in sorted((ROOT / "docs").rglob("*.md"))]
TO_RUN = {page.id: page for page in PAGES if page.blocks and page.id != "index"}


def programs_of(page):
    return [Program(ROOT, block.name) for block in page.blocks]


def is_file(program):
    """Say whether a program can't be run in a cell: it starts processes or has a main part."""
    tests = [node.test for node in ast.parse(program.source).body if isinstance(node, ast.If)]
    main = any("__name__" in ast.unparse(test) for test in tests)
    starts = main or STARTS_PROCESSES.search(program.source)
    return bool(starts) and not program.read().figures


def quickest():
    """Return the page whose notebook runs in the shortest time and has a program of each kind."""
    both = [p for p in TO_RUN.values() if len({is_file(x) for x in programs_of(p)}) == 2]
    return min(both, key=lambda page: sum(p.read().seconds for p in programs_of(page))).id


def pytest_generate_tests(metafunc):
    if "to_run" not in metafunc.fixturenames:
        return
    chosen = metafunc.config.getoption("--page")
    names = list(TO_RUN) if os.environ.get("TESTS") == "long" else [quickest()]
    names = [chosen] * (chosen in TO_RUN) if chosen else names
    none = pytest.param(None, marks=pytest.mark.skip(reason=f"{chosen} has no notebook"), id="none")
    metafunc.parametrize("to_run", names or [none])


@functools.cache
def notebook_of(site, page_id):
    return nbformat.reads((site / f"{page_id}.ipynb").read_text("utf8"), as_version=4)


def code_cells(notebook):
    """Return the code cells of a page's notebook, but for the first, which sets it up."""
    first, *cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert "pre_run_cell" in first.source
    assert not first.outputs
    return cells


def by_program(page, notebook):
    """Yield (program, the cell that holds its output), and check that the cells are its own."""
    cells = iter(code_cells(notebook))
    for program in programs_of(page):
        cell, source = next(cells), program.source
        if is_file(program):
            assert cell.source + "\n" == f"%%writefile {program.path.name}\n{source}"
            assert not cell.outputs or cell.outputs[0].text.startswith("Writing")
            cell = next(cells)
            assert cell.source == f'import sys\n\n!"{{sys.executable}}" {program.path.name}'
        else:
            assert cell.source + "\n" == source, program.where
        yield program, cell
    assert next(cells, None) is None


def test_a_notebook_holds_the_programs_and_what_was_recorded(site, page_name):
    page = TO_RUN.get(page_name)
    assert (site / f"{page_name}.ipynb").exists() == bool(page or page_name.startswith("labs/"))
    if page is None:
        return
    notebook = notebook_of(site, page_name)
    nbformat.validate(notebook)
    for program, cell in by_program(page, notebook):
        record, outputs = program.read(), list(cell.outputs)
        text = outputs.pop(0).text if record.output else ""
        assert text == record.output, program.where
        shown = [output.data["image/svg+xml"] for output in outputs]
        paper = f' style="{PAPER}"'
        assert [svg.replace(paper, "", 1) for svg in shown] == record.figures
        assert all(ElementTree.fromstring(svg).get("style") == PAPER for svg in shown)
        block = next(b for b in page.blocks if b.name == program.name)
        alternatives = [output.metadata["image/svg+xml"]["alt"] for output in outputs]
        assert tuple(alternatives) == block.alternatives


def lines_of(text):
    """Return the lines of a Markdown text without what links and headings are allowed to lose."""
    text = re.sub(r"\]\([^)]*\)", "]", text)
    lines = (re.sub(r" *(\{#[\w-]+\}|<a id=.*?></a>)$", "", line) for line in text.split("\n"))
    return [line.strip() for line in lines if line.strip()]


def markdown_of(site, page_name):
    return (site / f"{page_name}.md").read_text("utf8")


def test_no_word_of_a_page_is_lost(site, page_name):
    lab = next((lab for lab in all_labs(ROOT) if lab.name == page_name), None)
    page = lab.page if lab else next(page for page in PAGES if page.id == page_name)
    _, _, body = ("", "", page.text) if lab else page.text.partition("\n---\n")
    wanted = lines_of(flat(BLOCK.sub("", expand(body, ROOT, page_name))))
    texts = [markdown_of(site, page_name)]
    if page_name in TO_RUN:
        cells = notebook_of(site, page_name).cells
        texts.append("\n".join(cell.source for cell in cells if cell.cell_type == "markdown"))
    for text in texts:
        left = iter(lines_of(text))
        missing = next((line for line in wanted if line not in left), None)
        assert missing is None


def test_markdown_holds_programs_and_outputs_and_nothing_of_the_workshop(site, page_name):
    text = markdown_of(site, page_name)
    page = next((page for page in PAGES if page.id == page_name), None)
    fences = Page(ROOT / "docs/x.md", ROOT).parse(text).fences
    lines = text.split("\n")
    code = {}
    for first, info in fences:
        close = next(n for n in range(first, len(lines)) if lines[n] == lines[first - 1][:3])
        code.setdefault(info, []).append("\n".join(lines[first:close]))
    if page:
        programs = programs_of(page)
        assert code.get("python", []) == [program.source.rstrip() for program in programs]
        records = [program.read() for program in programs]
        outputs = [r.output.rstrip() for r in records if r.output.strip()]
        assert [output for output in code.get("text", []) if output in outputs] == outputs
        drawn = sum(len(record.figures) for record in records) + len(page.drawings)
        assert len(re.findall(r"^!\[.+\]\(http.*\.svg\)$", text, re.MULTILINE)) == drawn
    else:
        lab = next(lab for lab in all_labs(ROOT) if lab.name == page_name)
        assert code["python"] == [cell.rstrip() for _, cell in lab.cells]
        assert code["text"] == [output.rstrip() for output in lab.read().output if output.strip()]
    prose = re.sub(r"(?ms)^(`{3,}).*?^\1$", "", text)
    for mark in ("\n/// ", "{#", "<a id", "\n!!! ", "\n=== ", "\n---\n"):
        assert mark not in prose
    assert prose.startswith("# ")


def test_drawings_can_be_read_where_all_around_is_dark(site):
    drawings = sorted((ROOT / "docs/drawings").glob("*.svg"))
    for path in drawings:
        svg = (site / "drawings" / path.name).read_text("utf8")
        assert ElementTree.fromstring(svg).get("style") == PAPER, path


@functools.cache
def anchors_of(path):
    return set(re.findall(r'\bid="?([^"\s>]+)', path.read_text("utf8")))


def test_every_link_leads_to_the_site_or_beyond_it(site, page_name):
    texts = [markdown_of(site, page_name)]
    if page_name in TO_RUN:
        texts += [c.source for c in notebook_of(site, page_name).cells if c.cell_type != "code"]
    for text in texts:
        for link in Page(ROOT / "docs/x.md", ROOT).parse(text).links:
            assert re.match(r"https?://", link.target), link
            address, anchor = urldefrag(link.target)
            if address.startswith(URL):
                target = site / address.removeprefix(URL)
                target = target / "index.html" if target.is_dir() else target
                assert target.exists(), link
                assert not anchor or anchor in anchors_of(target), link


def test_each_page_says_below_its_title_how_to_take_it_along(site):
    for page in PAGES:
        folder = "" if page.id == "index" else page.id
        html = (site / folder / "index.html").read_text("utf8")
        found = re.findall(r'<nav class="take".*?>(.*?)</nav>', html)
        assert len(found) == 1
        for line in found:
            names = re.findall(r"<a [^>]*>(.*?)</a>", line)
            if page.id == "index":
                assert [name.partition(" ")[0] for name in names] == ["The", "Changes", "For"]
                continue
            assert names == ["Notebook"] * bool(page.blocks) + ["Markdown"]
            title = re.search(r"<h1.*?</h1>", html, re.DOTALL)
            between = html[title.end() : html.index(line)]
            assert re.fullmatch(r'\s*(<div class="names".*</div>)?<nav [^>]*>', between)


@pytest.mark.parametrize(
    ("repository", "branch", "works"),
    [
        ("https://github.com/a/b", "site", True),
        ("https://github.com/a/b", "", False),
        ("https://gitlab.com/a/b", "site", False),
        ("", "site", False),
    ],
)
def test_colab_is_offered_where_it_can_read_the_notebook(repository, branch, works):
    page = next(iter(TO_RUN.values()))
    line = take_links(Published(URL, repository, branch), page)
    address = f"https://colab.research.google.com/github/a/b/blob/site/{page.id}.ipynb"
    assert (f'<a href="{address}">Open in Colab</a>' in line) == works
    assert ("colab" in line) == works


def test_language_models_get_a_list_of_all_pages_and_all_in_one(site):
    text = (site / "llms.txt").read_text("utf8")
    assert re.match(r"# Runnable Deep Learning\n\n> A .*\n", text)
    found = re.findall(rf"^- \[(.+)\]\({URL}(\S+)\.md\): (.+)$", text, re.MULTILINE)
    names = [page.id for page in PAGES] + [lab.name for lab in all_labs(ROOT)]
    assert sorted(name for _, name, _ in found) == sorted(names)
    whole = (site / "llms-full.txt").read_text("utf8")
    for title, name, about in found:
        page = next((page for page in PAGES if page.id == name), None)
        if page:
            front = yaml.safe_load(page.text.split("---\n")[1])
            assert (title, about) == (page.headings[0].text, front["description"])
        markdown = markdown_of(site, name)
        assert markdown.startswith(f"# {title}\n")
        assert markdown.endswith(f"\nSource: <{URL}{(name + '/').replace('index/', '')}>\n")
        assert whole.count(markdown) == 1
    assert f"]({URL}llms-full.txt)" in text.partition("## Optional")[2]


def test_a_list_has_the_sections_of_the_navigation_in_order():
    def page(name, title):
        return Page(ROOT / f"docs/{name}.md", ROOT).parse(
            f"---\ndescription: About {title}.\n---\n# {title}\n"
        )

    nav = [{"Home": "a.md"}, {"Part": [{"B": "b.md"}, "part/c.md"]}, "d.md"]
    config = SimpleNamespace(site_name="Name", site_description="What it is.", nav=nav)
    pages = {f"{n}.md": page(n, n.upper()) for n in ("a", "b", "part/c", "d")}
    sections = llms_txt(config, pages, Published(URL)).split("\n## ")[1:]
    assert sections[:2] == [
        f"This site\n\n- [A]({URL}a.md): About A.\n- [D]({URL}d.md): About D.\n",
        f"Part\n\n- [B]({URL}b.md): About B.\n- [PART/C]({URL}part/c.md): About PART/C.\n",
    ]


def test_a_fence_is_longer_than_any_inside_it():
    assert fence("a\n", "text") == "```text\na\n```"
    assert fence('"""\n````md\n"""\n', "python") == '`````python\n"""\n````md\n"""\n`````'


def test_tabs_and_notes_become_titles_with_what_they_hold():
    text = '=== "One"\n\n    a\n\n    !!! note "In it"\n        b\n\n'
    text += '=== "Two"\n\n    c\n\nd\n??? tip\n    e'
    wanted = ["**One**", "a", "**In it**", "b", "**Two**", "c", "d", "**Tip**", "e"]
    assert flat(text).split() == " ".join(wanted).split()
    assert not re.search(r"^ ", flat(text), re.MULTILINE)


def test_blocks_are_found_in_tabs_and_lists_and_links_lead_from_where_they_stand():
    text = (
        '# T\n\n=== "One"\n\n    /// program | a/b\n    A text.\n    ///\n\n'
        "- item [x](../c/d.md#e)\n\n    /// drawing | f\n    Drawn.\n    ///\n\n"
        "[here](#s), [file](g.txt), [home](../index.md), [far](https://x.org/y.md)\n\n## S {#s}\n"
    )
    page = Page(ROOT / "docs/p/q.md", ROOT).parse(text)
    found = [(part.kind, part.text) for part in parts(page, Published(URL))]
    assert found == [
        ("heading", "# T"),
        ("prose", "**One**"),
        ("program", "a/b"),
        ("prose", f"- item [x]({URL}c/d/#e)"),
        ("drawing", "f"),
        (
            "prose",
            f"[here]({URL}p/q/#s), [file]({URL}p/g.txt), [home]({URL}), [far](https://x.org/y.md)",
        ),
        ("heading", "## S"),
    ]


def test_a_notebook_runs_from_top_to_bottom_and_prints_what_was_recorded(site, to_run, tmp_path):
    notebook = nbformat.from_dict(notebook_of(site, to_run))
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    for code in ("torch.set_default_dtype(torch.float64)", "print(torch.get_default_dtype())"):
        notebook.cells.append(nbformat.v4.new_code_cell(code))
    variables = environment(tmp_path) | {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}
    where = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(notebook, timeout=LIMIT, kernel_name="python3", resources=where).execute(
        env=variables
    )
    *notebook.cells, _, last = notebook.cells
    assert last.outputs[0].text == "torch.float32\n", "what a cell sets ends with it"
    for program, cell in by_program(TO_RUN[to_run], notebook):
        record = program.read()
        streams = [output for output in cell.outputs if output.output_type == "stream"]
        printed = "".join(output.text for output in streams if output.name == "stdout")
        difference = compare(record.output, printed.replace("\r\n", "\n"))
        assert difference is None, f"{program.name}: {difference}"
        assert [output.text for output in streams if output.name == "stderr"] == []
        drawn = [output for output in cell.outputs if output.output_type == "display_data"]
        assert len(drawn) == len(record.figures), program.name
