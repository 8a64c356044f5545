"""Give each page away as a notebook and as Markdown, and all of them to language models.

    layers/batch-norm/          a page of the built site
    layers/batch-norm.ipynb     its prose, programs, outputs and figures as a notebook
    layers/batch-norm.md        the same as plain Markdown
    llms.txt                    what pages there are; see llmstxt.org
    llms-full.txt               all of them in one file

All are made from the pages and the records that the pages show. A page without a program has no
notebook, and a lab is one already. Each of their links leads to the site.
"""

import posixpath
import re
import textwrap
from dataclasses import dataclass
from pathlib import Path

import nbformat
import yaml

from recorder.blocks import drawing_path, how_it_ran
from recorder.expand import expand
from recorder.figures import PAPER
from recorder.glossary import by_letter
from recorder.labs import KERNEL, all_labs, cell_outputs
from recorder.pages import BLOCK, FRONT_MATTER, TITLE, Page, paragraphs
from recorder.programs import Bench, OnGpu, Program
from recorder.run import STARTS_PROCESSES
from recorder.terms import GLOSSARY, LANGUAGES, all_terms, ids_of

HOME = "index"
FEED = "feed.xml"  # of changes, see feed.py
PACKED = "runnable-deep-learning.zip"  # the site, see offline.py
ON_PAPER = f"background:{PAPER};font-family:sans-serif"
BREAK = "  \n"  # a new line in the same paragraph
HEADING_ID = re.compile(r"[ ]*(?:\{[^}]*#[\w:.-]+[^}]*\}|<a id=\"[\w-]+\"></a>)[ ]*$")
BELOW_TITLE = re.compile(r'</h1>\s*(?:<div class="names".*?</div>)?', re.DOTALL)
BELOW_CLAIM = re.compile(r'(?=<div class="program")')
MAIN = re.compile(r"^if __name__ == ", re.MULTILINE)  # a program that has to be a file
# Each program is recorded alone, so none undoes what it sets. A notebook runs all in one process.
SETUP = """\
# Each program below stands alone. Before a cell runs, this brings torch's own settings back.
import torch


def start_anew(*_):
    torch.set_default_dtype(torch.float32)
    torch.set_float32_matmul_precision("highest")


get_ipython().events.register("pre_run_cell", start_anew)"""


@dataclass(frozen=True)
class Published:
    """Where the site and its repository are."""

    url: str  # of the site, with a slash at its end
    repository: str = ""  # "https://github.com/owner/name"
    branch: str = ""  # that holds the built site, and so the notebooks

    @classmethod
    def of(cls, config):
        """Return what mkdocs.yml says."""
        repository = config.mdx_configs.get("recorder.blocks", {}).get("repository") or ""
        branch = config.extra.get("notebooks_branch") or ""
        return cls(config.site_url.rstrip("/") + "/", repository.rstrip("/"), branch)

    def page(self, page_id):
        """Return the address of a page: layers/batch-norm is at layers/batch-norm/."""
        return self.url + page_address(page_id)

    def target(self, link, page_id):
        """Return where a link on a page leads, as an address that holds anywhere."""
        if re.match(r"[a-z]+:|//", link):
            return link
        path, _, anchor = link.partition("#")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page_id), path))
        stem, suffix = posixpath.splitext(path)
        if link.startswith("#"):
            address = self.page(page_id)
        else:
            address = self.page(stem) if suffix in (".md", ".ipynb") else self.url + path
        return address + (f"#{anchor}" if anchor else "")

    def colab(self, path):
        """Return the address at which Colab opens a notebook of the site; "" if it can't."""
        owner = re.fullmatch(r"https://github\.com/([\w.-]+/[\w.-]+)", self.repository)
        if not owner or not self.branch:
            return ""
        return f"https://colab.research.google.com/github/{owner[1]}/blob/{self.branch}/{path}"


@dataclass(frozen=True)
class Part:
    """A piece of a page: "heading" and "prose" are Markdown, any other kind is that block."""

    kind: str
    text: str  # of a block: the name in it
    alternatives: tuple[str, ...] = ()
    indent: str = ""  # of a block in a list


def page_address(page_id):
    """Return a page's address below the top of the site: "layers/batch-norm/"."""
    return re.sub(r"(^|/)index/$", r"\1", f"{page_id}/")


def on_paper(svg):
    """Return a picture with a ground and letters of its own, to be read on any page, a dark one."""
    return svg.replace("<svg ", f'<svg style="{ON_PAPER}" ', 1)


