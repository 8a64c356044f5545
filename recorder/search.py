"""Finish the search of a built site: its index, and the script that answers queries.

The theme writes an index of everything on the pages. Here it loses what only weighs, and gains
the termbase: an entry for each term of the glossary, and the names by which search.js finds a
page before its words are looked for.
"""

import html
import json
import re
from pathlib import Path

from recorder.problems import Problem
from recorder.terms import GLOSSARY, all_terms

SCRIPT = Path(__file__).with_name("search.js")
CODE = re.compile(r"<pre><code>(.*?)</code></pre>", re.DOTALL)
CAPTION = re.compile(r'\s*r?"""(.+?)(?:"""|\n)')


def finish_search(root, site):
    """Rewrite the index and the worker of the built site."""
    index_path = site / "search" / "search_index.json"
    index = json.loads(index_path.read_text("utf8"))
    terms = all_terms(root).values()
    index["docs"] = _sections(index["docs"], terms)
    known = {section["location"] for section in index["docs"]}
    index["config"]["terms"] = [
        [term.address, *term.searched] for term in terms if term.address in known
    ]
    index_path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), "utf8")
    workers = list((site / "assets/javascripts/workers").glob("search.*.min.js"))
    if len(workers) != 1:
        found = ", ".join(path.name for path in workers) or "none"
        raise Problem("the theme", "its search worker is not where it was", "one", found)
    theirs, ours = workers[0].read_text("utf8"), SCRIPT.read_text("utf8")
    workers[0].write_text(ours + theirs, "utf8")


def _sections(sections, terms):
    """Return what the full text is searched in: pages by section, and the glossary by term."""
    glossary = f"{GLOSSARY}/"
    kept = [dict(s) for s in sections if not s["location"].startswith(f"{glossary}#")]
    for section in kept:
        section["text"] = CODE.sub(_calls, section["text"])
    if any(section["location"] == glossary for section in kept):
        kept += [
            {
                "location": f"{glossary}#{term.id}",
                "title": html.escape(term.names["en"][0], quote=False),
                "text": f"<p>{html.escape(term.definition, quote=False)}</p>",
                "boost": 0.1,  # a page says more
            }
            for term in terms
        ]
    return kept


def _calls(found):
    """Return of a program what a reader may look for: its caption and the functions it calls."""
    code = html.unescape(found[1])
    caption = CAPTION.match(code)
    calls = re.findall(r"\b(?:torch|nn|F|np|optim|dist|mp)(?:\.\w+)+", code)
    words = " ".join(dict.fromkeys(calls))
    return html.escape(f"{caption[1]} {words} " if caption else f"{words} ", quote=False)
