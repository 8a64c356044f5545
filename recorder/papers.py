"""The bibliography, papers.yml: what the pages cite, each work once.

A page cites a work by its id, `[@ioffe-2015]`; the reader sees authors, year, title and number.
What the fields mean is said at the top of the file.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

import yaml

from recorder.files import read_text
from recorder.problems import Problem, Problems

PAPERS = "papers.yml"
CITED = re.compile(r"\[@([^\]\s]*)\]")
BY_HAND = re.compile(r"\barXiv[ :]\d{4}\.\d{4,5}\b|\bdoi[ :]10\.\d{4,}/\S+")
ID = re.compile(r"[a-z][a-z-]*-\d{4}[a-z]?")
ARXIV = re.compile(r"(\d\d)(\d\d)\.\d{4,5}|[a-z-]+/\d{7}")
DOI = re.compile(r"10\.\d{4,}/\S+")
FIELDS = ("id", "authors", "year", "title", "in", "arxiv", "doi", "url")
WANTED = FIELDS[:4]
PLACES = FIELDS[4:]  # one of them at least


@dataclass(frozen=True)
class Paper:
    """A work that pages cite, and where it is found."""

    line: int
    id: str
    authors: tuple[str, ...]
    year: int
    title: str
    venue: str = ""
    arxiv: str = ""
    doi: str = ""
    url: str = ""

    @property
    def where(self):
        return f"{PAPERS}:{self.line}"

    @property
    def people(self):
        """The authors as a sentence names them: "A. One, B. Two and C. Three"."""
        *others, last = self.authors
        if last == "et al.":
            return f"{', '.join(others)} et al."
        return " and ".join([", ".join(others), last] if others else [last])

    @property
    def sorted_by(self):
        """The surname of the first author, then the year."""
        surname = re.sub(r"^(?:-?[A-ZÉ][\w-]*\.[ ]*)+", "", self.authors[0])
        return surname.casefold(), self.year, self.title

    def cite(self):
        """Return it as Markdown, as a list of sources names it."""
        parts = [f"{self.people} ({self.year}), *{self.title}*"]
        parts += [self.venue] if self.venue else []
        if self.arxiv:
            parts.append(f"[arXiv {self.arxiv}](https://arxiv.org/abs/{self.arxiv})")
        if self.doi:
            parts.append(f"[doi {self.doi}](https://doi.org/{self.doi})")
        if self.url:
            parts.append(f"[{self.url}](https://{self.url})")
        return ", ".join(parts)


def all_papers(root):
    """Return {id: Paper}; raise Problems if the file is not in order."""
    path = root / PAPERS
    return _read(path, path.stat().st_mtime_ns) if path.exists() else {}


@lru_cache(maxsize=8)
def _read(path, _changed):
    text = read_text(path, path.parent)
    try:
        entries = yaml.safe_load(text) or []
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{PAPERS}:{mark.line + 1}" if mark else PAPERS
        raise Problem(where, f"no YAML: {getattr(error, 'problem', error)}") from None
    lines = [n for n, line in enumerate(text.split("\n"), 1) if line.startswith("- ")]
    if not isinstance(entries, list) or len(lines) != len(entries):
        raise Problem(f"{PAPERS}:1", "no list of papers", "- id: …")
    papers, problems = {}, []
    for line, entry in zip(lines, entries, strict=True):
        try:
            paper = _paper(line, entry)
            _refuse_double(paper, papers.values())
            papers[paper.id] = paper
        except Problem as problem:
            problems.append(problem)
    if problems:
        raise Problems(problems)
    return papers


def _paper(line, entry):
    where = f"{PAPERS}:{line}"
    if not isinstance(entry, dict) or set(entry) - set(FIELDS):
        got = ", ".join(map(str, entry)) if isinstance(entry, dict) else str(entry)
        raise Problem(where, "a field that no paper has", ", ".join(FIELDS), got)
    missing = [field for field in WANTED if not entry.get(field)]
    missing += [] if any(entry.get(place) for place in PLACES) else [" or ".join(PLACES)]
    if missing:
        raise Problem(where, f"{entry.get('id', 'a paper')} lacks {', '.join(missing)}")
    authors, year = entry["authors"], entry["year"]
    texts = [entry[field] for field in FIELDS if field in entry and field not in WANTED[1:3]]
    if not isinstance(authors, list) or not all(isinstance(text, str) for text in authors + texts):
        expected = 'authors: [A. One, B. Two], and a number in quotes, arxiv: "1502.03167"'
        raise Problem(where, f"{entry['id']}: a field of another form", expected)
    if not isinstance(year, int):
        raise Problem(where, f"{entry['id']}: no year", "year: 2015", str(year))
    for field, form, example in (
        ("id", ID, "ioffe-2015"),
        ("arxiv", ARXIV, "1502.03167"),
        ("doi", DOI, "10.1038/323533a0"),
    ):
        if field in entry and not form.fullmatch(entry[field]):
            raise Problem(where, f"no {field}", example, entry[field])
    posted = ARXIV.fullmatch(entry.get("arxiv", ""))
    if posted and posted[1] and 2000 + int(posted[1]) > year + 1:  # a conference may come first
        what = f"{entry['id']} was posted long after its year"
        raise Problem(where, what, f"20{posted[1]} or later", str(year))
    more = {field: entry[field] for field in ("arxiv", "doi", "url") if field in entry}
    venue = entry.get("in", "")
    return Paper(line, entry["id"], tuple(authors), year, entry["title"], venue, **more)


def _refuse_double(paper, others):
    for other in others:
        for field in ("id", "arxiv", "doi", "title"):
            value = getattr(paper, field)
            if value and value == getattr(other, field):
                what = f"the {field} of {paper.id} is that of line {other.line} too"
                raise Problem(paper.where, what, got=value)


def cite_all(text, papers, at=lambda line: f"line {line}"):
    """Return a text with its citations written out; raise a Problem at an unknown one."""

    def written(found):
        if found[1] not in papers:
            line = text[: found.start()].count("\n") + 1
            near = sorted(name for name in papers if name[:3] == found[1][:3])
            expected = ", ".join(near) or f"an id in {PAPERS}"
            raise Problem(at(line), "a citation of no paper", expected, found[0])
        return papers[found[1]].cite()

    return CITED.sub(written, text)


def problems_of_papers(root, pages):
    """Yield a Problem for each citation without its paper, by hand, or paper without citation."""
    try:
        papers = all_papers(root)
    except Problem as problem:
        yield problem
        return
    except Problems as problems:
        yield from problems.problems
        return
    cited = set()
    for page in pages:
        cited |= set(CITED.findall(page.text))
        for line, content in enumerate(page.text.split("\n"), 1):
            for number in BY_HAND.findall(content):
                mend = f"cite it by its id in {PAPERS}: [@ioffe-2015]"
                yield Problem(page.at(line), "a citation typed by hand", got=number, mend=mend)
    for paper in papers.values():
        if paper.id not in cited:
            yield Problem(paper.where, f"no page cites {paper.id}", f"[@{paper.id}] on a page")


def bibliography(root, pages, link):
    """Return all papers as a Markdown list; link(page) makes the link to a page that cites."""
    citing = {}
    for page in pages:
        for name in dict.fromkeys(CITED.findall(page.text)):
            citing.setdefault(name, []).append(link(page))
    papers = sorted(all_papers(root).values(), key=lambda paper: paper.sorted_by)
    lines = [f"- {paper.cite()}. On {', '.join(citing.get(paper.id, []))}." for paper in papers]
    return "\n".join(lines)