def flat(text):
    """Return a page whose tabs and notes are bold titles, with what they hold below these."""
    lines, depth = [], 0
    for line in text.split("\n"):
        if line.strip():
            depth = min(depth, (len(line) - len(line.lstrip(" "))) // 4)
        line = line[4 * depth :]
        if TITLE.fullmatch(line):
            quoted = re.search(r'"(.*)"', line)
            lines += [f"**{quoted[1] if quoted else line.split()[1].capitalize()}**", ""]
            depth += 1
        else:
            lines.append(line)
    return "\n".join(lines)


def parts(page, published):
    """Return the Parts of a page; its links lead to the site and its headings carry no ids."""
    text = flat(expand(page.text, page.root, page.id, page.at))
    if text != page.text:
        page = Page(page.path, page.root).parse(text)
    for target in {link.target for link in page.links}:
        leads = published.target(target, page.id)
        text = re.sub(rf"(\]\(){re.escape(target)}(?=[\s)])", rf"\g<1>{leads}", text)
    lines = text.split("\n")
    front = FRONT_MATTER.match(text)
    at, found = front[0].count("\n") if front else 0, []
    for start, kind, block in sorted(_starts(page), key=lambda entry: entry[0]):
        found.append(_prose(lines[at:start]))
        if kind == "heading":
            found.append(Part(kind, HEADING_ID.sub("", lines[start])))
            at = start + 1
        else:
            indent = re.match(r"[ >]*", lines[start])[0]
            found.append(Part(kind, block.name, block.alternatives, indent))
            slashes = BLOCK.match(lines[start].lstrip(" >"))[1]
            closing = range(start + 1, len(lines))
            at = next(n for n in closing if lines[n].strip(" >") == slashes) + 1
    found.append(_prose(lines[at:]))
    return [part for part in found if part.text or part.kind == "glossary"]


def _starts(page):
    """Yield (line from 0, kind, what) for each heading and block of a page."""
    for kind, blocks in (
        ("heading", page.headings),
        ("program", page.blocks),  # solutions, too
        ("drawing", page.drawings),
        ("gpu", page.gpu),
        ("bench", page.benches),
        ("names", page.names),
        ("glossary", page.glossaries),
    ):
        yield from ((block.line - 1, kind, block) for block in blocks)


def _prose(lines):
    return Part("prose", textwrap.dedent("\n".join(lines)).strip("\n"))


def fence(text, language):
    """Return a text as a block of code that nothing in it can close."""
    longest = max(map(len, re.findall("`+", text)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"{ticks}{language}\n{text.rstrip()}\n{ticks}"


def picture(address, alternative):
    return "![" + re.sub(r"([\[\]])", r"\\\1", alternative) + f"]({address})"


def show(part, root, published):
    """Return a part of a page as Markdown."""
    if part.kind in ("prose", "heading"):
        return part.text
    if part.kind == "program":
        shown = show_program(Program(root, part.text), part.alternatives, published)
    elif part.kind == "drawing":
        address = published.url + drawing_path(part.text).relative_to("docs").as_posix()
        shown = picture(address, part.alternatives[0])
    elif part.kind == "gpu":
        shown = show_gpu(OnGpu(root, part.text))
    elif part.kind == "bench":
        record = Bench(root, part.text).read()
        shown = f"Measured:\n\n{fence(record.output, 'text')}\n\n*{how_it_ran(record)}*"
    elif part.kind == "names":
        terms = all_terms(root)
        lines = [show_names(terms[name], published) for name in ids_of(part.text)]
        shown = BREAK.join(lines)
    else:
        shown = show_glossary(all_terms(root).values(), published)
    return textwrap.indent(shown, part.indent)


def show_program(program, alternatives, published):
    """Return a program with its output, its figures, and how it ran."""
    record, address = program.read(), published.url + program.where
    shown = [f"[{program.path.name}]({address}):", fence(program.source, "python")]
    if record.output.strip():
        shown += ["Output:", fence(record.output, "text")]
    for number, alternative in enumerate(alternatives, 1):
        figure = program.figure_path(number).relative_to(program.root).with_suffix("")
        shown.append(picture(f"{published.url}{figure.as_posix()}-light.svg", alternative))
    return "\n\n".join([*shown, f"*{how_it_ran(record)}*"])


def show_gpu(program):
    """Return what a program printed on a GPU, or say that none has run it."""
    if not program.record_path.exists():
        name = program.path.name
        return f"*No GPU has run {name} yet, so what it prints there is missing here.*"
    record = program.read()
    title = f"Output of {program.path.name} on {record.device}:"
    return f"{title}\n\n{fence(record.output, 'text')}\n\n*{how_it_ran(record)}*"


def show_names(term, published):
    """Return a term's names in all languages, as a line."""
    names = [term.names[code][0] for code in LANGUAGES]
    names[0] = f"[{names[0]}]({published.page(GLOSSARY)}#{term.id})"
    return " · ".join(names)


def show_glossary(terms, published):
    """Return all terms by letter."""
    shown = []
    for letter, group in by_letter(terms).items():
        shown.append(f"## {letter}")
        shown += [show_term(term, published) for term in group]
    return "\n\n".join(shown)


def show_term(term, published):
    """Return a term with its definition, its other names, and a link to where it is explained."""
    name, *others = term.names["en"]
    title = f"[{name}]({published.url}{term.address})" if term.at else name
    lines = [f"**{title}**: {term.definition}"]
    lines += [f"also {', '.join(others)}"] if others else []
    lines += [", ".join(f"`{name}`" for name in term.torch)] if term.torch else []
    for code, language in LANGUAGES.items():
        if code != "en":
            lines.append(f"{language}: {', '.join(term.names[code])}")
    return BREAK.join(lines)


def as_markdown(page, found, published):
    """Return a page as plain Markdown, with its programs and outputs in place. found: its Parts."""
    shown = [show(part, page.root, published) for part in found]
    return "\n\n".join([*shown, origin(page, published)])


def origin(page, published):
    """Return the last line of a page in Markdown: where it is from."""
    return f"Source: <{published.page(page.id)}>\n"


def lab_as_markdown(lab, published):
    """Return a lab as plain Markdown, with what its cells printed and drew."""
    record, shown, drawn = lab.read(), [], 0
    ran = iter(zip(record.output, record.figures, strict=True))
    for cell in lab.notebook.cells:
        if cell.cell_type == "markdown":
            page = Page(lab.path, lab.root).parse(cell.source)
            shown += [part.text for part in parts(page, published)]
            continue
        output, images = next(ran)
        shown.append(fence(cell.source, "python"))
        shown += ["Output:", fence(output, "text")] if output.strip() else []
        for _ in images:
            drawn += 1
            address = f"{published.page(lab.name)}figure-{drawn}-light.svg"
            shown.append(picture(address, cell.metadata["alt"]))
    return "\n\n".join([*shown, f"*{how_it_ran(record)}*", origin(lab.page, published)])


def needs_file(source):
    """Say whether a program has to be a file: it starts processes that import it, or is a command.

    What a cell of a notebook defines, a new process does not find.
    """
    return bool(STARTS_PROCESSES.search(source) or MAIN.search(source))


def as_notebook(page, found, site_name, published):
    """Return a page as a notebook, with the recorded outputs. found: its Parts."""
    cells, text, set_up = [], [], False

    def flush():
        if text:
            cells.append(_cell("markdown", "\n\n".join(text)))
            text.clear()

    def begin():
        cells.append(_cell("markdown", introduction(page, site_name, published)))
        cells.append(_cell("code", SETUP, outputs=[]))

    for part in found:
        starts_section = part.kind == "heading" and part.text.startswith("##")
        if starts_section or part.kind == "program":
            flush()
            if not set_up:
                begin()
                set_up = True
        if part.kind == "program":
            cells += program_cells(Program(page.root, part.text), part.alternatives)
        else:
            text.append(show(part, page.root, published))
    flush()
    for number, cell in enumerate(cells, 1):
        cell.id = f"cell-{number}"
    for count, cell in enumerate((c for c in cells if c.cell_type == "code"), 1):
        cell.execution_count = count
    metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


def _cell(kind, source, **more):
    """Return a cell; nbformat's own function looks at each cell anew, a third of all the time."""
    return nbformat.from_dict({"cell_type": kind, "metadata": {}, "source": source, **more})


def introduction(page, site_name, published):
    """Say where a notebook is from, and what its outputs are."""
    programs = [Program(page.root, block.name) for block in page.blocks]
    records = [program.read() for program in programs]
    versions = {name: v for record in records for name, v in record.versions.items()}
    devices = sorted({record.device for record in records})
    used = ", ".join(f"{name} {version}" for name, version in versions.items())
    files = any(needs_file(program.source) for program in programs)
    note = " A program that starts processes or reads a command line is a file: one cell writes it,"
    note += " the next runs it."
    return (
        f"*This notebook is the page [{page.headings[0].text}]({published.page(page.id)}) of "
        f"{site_name}. Each program is complete by itself: it needs no cell but its own. The "
        f"outputs are recorded, on {', '.join(devices)} with {used}.{note if files else ''}*"
    )


def program_cells(program, alternatives):
    """Return the cell of a program with what it printed and drew, or two, by way of a file."""
    record, source = program.read(), program.source.removesuffix("\n")
    outputs = cell_outputs(record.output, map(on_paper, record.figures), alternatives)
    if record.figures or not needs_file(source):  # what a file draws, a notebook doesn't show
        return [_cell("code", source, outputs=outputs)]
    name = program.path.name
    write = _cell("code", f"%%writefile {name}\n{source}", outputs=[])
    start = f'import sys\n\n!"{{sys.executable}}" {name}'
    return [write, _cell("code", start, outputs=outputs)]


def take_links(published, page):
    """Return the line under a page's title that says in which forms it can be taken along."""
    if page.id == HOME:
        shown = [
            f'<a href="{PACKED}" download>The whole site as a zip file</a>',
            f'<a href="{FEED}">Changes as an RSS feed</a>',
            '<a href="llms.txt">For language models</a>',
        ]
        return f'<nav class="take" aria-label="Take this site along">{" ".join(shown)}</nav>'
    stem = page.path.stem
    file = stem if stem == "index" else f"../{stem}"
    shown = [f'<a href="{file}.ipynb" download>Notebook</a>'] if page.blocks else []
    shown.append(f'<a href="{file}.md">Markdown</a>')
    colab = published.colab(f"{page.id}.ipynb") if page.blocks else ""
    shown += [f'<a href="{colab}">Open in Colab</a>'] if colab else []
    return f'<nav class="take" aria-label="Take this page along">{" ".join(shown)}</nav>'


def place_of_links(page):
    return BELOW_CLAIM if page.id == HOME else BELOW_TITLE


def add_links(index, line, place=BELOW_TITLE):
    """Put the line of links into a built page, behind a place."""
    text = index.read_text("utf8")
    index.write_text(place.sub(lambda found: found[0] + line, text, count=1), "utf8")


def summary(page):
    """Return what a page's front matter says of it; of a lab, its first sentence."""
    front = FRONT_MATTER.match(page.text)
    if front:
        return (yaml.safe_load(front[0].strip("-\n")) or {}).get("description", "")
    prose = (text for text in paragraphs(page.text) if not text.startswith(("#", "/")))
    return re.split(r"(?<=[.!?])\s", next(prose, ""), maxsplit=1)[0]


def sections(nav, title="This site"):
    """Yield (section, file) for each page of the navigation: ("Layers", "layers/x.md")."""
    for entry in nav:
        for name, below in entry.items() if isinstance(entry, dict) else [(title, entry)]:
            if isinstance(below, str):
                yield title, below
            else:
                yield from sections(below, name)


def llms_txt(config, pages, published):
    """Return the list of pages for language models, {file: Page}, in sections of links."""
    lines = [f"# {config.site_name}", "", f"> {config.site_description}", ""]
    lines += [
        "Each page holds its programs with what they printed. Every program is complete by",
        "itself, and is run again and compared with its output on every change.",
    ]
    grouped = {}
    for section, name in sections(config.nav):
        grouped.setdefault(section, []).append(pages[name])
    for section, below in grouped.items():
        lines += ["", f"## {section}", ""]
        for page in below:
            address, about = f"{published.url}{page.id}.md", summary(page)
            lines.append(f"- [{page.headings[0].text}]({address})" + (about and f": {about}"))
    whole = f"[Everything in one file]({published.url}llms-full.txt): all pages above"
    return "\n".join([*lines, "", "## Optional", "", f"- {whole}", ""])


def take_away(root, site, config):
    """Add to a built site each page as notebook and Markdown, links to both, and llms.txt."""
    published = Published.of(config)
    pages, texts = {}, {}
    for path in sorted((root / "docs").rglob("*.md")):
        page = Page.read(path, root)
        name, found = f"{page.id}.md", parts(page, published)
        pages[name], texts[name] = page, as_markdown(page, found, published)
        if page.id != HOME and page.blocks:
            notebook = as_notebook(page, found, config.site_name, published)
            _write(site / f"{page.id}.ipynb", nbformat.writes(notebook) + "\n")
        index = site / page_address(page.id) / "index.html"
        add_links(index, take_links(published, page), place_of_links(page))
    for lab in all_labs(root):
        name = f"{lab.name}.ipynb"
        pages[name], texts[name] = lab.page, lab_as_markdown(lab, published)
    for name, text in texts.items():
        _write(site / Path(name).with_suffix(".md"), text)
    for path in sorted((root / "docs" / "drawings").glob("*.svg")):
        _write(site / "drawings" / path.name, on_paper(path.read_text("utf8")))
    _write(site / "llms.txt", llms_txt(config, pages, published))
    ordered = [texts[name] for _, name in sections(config.nav)]
    _write(site / "llms-full.txt", "\n".join(ordered))


def _write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf8")
