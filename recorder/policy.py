"""Give each built page a policy that lets in the site's own files alone, and no inline script.

The theme writes a few scripts into each page. They are moved into two files that all pages share:
one for those of the header, which choose the colors before anything is drawn, and one in front of
the theme's own script, for the others and the site's own. What is left inline is data.
"""

import re
from collections import Counter
from pathlib import Path

from recorder.files import digest
from recorder.problems import Problem

OURS = [Path(__file__).with_name(name) for name in ("search_later.js", "scroll.js", "not_found.js")]
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",  # the sizes and places of the parts of a formula
        "img-src 'self' data:",  # the theme's icons, inside its style sheet
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
    )
)
CHARSET = '<meta charset="utf-8">'
REFERRER = '<meta name="referrer" content="no-referrer">'
SCRIPT = re.compile(r'<script(?![^>]*\b(?:src=|type="application/json"))[^>]*>(.*?)</script>', re.S)
BUNDLE = re.compile(r'<script src="([^"]*)assets/javascripts/bundle\.')
# The theme tells its first script where the site starts, which differs from page to page. A
# file of the site can tell by its own address.
TOP = re.compile(r'new URL\("[^"]*",location\)')
TOP_BY_FILE = 'new URL("../..",document.currentScript.src)'


def finish_policy(site, strict=True, paths=None):
    """Move the inline scripts of all pages, or of some, into files; if strict, forbid all others.

    A server that writes a script of its own into pages, to reload them, needs strict=False.
    """
    pages = {path: path.read_text("utf8") for path in paths or sorted(site.rglob("*.html"))}
    pages = {path: _take(text, path.relative_to(site)) for path, text in pages.items()}
    usual = Counter(script for _, start, end in pages.values() for script in (*start, *end))
    rare = [script for script in usual if usual[script] != len(pages)]
    if rare:
        script = min(rare, key=usual.get)
        path = next(path for path, (_, start, end) in pages.items() if script in (*start, *end))
        where, expected = path.relative_to(site).as_posix(), "one that every page has"
        what = "an inline script that only this page has, or a few: the policy forbids it"
        mend = "put it into a file, or teach recorder/policy.py what differs"
        raise Problem(where, what, expected, script.strip()[:160], mend)
    _, start, end = next(iter(pages.values()))
    names = (
        _write(site, "start", start),
        _write(site, "end", [*(path.read_text("utf8") for path in OURS), *end]),
    )
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">' if strict else ""
    for path, (text, _, _) in pages.items():
        top = BUNDLE.search(text)[1]
        for mark, name in zip(MARKS, names, strict=True):
            text = text.replace(mark, f'<script src="{top}{name}"></script>')
        path.write_text(text.replace(CHARSET, CHARSET + policy + REFERRER, 1), "utf8")


MARKS = "<script>start</script>", "<script>end</script>"  # where the files will be named


def _take(text, where):
    """Return a page with marks for its inline scripts, those of the header, and the others."""
    header, found, rest = text.partition("</header>")
    if not found or CHARSET not in header or len(BUNDLE.findall(rest)) != 1:
        what = "the theme's pages are not made as they were: there is no place for the policy"
        expected = f"{CHARSET}, a <header> and one {BUNDLE.pattern}"
        raise Problem(where.as_posix(), what, expected, mend="look at recorder/policy.py")
    start = [TOP.sub(TOP_BY_FILE, script) for script in SCRIPT.findall(header)]
    end = SCRIPT.findall(rest)
    header = SCRIPT.sub("", header, max(len(start) - 1, 0))
    header = SCRIPT.sub(MARKS[0], header)  # the last one stands where all of them can run
    rest = BUNDLE.sub(lambda bundle: MARKS[1] + bundle[0], SCRIPT.sub("", rest))
    return header + found + rest, start, end


def _write(site, name, scripts):
    """Write scripts as one file, named by what it holds, and return its path in the site."""
    text = "\n".join(script.strip().rstrip(";") + ";" for script in scripts) + "\n"
    path = f"assets/javascripts/{name}.{digest(text)[:8]}.js"
    (site / path).write_text(text, "utf8")
    return path
