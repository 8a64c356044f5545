"""A Markdown extension that shows a program where a page names it: code, output, figure.

    /// program | batch_norm/small_batch_noise
    The figure's alternative text.
    ///

and a drawing, docs/drawings/<name>.svg, in the colors of the reader's theme:

    /// drawing | normalization_axes
    The drawing's alternative text.
    ///

and what the program printed on a GPU, or a benchmark in tests/bench measured:

    /// gpu | gpu_training/step_by_step
    ///

    /// bench | convolution
    ///

and terms of the termbase, the page's own or all of them:

    /// names | batch-normalization
    ///

    /// glossary
    ///

Each is a block of pymdownx.blocks, so it also works inside tabs, lists and admonitions. A page
with a program that is not there, or has no record, or a stale one, stops the build.
"""

import html
import re
from functools import cache
from itertools import count
from pathlib import Path
from xml.etree import ElementTree

from markdown import util
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from pygments.lexers import PythonLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block

from recorder.expand import expand
from recorder.figures import GRID, INK, LINES, PAPER
from recorder.glossary import show_glossary, show_names
from recorder.pages import paragraphs
from recorder.problems import Problem, Problems
from recorder.programs import Bench, OnGpu, all_programs, shown_twice, stale, unknown
from recorder.run import PACKAGES
from recorder.source import StopsTheBuild, find_source
from recorder.terms import all_terms, ids_of, problems_of_names

PYTHON = PythonLexer(stripnl=False)
COLORED = (  # by the theme, whose names these are; all else has the color of text
    ("c", (Comment, String.Doc)),
    ("s", (String,)),
    ("m", (Number,)),
    ("nb", (Name.Builtin, Keyword.Constant)),
    ("nf", (Name.Function, Name.Class, Name.Namespace)),
    ("k", (Keyword, Operator.Word, Name.Decorator)),
)
UNSEARCHED = {"data-search-exclude": "yes"}  # what the theme's full-text search leaves out
EXCLUDED = 'data-search-exclude="yes"'
TYPED = re.compile(r"<pre(?! (?:data-program|tabindex))[^>]*>(.*?)</pre>", re.DOTALL)
FENCE = re.compile(r'<div class="(?:language-[\w-]+ )?highlight"><pre>')
VARIABLES = {INK: "--drawn-ink", PAPER: "--drawn-paper", GRID: "--drawn-grid"}
COLOR = re.compile(r"#[0-9a-fA-F]{3,8}\b")
VARIABLES |= {color: f"--drawn-{n}" for n, color in enumerate(LINES, 1)}


def problems_of(page, at, programs):
    """Yield a Problem for each block of a page that cannot be shown. at: line → place."""
    for line, what in page.malformed:
        yield Problem(at(line), what)
    seen = {}
    for block in page.blocks:
        mend = f"make record PAGE={page.id}"
        program = programs.get(block.name)
        if block.name in seen:
            yield shown_twice(at(block.line), block.name, at(seen[block.name]))
            continue
        seen[block.name] = block.line
        if program is None:
            yield unknown(at(block.line), block.name, programs)
            continue
        try:
            record = program.read()
            if not program.is_current(record):
                raise stale(program, record)
            figures, texts = len(record.figures), len(block.alternatives)
            if texts < figures:
                what = f"a figure of {block.name} has no alternative text"
                expected = f"{figures} in the block, a paragraph each"
                mend = "write what the figure shows between /// and ///"
                raise Problem(at(block.line), what, expected, str(texts), mend)
            if texts > figures:
                what = f"{block.name} draws less than its block describes"
                raise Problem(at(block.line), what, str(texts), str(figures), "remove the text")
        except Problem as problem:
            if problem.where != at(block.line):
                problem.where = f"{at(block.line)}: {problem.where}"
            problem.mend = problem.mend or mend
            yield problem


def drawing_path(name, root=Path()):
    return root / "docs" / "drawings" / f"{name}.svg"


def problems_of_drawings(page, at, root=Path()):
    """Yield a Problem for each drawing of a page that cannot be shown."""
    for block in page.drawings:
        path = drawing_path(block.name)
        if not (root / path).exists():
            yield Problem(at(block.line), f"no drawing {block.name}", f"a file {path}", "none")
        elif not block.alternatives:
            what = f"the drawing {block.name} has no alternative text"
            yield Problem(at(block.line), what, "a text inside the block", "none")
        else:
            foreign = set(COLOR.findall((root / path).read_text("utf8"))) - set(VARIABLES)
            if foreign:
                known, got = ", ".join(VARIABLES), ", ".join(sorted(foreign))
                yield Problem(path.as_posix(), "a color that no theme knows", known, got)


