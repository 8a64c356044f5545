"""Take out of the theme's style sheets what no page of the site uses: half of them.

A rule stays if each class, id and attribute value that it asks for stands somewhere in a page or in
a script, as a word; a script may put it on a page later. A variable stays if something asks for it.
"""

import re

import tinycss2

from recorder.files import digest
from recorder.problems import Problem

WORD = re.compile(r"[A-Za-z_][\w-]*")
SHEETS = ("main", "palette")
NESTED = {"media", "supports"}
EMPTY = re.compile(r"[^{}]+\{\}")  # a rule that says nothing
DECLARED = re.compile(  # a variable, whose value may hold strings and calls
    r"""(?<=[{;])(--[\w-]+):(?:[^;}"'()]|\([^()]*(?:\([^()]*\)[^()]*)*\)|"[^"]*"|'[^']*')*;?"""
)
USED_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")


def finish_styles(site):
    """Write the theme's style sheets anew, smaller, and let all pages name the new files."""
    pages = {path: path.read_text("utf8") for path in sorted(site.rglob("*.html"))}
    scripts = [path.read_text("utf8") for path in site.glob("assets/javascripts/*.js")]
    words = set(WORD.findall("\n".join([*pages.values(), *scripts])))
    folder = site / "assets/stylesheets"
    found = [path for name in SHEETS for path in folder.glob(f"{name}.*.min.css")]
    if len(found) != len(SHEETS):
        got = ", ".join(path.name for path in found) or "none"
        raise Problem("the theme", "its style sheets are not where they were", str(SHEETS), got)
    kept = {path: prune(path.read_text("utf8"), words) for path in found}
    ours = [path.read_text("utf8") for path in site.glob("assets/**/*.css") if path not in kept]
    texts = [*pages.values(), *scripts, *ours]
    for path, text in without_variables(kept, texts).items():
        name = f"{path.name.partition('.')[0]}.{digest(text)[:8]}.min.css"
        (folder / name).write_text(text, "utf8")
        for page in pages:
            pages[page] = pages[page].replace(f"stylesheets/{path.name}", f"stylesheets/{name}")
        if name != path.name:
            path.unlink()
    for page, text in pages.items():
        page.write_text(text, "utf8")
    for path in folder.glob("*.map"):
        path.unlink()


def prune(sheet, words):
    """Return a style sheet without the rules that need a name which is not among the words."""
    rules = tinycss2.parse_stylesheet(sheet, skip_comments=True, skip_whitespace=True)
    return "".join(_rule(rule, words) for rule in rules)


def _rule(rule, words):
    if rule.type == "at-rule" and rule.lower_at_keyword in NESTED and rule.content:
        inside = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
        text = "".join(_rule(part, words) for part in inside)
        head = f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}"
        return text and f"{head}{{{text}}}"
    if rule.type != "qualified-rule":
        return rule.serialize()
    selectors = [part for part in _split(rule.prelude) if _asked(part) <= words]
    if not selectors:
        return ""
    head = ",".join(tinycss2.serialize(part).strip() for part in selectors)
    return f"{head}{{{tinycss2.serialize(rule.content)}}}"


def _split(tokens):
    """Return the selectors of a list: those between commas."""
    parts = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _asked(tokens):
    """Return the names without which a selector matches nothing."""
    asked, after_dot = set(), False
    for token in tokens:
        if (token.type == "ident" and after_dot) or token.type == "hash":
            asked.add(token.value)
        elif token.type == "[] block":
            asked |= {part.value for part in token.content if part.type == "ident"}
            strings = (part.value for part in token.content if part.type == "string")
            asked |= {value for value in strings if WORD.fullmatch(value)}
        after_dot = token.type == "literal" and token.value == "."
    return asked


def without_variables(sheets, texts):
    """Return {path: sheet} without the variables that nothing asks for, in sheets or texts."""
    while True:
        used = set(USED_VARIABLE.findall("\n".join([*sheets.values(), *texts])))
        used |= {name for text in texts for name in re.findall(r"--[\w-]+", text)}

        def keep(found, used=used):
            return found[0] if found[1] in used else ""

        smaller = {path: EMPTY.sub("", DECLARED.sub(keep, text)) for path, text in sheets.items()}
        if smaller == sheets:
            return sheets
        sheets = smaller
