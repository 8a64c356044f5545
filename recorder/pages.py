"""What a page holds, with line numbers. Build, check and lint all read pages through this.

A page names a program in a block, once; the text inside is the figure's alternative text:

    /// program | batch_norm/small_batch_noise
    A line chart: the noise falls as one over the square root of the batch size.
    ///

A drawing made by hand, docs/drawings/normalization_axes.svg, is named in the same way:

    /// drawing | normalization_axes
    A table of N rows and D columns; one column is marked.
    ///

An exercise is a program, exercise_<name>, that lacks a piece and says so; below it stands one with
the piece, folded away, whose lines from "# The check" on are the same:

    /// solution | batch_norm/exercise_fold_solution
    ///

What the programs of this page print on a GPU, and what a benchmark in tests/bench measured, are
named by empty blocks:

    /// gpu | gpu_training/step_by_step
    ///

    /// bench | convolution
    ///

The terms that a page is about, and a glossary of all terms, by their ids in terms.yml:

    /// names | batch-normalization
    ///

    /// glossary
    ///
"""

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from markdown_it import MarkdownIt

from recorder.files import read_text

BLOCK = re.compile(r"(/{3,})\s*([\w-]+)\s*(?:\|\s*(.*?)\s*)?$")
FENCE = re.compile(r"^[\s>]*(?:[-*+]\s+|\d+[.)]\s+)?(`{3,}|~{3,})\s*([^`]*)$")
EXAMPLE, NAME = r"[a-z0-9_]+/[a-z0-9_]+", r"[a-z0-9_-]+"
IDS = r"[a-z0-9-]+(?:, *[a-z0-9-]+)*"
NAMES = {"program": EXAMPLE, "drawing": NAME, "gpu": EXAMPLE, "bench": NAME, "names": IDS}
NAMES["solution"] = EXAMPLE
NAMES["glossary"] = ""  # names nothing
FORMS = {EXAMPLE: " | page/example", NAME: " | name", IDS: " | id, id", "": ""}
FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
TITLE = re.compile(r"^[ ]*(?:!!!|\?\?\?\+?|===[!+]?)[ ].*$", re.MULTILINE)  # of a tab, a note


@dataclass(frozen=True)
class Block:
    """A program, a drawing, a GPU's record, a benchmark or terms named on a page."""

    line: int
    name: str
    alternatives: tuple[str, ...] = ()  # texts for its figures
    kind: str = "program"


@dataclass(frozen=True)
class Heading:
    line: int
    level: int
    text: str
    id: str


@dataclass(frozen=True)
class Link:
    line: int
    target: str
    text: str  # of an image: the alternative text
    is_image: bool = False


@dataclass
class Page:
    """A Markdown page and what stands on it."""

    path: Path
    root: Path
    text: str = ""
    blocks: list[Block] = field(default_factory=list)  # programs, solutions among them
    drawings: list[Block] = field(default_factory=list)
    gpu: list[Block] = field(default_factory=list)  # programs whose GPU record stands here
    benches: list[Block] = field(default_factory=list)
    names: list[Block] = field(default_factory=list)
    glossaries: list[Block] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    fences: list[tuple[int, str]] = field(default_factory=list)  # (line, info), however nested
    raw_html: list[tuple[int, str]] = field(default_factory=list)
    indented_code: list[int] = field(default_factory=list)
    malformed: list[tuple[int, str]] = field(default_factory=list)

    @classmethod
    def read(cls, path, root):
        """Read a page and find what stands on it."""
        return _parsed(path, root, read_text(path, root))

    @cached_property
    def id(self):
        """The page as PAGE= takes it: layers/batch-norm."""
        relative = self.path.relative_to(self.root)
        return relative.relative_to("docs").with_suffix("").as_posix()

    def at(self, line):
        """Return "docs/layers/batch-norm.md:41"."""
        return f"{self.path.relative_to(self.root).as_posix()}:{line}"

    def parse(self, text):
        """Fill in what stands on the page."""
        self.text = text
        tokens = parser().parse(text)
        named = {
            "program": self.blocks,
            "solution": self.blocks,
            "drawing": self.drawings,
            "gpu": self.gpu,
            "bench": self.benches,
            "names": self.names,
            "glossary": self.glossaries,
        }
        for number, token in enumerate(tokens):
            line = token.map[0] + 1 if token.map else 0
            if token.type in NAMES:
                texts = paragraphs(token.content)
                named[token.type].append(Block(line, token.info, texts, token.type))
            elif token.type == "malformed":
                self.malformed.append((line, token.content))
            elif token.type == "heading_open":
                self.headings.append(_heading(line, token, tokens[number + 1].content))
            elif token.type == "html_block":
                self.raw_html.append((line, token.content))
            elif token.type == "inline":
                self._inline(line, token.children)
        self._fences(text)
        self._overlooked(text)
        self._indented(text)
        return self

    def _inline(self, line, children):
        for number, token in enumerate(children):
            if token.type in ("softbreak", "hardbreak"):
                line += 1
            elif token.type == "image":
                self.links.append(Link(line, token.attrGet("src"), token.content, True))
            elif token.type == "link_open":
                text = children[number + 1].content
                self.links.append(Link(line, token.attrGet("href"), text))
            elif token.type == "html_inline":
                self.raw_html.append((line, token.content))

    def _fences(self, text):
        """Find fences line by line, so that no nesting can hide one."""
        closing = None
        for line, content in enumerate(text.split("\n"), 1):
            found = FENCE.match(content)
            if closing is None and found:
                closing = found[1]
                self.fences.append((line, found[2].strip()))
            elif closing and found and found[1].startswith(closing) and not found[2].strip():
                closing = None
        if closing:
            self.malformed.append((self.fences[-1][0], "this fence is never closed"))

    def _overlooked(self, text):
        """Find what looks like a block and was not taken for one."""
        blocks = self.blocks + self.drawings + self.gpu + self.benches
        blocks = blocks + self.names + self.glossaries
        seen = {block.line for block in blocks} | {n for n, _ in self.malformed}
        for line, content in enumerate(text.split("\n"), 1):
            found = BLOCK.match(content.lstrip(" >"))
            if found and found[2] in NAMES and line not in seen:
                what = f"this is no block here: put an empty line before /// {found[2]}"
                self.malformed.append((line, what))

    def _indented(self, text):
        markdown = MarkdownIt("commonmark").disable("inline")  # blocks are all that is asked for
        tokens = markdown.parse(_keep_lines(FRONT_MATTER, text))
        opened = (t for t in tokens if t.type == "code_block" and t.level == 0)
        for token in opened:
            before = text.split("\n")[: token.map[0]]
            owner = next((line for line in reversed(before) if line and line[0] != " "), "")
            if not owner.startswith(("===", "!!!", "???")):  # a tab's or admonition's content
                self.indented_code.append(token.map[0] + 1)


