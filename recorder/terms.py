"""The termbase, terms.yml: the field's terms in four languages, each with one sentence.

It feeds the names under a page's title, the glossary and the search. What its fields mean is
said at the top of the file.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from recorder.files import read_text
from recorder.problems import Problem, Problems

TERMS = "terms.yml"
GLOSSARY = "reference/glossary"  # the page that shows all of them
LANGUAGES = {"en": "English", "zh": "中文", "vi": "Tiếng Việt", "ko": "한국어"}
LISTS = (*LANGUAGES, "torch", "find")
FIELDS = ("id", *LISTS, "at", "is")
OPTIONAL = ("torch", "find", "at")
ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
LONGEST_DEFINITION = 25  # words
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Term:
    """A term: its names by language, the first of which leads, and where it is explained."""

    line: int
    id: str
    names: dict[str, tuple[str, ...]]
    torch: tuple[str, ...]
    find: tuple[str, ...]
    at: str  # "layers/batch-norm#fold"; empty as long as no page explains it
    definition: str

    @property
    def where(self):
        return f"{TERMS}:{self.line}"

    @property
    def page(self):
        """The page that explains it, "layers/batch-norm", or the glossary."""
        return self.at.partition("#")[0] or GLOSSARY

    @property
    def anchor(self):
        """The section of that page; empty for the page as a whole."""
        return self.at.partition("#")[2] if self.at else self.id

    @property
    def address(self):
        """Where it is explained, from the top of the site: "layers/batch-norm/#fold"."""
        return f"{self.page}/" + (f"#{self.anchor}" if self.anchor else "")

    @property
    def searched(self):
        """Everything by which a reader may look for it, without repetition."""
        names = [name for names in self.names.values() for name in names]
        return tuple(dict.fromkeys([*names, *self.torch, *self.find]))


def all_terms(root):
    """Return {id: Term}; raise Problems if the termbase is not in order."""
    path = root / TERMS
    return _read(path, path.stat().st_mtime_ns) if path.exists() else {}


@lru_cache(maxsize=8)
def _read(path, _changed):
    try:
        document = yaml.compose(read_text(path, path.parent), Loader=LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{TERMS}:{mark.line + 1}" if mark else TERMS
        raise Problem(where, f"no YAML: {getattr(error, 'problem', error)}") from None
    if not isinstance(document, yaml.SequenceNode):
        raise Problem(f"{TERMS}:1", "no list of terms", "- id: …")
    terms, problems = {}, []
    for node in document.value:
        line = node.start_mark.line + 1
        try:
            term = _term(line, _fields(node, line))
            if term.id in terms:
                what = f"the id {term.id} stands on line {terms[term.id].line} too"
                raise Problem(f"{TERMS}:{line}", what)
            terms[term.id] = term
        except Problem as problem:
            problems.append(problem)
    if problems:
        raise Problems(problems)
    return terms


def _fields(node, line):
    """Return a term's fields as {name: text or tuple of texts}."""
    if not isinstance(node, yaml.MappingNode):
        raise Problem(f"{TERMS}:{line}", "no term", "- id: …")
    fields = {}
    for key, value in node.value:
        where, name = f"{TERMS}:{key.start_mark.line + 1}", key.value
        if name not in FIELDS or name in fields:
            what = "a field given twice" if name in fields else "an unknown field"
            raise Problem(where, what, ", ".join(FIELDS), str(name))
        items = value.value if isinstance(value, yaml.SequenceNode) else [value]
        texts = tuple(item.value for item in items if isinstance(item, yaml.ScalarNode))
        is_list = isinstance(value, yaml.SequenceNode)
        if is_list != (name in LISTS) or len(texts) < len(items) or not all(texts) or not texts:
            expected = f"{name}: [one, or, more]" if name in LISTS else f"{name}: a text"
            raise Problem(where, f"the field {name} has another form", expected)
        if len(set(texts)) < len(texts):
            raise Problem(where, f"a name stands twice in {name}", got=", ".join(texts))
        fields[name] = texts if is_list else texts[0]
    return fields


def _term(line, fields):
    where, name = f"{TERMS}:{line}", fields.get("id", "a term")
    missing = [field for field in FIELDS if field not in fields and field not in OPTIONAL]
    if missing:
        raise Problem(where, f"{name} lacks {', '.join(missing)}", ", ".join(FIELDS))
    if not re.fullmatch(ID, name):
        raise Problem(where, "this id is not of a-z, 0-9 and -", "batch-normalization", name)
    words = len(fields["is"].split())
    if words > LONGEST_DEFINITION:
        expected = f"at most {LONGEST_DEFINITION} words"
        raise Problem(where, f"the definition of {name} is too long", expected, f"{words} words")
    return Term(
        line,
        name,
        {language: fields[language] for language in LANGUAGES},
        fields.get("torch", ()),
        fields.get("find", ()),
        fields.get("at", ""),
        fields["is"],
    )


def problems_of_terms(root, headings):
    """Yield a Problem for each term that leads nowhere. headings: {path of a page: their ids}."""
    try:
        terms = all_terms(root)
    except Problem as problem:
        yield problem
        return
    except Problems as problems:
        yield from problems.problems
        return
    for term in terms.values():
        if not term.at:
            continue
        known = headings.get(root / "docs" / f"{term.page}.md")
        if known is None:
            what = f"{term.id} is explained on a page that is not there"
            yield Problem(term.where, what, "at: chapter/page#section, or no at", term.at)
        elif term.anchor and term.anchor not in known:
            what = f"{term.id} is explained in a section that is not there"
            yield Problem(term.where, what, ", ".join(sorted(known)), f"#{term.anchor}")


def problems_of_names(page, at, root=Path()):
    """Yield a Problem unless a page of a chapter names its terms, right below its title."""
    chapter = page.id.partition("/")[0] if "/" in page.id else ""
    wanted = chapter not in ("", "reference", "labs")
    terms = known_terms(root)
    mend = f"right below the title, a line `/// names | id` with an id from {TERMS}, a line `///`"
    title = next((heading for heading in page.headings if heading.level == 1), None)
    if wanted and not page.names:
        where = at(title.line if title else 1)
        yield Problem(where, "no names in four languages below the title", mend=mend)
    for number, block in enumerate(page.names):
        where = at(block.line)
        between = page.text.split("\n")[title.line : block.line - 1] if title else ["?"]
        if number or any(line.strip() for line in between):
            yield Problem(where, "names belong right below the title, once", mend=mend)
        for name in ids_of(block.name):
            term = terms.get(name)
            if term is None:
                known = ", ".join(sorted(terms)) or f"terms in {TERMS}"
                yield Problem(where, f"no term {name}", known, name)
            elif term.page != page.id:
                what = f"{name} is no term of this page"
                yield Problem(where, what, f"at: {page.id} in {term.where}", term.at or "no page")


def known_terms(root):
    """Return the terms, or none if the termbase is not in order, which is told elsewhere."""
    try:
        return all_terms(root)
    except (Problem, Problems):
        return {}


def ids_of(argument):
    """Return the ids that a block names, `/// names | one, two`."""
    return re.split(r",\s*", argument)