def problems_of_measurements(page, at, root=Path()):
    """Yield a Problem for each GPU record or benchmark of a page that cannot be shown."""
    shown = {block.name for block in page.blocks}
    things = [(block, OnGpu(root, block.name)) for block in page.gpu]
    things += [(block, Bench(root, block.name)) for block in page.benches]
    for block, thing in things:
        bench = isinstance(thing, Bench)
        mend = "make bench" if bench else f"make record-gpu PAGE={page.id}, or remove the record"
        if bench and not thing.path.exists():
            yield Problem(at(block.line), f"no benchmark {block.name}", f"a file {thing.where}")
        elif not bench and block.name not in shown:
            what = f"{block.name} is not shown on this page"
            yield Problem(at(block.line), what, f"/// program | {block.name} above it")
        elif bench or thing.record_path.exists():
            try:
                record = thing.read()
                if not thing.is_current(record):
                    raise stale(thing, record)
            except Problem as problem:
                problem.where, problem.mend = f"{at(block.line)}: {problem.where}", mend
                yield problem


@cache
def show_code(source):
    """Return a program as highlighted HTML: a <pre> with one <code> that is the whole program.

    Neighbors of one color share an element: Pygments gives each sign its own, half of a page.
    """
    pieces, last = [], ""
    for kind, text in PYTHON.get_tokens(source):
        color = _color(kind)
        if not text.strip():
            color = last
        if color != last or not pieces:
            pieces.append([color, ""])
        pieces[-1][1] += html.escape(text, quote=False)
        last = color
    shown = "".join(f'<span class="{c}">{text}</span>' if c else text for c, text in pieces)
    return f'<div class="highlight"><pre data-program><code>{shown}</code></pre></div>'


@cache
def _color(kind):
    """Return the theme's name for the color of a kind of token, "" for that of text."""
    return next((name for name, kinds in COLORED if any(kind in k for k in kinds)), "")


def copy_button(identifier, what):
    """Return a button that copies the code inside an element, and says to all what it copies."""
    return (
        f'<button type="button" class="md-code__button" data-md-type="copy" title="Copy" '
        f'aria-label="Copy {what}" data-clipboard-target="#{identifier} code"></button>'
    )


def show_output(output, title="Output"):
    """Return what was printed; no <code>, so that no copy button appears on it."""
    if not output.strip():
        return ""
    text = html.escape(output.rstrip("\n"), quote=False)
    title = html.escape(title)
    return (
        f'<div class="output" {EXCLUDED}><span>{title}</span>'
        f'<pre tabindex="0"><samp>{text}</samp></pre></div>'
    )


def show_figure(path, svg, alternative):
    """Return an image in its two versions; `path` is without -light.svg or -dark.svg."""
    width, height = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups()
    pixels = (round(float(points) * 4 / 3) for points in (width, height))
    size = 'width="{}" height="{}" loading="lazy"'.format(*pixels)
    alt = html.escape(alternative)
    images = (
        f'<img src="{path}-{theme}.svg#only-{theme}" alt="{alt}" {size}>'
        for theme in ("light", "dark")
    )
    return f'<figure class="drawn">{"".join(images)}</figure>'


def show_drawing(path, alternative):
    """Return a drawing as inline SVG whose colors are the theme's variables."""
    svg = path.read_text("utf8")
    svg = COLOR.sub(lambda found: f"var({VARIABLES[found[0]]})", svg)
    alt = html.escape(alternative)
    svg = svg.replace("<svg ", f'<svg role="img" aria-label="{alt}" ', 1)
    return f'<figure tabindex="0" {EXCLUDED}>{svg.strip()}</figure>'


def how_it_ran(record):
    """Return the sentence that says with what, on what, and for how long a program ran."""
    order = ["Python", *PACKAGES.values()]
    used = sorted(record.versions.items(), key=lambda item: order.index(item[0]))
    versions = ", ".join(f"{name} {version}" for name, version in used)
    seconds = f"{record.seconds:.1f} s" if record.seconds >= 0.1 else "less than 0.1 s"
    return f"Ran in {seconds} on {record.device} with {versions}."