@lru_cache(maxsize=1024)
def _parsed(path, root, text):
    """Return a page, parsed once: lint, build and what is made of it ask again and again."""
    return Page(path, root).parse(text)


def page_names(root):
    """Return the names of all pages, labs among them, as PAGE= takes them."""
    docs = root / "docs"
    sources = [*docs.rglob("*.md"), *docs.glob("labs/*.py")]
    return sorted(path.relative_to(docs).with_suffix("").as_posix() for path in sources)


def names_on(root, page):
    """Return the names of the programs that a page shows; of a lab, its own name."""
    path = root / "docs" / f"{page}.md"
    return {block.name for block in Page.read(path, root).blocks} if path.exists() else {page}


def paragraphs(text):
    """Return the paragraphs of a text, each as one line."""
    return tuple(" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip())


def _heading(line, token, text):
    found = re.search(r"\{[^}]*#([\w:.-]+)[^}]*\}\s*$", text)
    plain = re.sub(r"\s*\{[^}]*\}\s*$", "", text)
    return Heading(line, int(token.tag[1]), plain, found[1] if found else "")


def parser():
    """Return a Markdown parser that knows program blocks, also inside tabs and admonitions."""
    markdown = MarkdownIt("commonmark").enable("table").disable("code")
    markdown.core.ruler.after("normalize", "blank", _blank_titles)
    markdown.block.ruler.before("fence", "blocks", _block_rule, {"alt": ["paragraph", "list"]})
    return markdown


def _blank_titles(state):
    """Empty the front matter, and the titles of tabs and admonitions, which own what follows."""
    state.src = _keep_lines(TITLE, _keep_lines(FRONT_MATTER, state.src))


def _keep_lines(pattern, text):
    """Remove what matches, but for its line breaks, so that line numbers stay right."""
    return pattern.sub(lambda found: "\n" * found[0].count("\n"), text)


def _block_rule(state, start, end, silent):
    """Turn `/// program | name` … `///` into one token, and a drawing likewise."""
    found = BLOCK.match(_line(state, start))
    if not found or found[2] not in NAMES:
        return False
    if silent:
        return True
    close = next((n for n in range(start + 1, end) if _line(state, n) == found[1]), None)
    kind, name = found[2], found[3] or ""
    if close is None:
        token = state.push("malformed", "", 0)
        token.content = f"the block of {name or 'a ' + kind} is never closed by {found[1]}"
    elif not re.fullmatch(NAMES[kind], name):
        token = state.push("malformed", "", 0)
        got = f" | {name}" if name else ""
        token.content = f"expected /// {kind}{FORMS[NAMES[kind]]}, got /// {kind}{got}"
    else:
        token = state.push(kind, "", 0)
        token.info = name
        token.content = "\n".join(_line(state, n) for n in range(start + 1, close)).strip()
    state.line = (close or start) + 1
    token.map = [start, state.line]
    return True


def _line(state, n):
    return state.src[state.bMarks[n] + state.tShift[n] : state.eMarks[n]].rstrip()
