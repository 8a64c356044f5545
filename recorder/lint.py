"""Find what is wrong on the pages without running anything."""

import functools
import re
from itertools import zip_longest
from urllib.parse import unquote

from recorder.blocks import problems_of, problems_of_drawings, problems_of_measurements
from recorder.expand import expand
from recorder.labs import all_labs
from recorder.notes import problems_of_notes
from recorder.pages import Page
from recorder.papers import problems_of_papers
from recorder.problems import Problem, Problems
from recorder.programs import Bench, OnGpu, all_programs, shown_twice, stale
from recorder.terms import known_terms, problems_of_names, problems_of_terms

# Fences that are no programs. What a `sh` fence says has to be a command of this project.
SHOWN_ONLY = {"sh", "md"}
COMMANDS = re.compile(r"make [a-z-]+( [A-Z]+=[\w/.-]+)*|git clone \S+|cd [\w/.-]+")
# A program of the page, started as a reader starts it: tests/snippets runs each of these.
STARTS = re.compile(r"(?:python|torchrun(?: --?[\w=.:-]+)*) (\w+)\.py((?: [\w=.:+-]+)*)")
EXERCISE = re.compile(r"/exercise_\w+$")
LONGEST_PROGRAM = 60  # lines
ALSO_PAGES = ("README.md", "CONTRIBUTING.md")


def lint(root):
    """Return every Problem of the project, in the order of its pages."""
    programs, labs, problems = all_programs(root), all_labs(root), []

    def read(paths):
        for path in paths:
            try:
                yield Page.read(path, root)
            except Problem as problem:  # not UTF-8
                problems.append(problem)

    anchors_of = functools.cache(lambda path: _anchors(path, root))
    pages = list(read(sorted((root / "docs").rglob("*.md"))))
    extra = list(read(root / name for name in ALSO_PAGES if (root / name).exists()))
    for path in sorted((root / "docs").rglob("*")):
        if path.suffix in (".markdown", ".mdown", ".mkdn", ".mkd"):
            where = path.relative_to(root).as_posix()
            problems.append(Problem(where, "a page under a name that nothing checks", "x.md"))
    for page in pages:
        problems += problems_of(page, page.at, programs)
        problems += problems_of_drawings(page, page.at, root)
        problems += problems_of_measurements(page, page.at, root)
        problems += _headings(page)
        problems += problems_of_names(page, page.at, root)
        problems += _exercises(page, programs)
    for page in pages + extra + [lab.page for lab in labs]:
        problems += _fences(page, root)
        problems += _typed_html(page)
        problems += _links(page, anchors_of)
    headings = {page.path: {heading.id for heading in page.headings} - {""} for page in pages}
    problems += problems_of_terms(root, headings)
    problems += problems_of_papers(root, pages)
    problems += problems_of_notes(root, pages, programs)
    problems += _written_out(pages, root)
    problems += _shown_once(pages, programs)
    problems += _orphans(root, pages, programs, labs)
    problems += _unshown_drawings(root, pages)
    problems += _shape_of_programs(programs)
    problems += _labs(labs)
    return problems


def _fences(page, root):
    """Refuse code and output typed by hand, however deep in a tab or an admonition."""
    mend = "a program: put it into snippets/ and name it here, /// program | page/example\n"
    mend += "an output: print it in a program, and run `make record`"
    targets = _make_targets(root)
    for line, info in page.fences:
        language = re.split(r"[\s{}.,:]+", info.lstrip("{ ."))[0].lower()
        if language not in SHOWN_ONLY:
            what = "a fence typed by hand, which nothing runs or compares"
            yield Problem(page.at(line), what, " or ".join(sorted(SHOWN_ONLY)), f"```{info}", mend)
        elif language == "sh":
            yield from _commands(page, line, targets)
    for line in page.indented_code:
        yield Problem(page.at(line), "code by indentation, which nothing runs", mend=mend)


def _commands(page, line, targets):
    """Refuse a shell command that is not this project's own, nor starts a program of the page."""
    lines = page.text.split("\n")
    shown = {block.name.partition("/")[2] for block in page.blocks}
    for number in range(line, len(lines)):
        command = lines[number].strip()
        if command.startswith("```"):
            return
        started = STARTS.fullmatch(command)
        if started and started[1] not in shown:
            what = "a command that starts no program of this page"
            yield Problem(page.at(number + 1), what, ", ".join(sorted(shown)), command)
        elif command and not started and not COMMANDS.fullmatch(command):
            yield Problem(
                page.at(number + 1),
                "a command that nothing tries",
                "make …, python example.py, torchrun example.py",
                command,
            )
        found = re.match(r"make ([\w-]+)", command)
        if found and targets and found[1] not in targets:
            yield Problem(page.at(number + 1), "no such target", ", ".join(targets), command)