def show_program(program, record, alternatives, to_root, repository):
    """Return the HTML of a program, its output, its figures, and how it ran."""
    address = f"{to_root}{program.where}"
    link = f"{repository}/blob/main/{program.where}" if repository else address
    stem, name = address.removesuffix(".py"), program.name.replace("/", "/<wbr>")
    figures = "".join(
        show_figure(stem + (f"-{n}" if n > 1 else ""), svg, text)
        for n, (svg, text) in enumerate(zip(record.figures, alternatives, strict=True), 1)
    )
    return (
        f'<p class="program-title" {EXCLUDED}><a href="{link}">{name}.py</a>'
        f'<a class="download" href="{address}" download>Download</a>'
        f"{copy_button(program.path.stem, program.name + '.py')}</p>"
        f"{show_code(program.source)}{show_output(record.output)}{figures}"
        f'<p class="ran" {EXCLUDED}>{html.escape(how_it_ran(record))}</p>'
    )


def show_gpu(program, page_id):
    """Return the HTML of what a program printed on a GPU, or say that none has run it."""
    if not program.record_path.exists():
        return (
            f'<p class="ran missing">No GPU has run {program.path.name} yet, so what it prints '
            "there is missing here. On a machine with a GPU, "
            f"<code>make record-gpu PAGE={page_id}</code> adds it.</p>"
        )
    record = program.read()
    shown = show_output(record.output, f"Output of {program.path.name} on {record.device}")
    return f'{shown}<p class="ran">{html.escape(how_it_ran(record))}</p>'


def show_bench(bench, repository):
    """Return the HTML of what a benchmark measured, on the machine that it names itself."""
    record = bench.read()
    title = f"{bench.where}"
    if repository:
        title = f'<a href="{repository}/blob/main/{bench.where}">{bench.where}</a>'
    shown = show_output(record.output, "Measured")
    how = html.escape(how_it_ran(record))
    return f'{shown}<p class="ran">By <code>make bench</code>, which runs {title}. {how}</p>'


class NamedBlock(Block):
    """Becomes a placeholder, into which the finished HTML is put at the end."""

    ARGUMENT = True

    def on_create(self, parent):
        identifier = self.argument.rpartition("/")[2]  # where a link to it leads
        return ElementTree.SubElement(parent, "div", {"class": self.NAME, "id": identifier})

    def on_markdown(self):
        return "raw"


class ProgramBlock(NamedBlock):
    NAME = "program"
    FOLDED = "{}"

    def on_end(self, block):
        program = self.md.programs[self.argument]  # it is there: else the page was refused
        shown = show_program(
            program,
            program.read(),
            paragraphs(block.text or ""),
            self.md.source.to_root,
            self.config["repository"].rstrip("/"),
        )
        shown = self.FOLDED.format(shown)
        block.text = util.AtomicString(self.md.htmlStash.store(shown))
        self.md.shown.add(self.argument)


class SolutionBlock(ProgramBlock):
    """A program that a reader unfolds, after a try of their own."""

    NAME = "solution"
    FOLDED = "<details><summary>A solution</summary>{}</details>"

    def on_create(self, parent):
        element = super().on_create(parent)
        element.set("class", "program solution")
        return element


class DrawingBlock(NamedBlock):
    NAME = "drawing"

    def on_end(self, block):
        shown = show_drawing(drawing_path(self.argument), paragraphs(block.text)[0])
        block.text = util.AtomicString(self.md.htmlStash.store(shown))


class GpuBlock(NamedBlock):
    NAME = "gpu"

    def on_create(self, parent):
        return ElementTree.SubElement(parent, "div", {"class": "measured"})

    def on_end(self, block):
        shown = show_gpu(OnGpu(Path(), self.argument), self.md.source.page.id)
        block.text = util.AtomicString(self.md.htmlStash.store(shown))


class BenchBlock(NamedBlock):
    NAME = "bench"

    def on_create(self, parent):
        identifier = f"bench-{self.argument}"
        return ElementTree.SubElement(parent, "div", {"class": "measured", "id": identifier})

    def on_end(self, block):
        shown = show_bench(Bench(Path(), self.argument), self.config["repository"].rstrip("/"))
        block.text = util.AtomicString(self.md.htmlStash.store(shown))


