"""Show terms as HTML: the names under a page's title, and the glossary."""

import html
from itertools import groupby

from recorder.terms import GLOSSARY, LANGUAGES


def show_names(terms, to_root):
    """Return the line under a title for each term: its name in each language."""
    lines = []
    for term in terms:
        address = f"{to_root}{GLOSSARY}/#{term.id}"
        names = [f'<a href="{address}">{_in("en", term.names["en"][:1])}</a>']
        names += [_in(code, term.names[code][:1]) for code in LANGUAGES if code != "en"]
        lines.append(f"<p>{' '.join(names)}</p>")
    return "".join(lines)


def show_glossary(terms, to_root):
    """Return all terms by letter, each with its definition, languages and page."""
    letters = by_letter(terms)
    links = " ".join(f'<a href="#{_id(letter)}">{letter}</a>' for letter in letters)
    shown = [f'<nav class="letters" aria-label="Letters">{links}</nav>']
    for letter, group in letters.items():
        shown.append(f'<h2 id="{_id(letter)}">{letter}</h2><dl>')
        shown += [_entry(term, to_root) for term in group]
        shown.append("</dl>")
    return "".join(shown)


def by_letter(terms):
    """Return {"A": [Term, …], …} in the order of the glossary."""
    ordered = sorted(terms, key=lambda term: (_letter(term), term.names["en"][0].casefold()))
    return {letter: list(group) for letter, group in groupby(ordered, key=_letter)}


def _letter(term):
    first = term.names["en"][0][0].upper()
    return first if first.isalpha() else "0–9"


def _id(letter):
    return f"letter-{letter.lower()}" if letter.isalpha() else "digits"


def _entry(term, to_root):
    name, *others = term.names["en"]
    title = _in("en", [name])
    if term.at:
        title = f'<a href="{to_root}{term.address}">{title}</a>'
    link = f'<a class="headerlink" href="#{term.id}" title="Permanent link">¶</a>'
    rows = [f'<dt id="{term.id}">{title}{link}</dt>']
    rows.append(f"<dd>{html.escape(term.definition)}</dd>")
    if others:
        rows.append(f'<dd class="also">also {_in("en", others)}</dd>')
    if term.torch:
        code = " ".join(f"<code>{html.escape(name)}</code>" for name in term.torch)
        rows.append(f'<dd class="also">{code}</dd>')
    for code, language in LANGUAGES.items():
        if code != "en":
            label = f'<span lang="{code}" class="language">{language}</span>'
            rows.append(f'<dd class="also">{label} {_in(code, term.names[code])}</dd>')
    return f"<div>{''.join(rows)}</div>"


def _in(language, names):
    """Return names marked with their language."""
    text = html.escape(", ".join(names), quote=False)
    return f'<span lang="{language}">{text}</span>'