def _make_targets(root):
    path = root / "Makefile"
    return re.findall(r"^([a-z][\w-]*):", path.read_text("utf8"), re.M) if path.exists() else []


def _typed_html(page):
    """Refuse <pre> and images without alternative text in raw HTML."""
    for line, text in page.raw_html:
        if re.search(r"<(pre|code|samp|script|style)\b", text, re.IGNORECASE):
            yield Problem(page.at(line), "HTML that only an extension may write", got=text[:80])
        for image in re.findall(r"<img\b[^>]*>", text, re.IGNORECASE):
            if not re.search(r'\balt="[^"]+"', image):
                yield Problem(page.at(line), "an image without alternative text", got=image[:80])


def _headings(page):
    """Ask for an ASCII id, once on its page, at every heading below the title."""
    seen = {block.name.partition("/")[2]: block.line for block in page.blocks}  # their ids
    for heading in page.headings:
        if heading.level > 1 and not re.fullmatch(r"[a-z0-9-]+", heading.id):
            yield Problem(
                page.at(heading.line),
                "a heading without an explicit id in a-z, 0-9 and -",
                f"{'#' * heading.level} {heading.text} {{#some-id}}",
                f"{'#' * heading.level} {heading.text}",
            )
        if heading.id and heading.id in seen:
            yield Problem(
                page.at(heading.line), f"the id {heading.id} stands on line {seen[heading.id]} too"
            )
        seen[heading.id] = heading.line


def _links(page, anchors_of):
    """Refuse images without alternative text, and links to files or anchors that are not there."""
    for link in page.links:
        if link.is_image and not link.text.strip():
            got = f"![]({link.target})"
            yield Problem(page.at(link.line), "an image without alternative text", got=got)
        if not link.is_image and not re.sub(r"\$[^$]*\$", "", link.text).strip(" .,"):
            what = "a link without words: a screen reader reads no formula to say where it leads"
            yield Problem(page.at(link.line), what, "[words](…)", f"[{link.text}](…)")
        address, _, anchor = unquote(link.target).partition("#")
        if re.match(r"[a-z]+:", address) or link.target.startswith("//"):
            continue
        target = (page.path.parent / address).resolve() if address else page.path
        if not target.exists():
            yield Problem(page.at(link.line), "a broken link", f"a file {address}", "none there")
        elif anchor and target.suffix == ".md" and anchor not in anchors_of(target):
            known = ", ".join(sorted(anchors_of(target)))
            yield Problem(page.at(link.line), "a broken anchor", known, f"#{anchor}")


def _anchors(path, root):
    page = Page.read(path, root)
    anchors = {heading.id for heading in page.headings}
    anchors |= {block.name.partition("/")[2] for block in page.blocks}
    return anchors | set(known_terms(root) if page.glossaries else ())


def _written_out(pages, root):
    """Refuse citations of no paper, and lists of another form."""
    for page in pages:
        try:
            expand(page.text, root, page.id, page.at)
        except Problem as problem:
            yield problem
        except Problems:
            return  # of the data: told where they are


def _exercises(page, programs):
    """Ask each exercise for a solution right below it, with the same check, that passes it."""
    for block, after in zip_longest(page.blocks, page.blocks[1:]):
        name, solution = block.name, f"{block.name}_solution"
        of = name.removesuffix("_solution")
        if block.kind == "solution" and not (of in programs and EXERCISE.search(name)):
            expected = "/// solution | page/exercise_example_solution below page/exercise_example"
            yield Problem(page.at(block.line), "a solution without an exercise", expected, name)
        if block.kind == "solution" or not EXERCISE.search(name):
            continue
        if after is None or (after.kind, after.name) != ("solution", solution):
            what, expected = "an exercise without its solution below", f"/// solution | {solution}"
            yield Problem(page.at(block.line), what, expected, after and f"/// {after.kind}")
            continue
        if name not in programs or solution not in programs:
            continue  # told elsewhere
        try:
            pair = programs[name], programs[solution]
            checks = [program.source.partition("\n# The check\n")[2] for program in pair]
            tells = [program.read().output for program in pair]
        except Problem:
            continue  # told elsewhere
        where = pair[1].where
        if not checks[0] or checks[0] != checks[1]:
            what = "an exercise and its solution differ in what decides"
            yield Problem(where, what, 'the same lines after "# The check" in both')
        if "not yet" not in tells[0]:
            what = "the check takes an exercise that nobody has solved"
            yield Problem(pair[0].where, what, '"not yet: …" in its output', tells[0])
        if "not yet" in tells[1]:
            yield Problem(where, "a solution that the check refuses", "right", tells[1])