class NamesBlock(NamedBlock):
    NAME = "names"

    def on_create(self, parent):
        return ElementTree.SubElement(parent, "div", {"class": self.NAME, **UNSEARCHED})

    def on_end(self, block):
        terms = all_terms(Path())
        shown = show_names([terms[name] for name in ids_of(self.argument)], self.md.source.to_root)
        block.text = util.AtomicString(self.md.htmlStash.store(shown))


class GlossaryBlock(NamedBlock):
    NAME = "glossary"
    ARGUMENT = None

    def on_create(self, parent):
        return ElementTree.SubElement(parent, "div", {"class": self.NAME, **UNSEARCHED})

    def on_end(self, block):
        shown = show_glossary(all_terms(Path()).values(), self.md.source.to_root)
        block.text = util.AtomicString(self.md.htmlStash.store(shown))


class RefuseBadPages(Preprocessor):
    """Stops the build at a page whose programs cannot all be shown."""

    def run(self, lines):
        source, self.md.programs, self.md.shown = self.md.source, all_programs(Path()), set()
        if source.path is None and (source.page.blocks or source.page.drawings):
            first = next((line for line in lines if line.strip()), "")
            what = "this text is not that of a page in docs/: no metadata but between lines ---"
            raise StopsTheBuild(str(Problem(first, what)))
        problems = [
            *problems_of(source.page, source.at, self.md.programs),
            *problems_of_drawings(source.page, source.at),
            *problems_of_measurements(source.page, source.at),
            *problems_of_names(source.page, source.at),
        ]
        if problems:
            raise StopsTheBuild(str(Problems(problems)))
        return lines


class WriteOut(Preprocessor):
    """Writes out citations, and the lists that are made from data."""

    def run(self, lines):
        source = self.md.source
        try:
            return expand("\n".join(lines), Path(), source.page.id, source.at).split("\n")
        except (Problem, Problems) as problem:
            raise StopsTheBuild(str(problem)) from None


class MissNoBlock(Postprocessor):
    """Stops the build at a block that Markdown took for something else, and at other code."""

    def run(self, text):
        source = self.md.source
        page = source.page
        missed = [block for block in page.blocks if block.name not in self.md.shown]
        problems = [
            Problem(source.at(block.line), f"{block.name} is not shown: is its block indented?")
            for block in missed
        ]
        typed = [html.unescape(re.sub("<.*?>", "", pre)).strip() for pre in TYPED.findall(text)]
        if not missed and len(typed) > len(page.fences):
            for code in typed:
                first = code.partition("\n")[0]
                what = "code by indentation, which nothing runs"
                if first and not _in_fence(source.text, page, first):
                    problems.append(Problem(source.at(source.find(first)), what, got=first))
        if problems:
            raise StopsTheBuild(str(Problems(problems)))
        return text


class CopyFences(Postprocessor):
    """Gives each fence, a command to type, a button that copies it."""

    def run(self, text):
        numbers = count(1)

        def with_button(found):
            identifier = f"command-{next(numbers)}"
            button = copy_button(identifier, "this command")
            return found[0].replace("><pre>", f' id="{identifier}">{button}<pre>')

        return FENCE.sub(with_button, text)


def _in_fence(text, page, first):
    """Say whether a line of code is the first of one of the page's fences."""
    lines = text.split("\n")
    return first in {lines[line].strip(" >") for line, _ in page.fences if line < len(lines)}


class ProgramExtension(BlocksExtension):
    def __init__(self, *args, **options):
        self.config = {"repository": ["", "address of the repository to which titles link"]}
        super().__init__(*args, **options)

    def extendMarkdownBlocks(self, md, block_mgr):
        find_source(md)
        md.preprocessors.register(RefuseBadPages(md), "recorder-refuse", 999)
        md.preprocessors.register(WriteOut(md), "recorder-write-out", 998)
        md.postprocessors.register(MissNoBlock(md), "recorder-miss-none", 999)
        md.postprocessors.register(CopyFences(md), "recorder-copy-fences", -20)
        block_mgr.register(ProgramBlock, self.getConfigs())
        block_mgr.register(SolutionBlock, self.getConfigs())
        block_mgr.register(DrawingBlock, self.getConfigs())
        block_mgr.register(GpuBlock, self.getConfigs())
        block_mgr.register(BenchBlock, self.getConfigs())
        block_mgr.register(NamesBlock, self.getConfigs())
        block_mgr.register(GlossaryBlock, self.getConfigs())


def makeExtension(**options):
    return ProgramExtension(**options)
