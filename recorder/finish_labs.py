"""Give a lab that mkdocs-jupyter has rendered the site's own look.

mkdocs-jupyter writes 600 KB of style and script into each page. All of it goes: the cells
become what a program is on any other page, styled by the one shared style sheet; formulas are
drawn by KaTeX here; figures become files in two themes.
"""

import html
import re

from bs4 import BeautifulSoup

from recorder.blocks import how_it_ran, show_code, show_figure, show_output
from recorder.figures import in_theme
from recorder.problems import Problems
from recorder.tex import mistake, render

FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^\s$](?:[^$]*[^\s$])?)\$", re.DOTALL)


def finish_lab(lab, index):
    """Rewrite a lab's page, `site/labs/<name>/index.html`, in place."""
    record = lab.read()
    page = index.read_text("utf8")
    start, end = page.index("<article"), page.rindex("</article>")
    article = BeautifulSoup(page[start:end], "html.parser")
    for tag in article(["script", "style", "link"]):
        tag.decompose()
    moved = _headings(article)
    _links(article)
    _formulas(article, lab)
    markdown = [str(c.decode_contents()) for c in article.select(".jp-RenderedMarkdown")]
    code = _code_cells(lab, record, index.parent)
    cells = (markdown if c.cell_type == "markdown" else code for c in lab.notebook.cells)
    body = "\n".join(kind.pop(0) for kind in cells)
    body = body.replace("</h1>", "</h1>" + _introduction(lab, record), 1)
    opening = page[start : page.index(">", start) + 1]
    page = page[:start] + opening + body + page[end:]
    for old, new in moved.items():
        page = page.replace(f'href="#{old}"', f'href="#{new}"')
    index.write_text(page, "utf8")


def _headings(article):
    """Give headings the ids that the lab states; return {old id: new id}."""
    moved = {}
    for heading in article.find_all(re.compile("^h[1-6]$")):
        for link in heading.select("a.anchor-link"):
            link.decompose()
        anchor = heading.find("a", id=True)
        if anchor:
            moved[heading["id"]] = heading["id"] = anchor["id"]
            anchor.decompose()
        if heading.name != "h1":
            link = article.new_tag("a", href=f"#{heading['id']}", title="Permanent link")
            link["class"], link.string = "headerlink", "¶"
            heading.append(link)
    return moved


def _links(article):
    """Lead links between sources, ../layers/x.md#part, to the addresses of their pages."""
    for link in article.find_all("a", href=re.compile(r"^[^:]*\.(md|ipynb)(#|$)")):
        path, _, anchor = link["href"].partition("#")
        page = re.sub(r"(index)?\.(md|ipynb)$", "/", path).replace("//", "/")
        link["href"] = f"../{page}" + (f"#{anchor}" if anchor else "")


def _formulas(article, lab):
    """Draw the formulas in the text of the Markdown cells."""
    problems = []

    def draw(found):
        tex = (found[1] or found[2]).strip()
        try:
            return f'<span class="math">{render(tex, bool(found[1]))}</span>'
        except ValueError as error:
            line = lab.source[: lab.source.find(tex.partition("\n")[0])].count("\n") + 1
            problems.append(mistake(f"{lab.where}:{line}", tex, error))
            return ""

    for text in article.find_all(string=FORMULA):
        if text.find_parent(class_="jp-RenderedMarkdown") and not text.find_parent(["code", "pre"]):
            drawn, end = "", 0
            for found in FORMULA.finditer(text):
                drawn += html.escape(text[end : found.start()]) + draw(found)
                end = found.end()
            text.replace_with(BeautifulSoup(drawn + html.escape(text[end:]), "html.parser"))
    if problems:
        raise Problems(problems)


def _code_cells(lab, record, folder):
    """Return the HTML of the code cells, and write their figures beside the page."""
    shown = []
    drawn = 0
    for cell, output, images in zip(lab.code_cells, record.output, record.figures, strict=True):
        figures = ""
        for svg in images:
            drawn += 1
            for theme in ("light", "dark"):
                path = folder / f"figure-{drawn}-{theme}.svg"
                path.write_text(in_theme(svg, theme), "utf8")
            figures += show_figure(f"figure-{drawn}", svg, cell.metadata["alt"])
        code = show_code(cell.source + "\n")
        shown.append(f'<div class="program cell">{code}{show_output(output)}{figures}</div>')
    return shown


def _introduction(lab, record):
    """Say how to take the lab along, and how it was run."""
    stem = lab.path.stem
    return (
        '<p class="ran">A lab runs from top to bottom. Download it as '
        f'<a href="../{stem}.py" download>{stem}.py</a> or '
        f'<a href="../{stem}.ipynb" download>{stem}.ipynb</a>, or read it as '
        f'<a href="../{stem}.md">Markdown</a>. {how_it_ran(record)}</p>'
    )
