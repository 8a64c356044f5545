"""Tell a Markdown extension which page it is converting, whatever builds the site.

A Python-Markdown extension gets text, not a path. The page is the file below docs/ whose text
this is, front matter aside: a way that MkDocs, its forks and its successors share.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from markdown.preprocessors import Preprocessor

from recorder.pages import FRONT_MATTER, Page

try:
    from mkdocs.exceptions import (
        BuildError as StopsTheBuild,
    )  # reported without a traceback
except ImportError:
    StopsTheBuild = Exception


@dataclass(frozen=True)
class Source:
    """The page that is being converted."""

    text: str
    path: Path | None  # None: the text is no page's
    first_line: int  # of the text, in the file

    def at(self, line):
        """Return "docs/layers/batch-norm.md:41" for a line of the text."""
        name = self.path.as_posix() if self.path else "(text)"
        return f"{name}:{line + self.first_line - 1}"

    def find(self, fragment):
        """Return the line of the text on which a fragment first stands."""
        return self.text[: max(0, self.text.find(fragment))].count("\n") + 1

    @property
    def to_root(self):
        """The way from the page's address to the top of the site: "../../"."""
        if self.path is None:
            return ""
        parts = self.path.relative_to("docs").with_suffix("").parts
        return "../" * (len(parts) - (parts[-1] == "index"))

    @cached_property
    def page(self):
        """What stands on it; asked for at every block and heading."""
        return Page(self.path or Path("docs/(text).md"), Path()).parse(self.text)


@lru_cache(maxsize=4096)
def _body(path, _changed):
    """Return a page's text without its front matter, and the line on which it starts."""
    text = path.read_text("utf8")
    body = FRONT_MATTER.sub("", text).strip()
    return body, text[: text.find(body)].count("\n") + 1


class FindSource(Preprocessor):
    """Puts the Source of the text that is converted into `md.source`, before anything else."""

    def run(self, lines):
        text = "\n".join(lines)
        source = Source(text, None, 1)
        for path in sorted(Path("docs").rglob("*.md")):
            body, first = _body(path, path.stat().st_mtime_ns)
            if body and body == text.strip():
                lead = len(text) - len(text.lstrip())
                source = Source(text, path, first - text[:lead].count("\n"))
        self.md.source = source
        return lines


def find_source(md):
    """Let a Markdown instance know its source; several extensions may ask for it."""
    if "recorder-source" not in md.preprocessors:
        md.preprocessors.register(FindSource(md), "recorder-source", 1000)