def _shown_once(pages, programs):
    """Ask that every program stands on one page, once."""
    shown = {}
    for page in pages:
        for block in page.blocks:
            first, line = shown.setdefault(block.name, (page, block.line))
            if first is not page:  # twice on one page is told there
                yield shown_twice(page.at(block.line), block.name, first.at(line))
    for name in sorted(set(programs) - set(shown)):
        mend = f"write /// program | {name} on its page, or remove it"
        yield Problem(programs[name].where, "a program that no page shows", mend=mend)


def _orphans(root, pages, programs, labs):
    """Refuse records and figures without a program, or that no page shows."""
    known = {OnGpu(root, block.name).record_path for page in pages for block in page.gpu}
    known |= {Bench(root, block.name).record_path for page in pages for block in page.benches}
    for program in programs.values():
        known |= {program.path, program.record_path}
        try:
            count = len(program.read().figures)
            known |= {program.figure_path(number + 1) for number in range(count)}
        except Problem:  # told at its page
            known |= program.figures_on_disk()
    for lab in labs:
        known |= {lab.path, lab.record_path}
    below = [*(root / "snippets").rglob("*"), *(root / "docs" / "labs").glob("*")]
    below += (root / "tests" / "bench").glob("*.out")
    for path in sorted(below):
        name = path.relative_to(root).as_posix()
        aside = path.suffix in (".md", ".toml") or re.search(r"/(__pycache__|\.)", name)
        if path.is_dir() or path in known or aside:
            continue
        what = "a file that is no program: expected snippets/page/example.py"
        if path.suffix in (".out", ".svg", ".ipynb"):
            what = "a record without a program"
        yield Problem(name, what, mend=f"remove {name}")


def _unshown_drawings(root, pages):
    """Refuse drawings that no page shows."""
    named = {block.name for page in pages for block in page.drawings}
    for path in sorted((root / "docs" / "drawings").glob("*")):
        if path.stem not in named or path.suffix != ".svg":
            yield Problem(path.relative_to(root).as_posix(), "a drawing that no page shows")


def _shape_of_programs(programs):
    """Ask for a caption, a readable length, and a name that hides no module."""
    for program in programs.values():
        try:
            length, caption = program.source.count("\n"), program.caption
        except Problem as problem:  # not UTF-8
            yield problem
            continue
        except SyntaxError as error:
            yield Problem(f"{program.where}:{error.lineno}", f"SyntaxError: {error.msg}")
            continue
        if length >= LONGEST_PROGRAM:
            expected = f"under {LONGEST_PROGRAM} lines"
            yield Problem(program.where, "a program too long to read", expected, f"{length} lines")
        if not caption:
            yield Problem(program.where, "no docstring: its first line is the caption")


def _labs(labs):
    """Ask for a current record of every lab, and for alternative text where one draws."""
    for lab in labs:
        yield from _lab_headings(lab)
        try:
            cells, record = lab.cells, lab.read()
            if not lab.is_current(record):
                raise stale(lab, record)
        except Problem as problem:
            problem.mend = problem.mend or f"make record PAGE={lab.name}"
            yield problem
            continue
        for (line, _), cell, images in zip(cells, lab.code_cells, record.figures, strict=True):
            if images and not cell.metadata.get("alt"):
                where = f"{lab.where}:{line - 1}"
                yield Problem(where, "a figure without alternative text", '# %% alt="…"', "# %%")


def _lab_headings(lab):
    """Ask for an explicit anchor at every heading below a lab's title."""
    for number, line in enumerate(lab.source.split("\n"), 1):
        if re.match(r"# ##+ ", line) and not re.search(r'<a id="[a-z0-9-]+"></a>$', line):
            expected = line + ' <a id="some-id"></a>'
            yield Problem(f"{lab.where}:{number}", "a heading without an explicit id", expected)
