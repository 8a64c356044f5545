"""A Markdown extension that turns formulas into HTML while the site is built.

pymdownx.arithmatex finds them; KaTeX, run by V8 in this process, draws them. The reader's
browser runs no script for a formula. A mistake in TeX stops the build with page and line.
"""

import atexit
import html
import re
from functools import cache
from pathlib import Path

from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor

from recorder.problems import Problem, Problems
from recorder.source import StopsTheBuild, find_source

KATEX = Path(__file__).with_name("katex") / "katex.min.js"
FOUND = re.compile(r'<(span|div) class="arithmatex">\\[(\[](.*?)\\[)\]]</\1>', re.DOTALL)


@cache
def _engine():
    from py_mini_racer import MiniRacer

    engine = MiniRacer()
    atexit.register(engine.close)  # later, at the interpreter's end, closing can wait forever
    engine.eval(KATEX.read_text("utf8"))
    return engine


@cache
def render(tex, display):
    """Return a formula as HTML and MathML; raise ValueError with KaTeX's message."""
    from py_mini_racer import JSEvalException

    options = {"displayMode": display, "throwOnError": True, "strict": "error"}
    try:
        return _engine().call("katex.renderToString", tex, options)
    except JSEvalException as error:
        message = re.search(r"KaTeX parse error: (.*)", str(error))
        raise ValueError(message[1] if message else str(error).partition("\n")[0]) from None


def mistake(where, tex, error):
    """Return the Problem of a formula that KaTeX does not take."""
    return Problem(where, "this formula is no TeX", got=tex, mend=f"KaTeX says: {error}")


class DrawFormulas(Postprocessor):
    """Replaces what arithmatex marked."""

    def run(self, text):
        problems = []

        def draw(found):
            tag, tex = found[1], html.unescape(found[2]).strip()
            try:
                drawn = render(tex, tag == "div")
            except ValueError as error:
                source = self.md.source
                problems.append(mistake(source.at(source.find(tex)), tex, error))
                return ""
            # The theme's search leaves out an element up to the next end of the same name: KaTeX
            # draws with spans, so a formula in the text needs a name of its own.
            tag = tag.replace("span", "tex-math")
            return f'<{tag} class="math" data-search-exclude="yes">{drawn}</{tag}>'

        text = FOUND.sub(draw, text)
        if problems:
            raise StopsTheBuild(str(Problems(problems)))
        return text


class TexExtension(Extension):
    def extendMarkdown(self, md):
        find_source(md)
        md.postprocessors.register(DrawFormulas(md), "recorder-tex", -10)


def makeExtension(**options):
    return TexExtension(**options)
