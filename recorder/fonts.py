"""Cut the fonts of formulas down to the letters that the site draws: `make fonts`.

Each KaTeX font stays as it is, for any formula to come. Beside it lies a second file with the
letters in use, a fraction of its weight. The style sheet names both with their ranges: a browser
fetches the whole font for a page only if a formula there has a letter beyond those in use.
"""

import re
import sys
from collections import defaultdict
from html.parser import HTMLParser
from pathlib import Path

FOLDER = Path("docs/assets/katex")
FACE = re.compile(r"@font-face\{[^}]*url\(fonts/KaTeX_([\w-]+)\.woff2\)[^}]*\}")
START = "/* The letters in use: written by make fonts. */"
DRAWN = re.compile(r'<span class="katex-html" aria-hidden="true">(.*?)</(?:tex-math|div)>', re.S)
CLASSES = {  # font: the classes of what is drawn in it; all else is in the main one
    "AMS-Regular": {"amsrm", "mathbb", "textbb"},
    "Caligraphic-Regular": {"mathcal"},
    "Main-Bold": {"mathbf", "textbf"},
    "Main-Italic": {"mathit", "textit"},
    "Math-BoldItalic": {"boldsymbol"},
    "Math-Italic": {"mathnormal"},
    "Size1-Regular": {"small-op", "delim-size1"},
    "Size2-Regular": {"large-op"},
    "Size4-Regular": {"delim-size4"},
    "Typewriter-Regular": {"mathtt", "texttt"},
}
LIGHT = ("Math-Italic", "Main-Regular")  # what nearly every page with a formula needs


def finish_fonts(site, paths=None):
    """Let each page with a formula ask for the fonts at once, so that nothing moves later."""
    for path in paths or sorted(site.rglob("index.html")):
        page = path.read_text("utf8")
        style = re.search(r'<link rel="stylesheet" href="([^"]*assets/katex/)katex.min.css">', page)
        if style and DRAWN.search(page):
            asked = "".join(
                f'<link rel="preload" href="{style[1]}fonts/KaTeX_{name}.used.woff2" as="font" '
                'type="font/woff2" crossorigin>'
                for name in LIGHT
            )
            path.write_text(page.replace(style[0], asked + style[0], 1), "utf8")


class Letters(HTMLParser):
    """Finds which letters formulas draw in which font: of["Main-Regular"] is {43, 61, ...}."""

    def __init__(self):
        super().__init__()
        self.of, self.fonts = defaultdict(set), ["Main-Regular"]

    def handle_starttag(self, _, attributes):
        classes = set((dict(attributes).get("class") or "").split())
        size = next((n for n in "1234" if {"delimsizing", f"size{n}"} <= classes), None)
        named = (font for font, names in CLASSES.items() if names & classes)
        font = f"Size{size}-Regular" if size else next(named, self.fonts[-1])
        self.fonts.append(font)

    def handle_endtag(self, _):
        if len(self.fonts) > 1:
            self.fonts.pop()

    def handle_data(self, data):
        self.of[self.fonts[-1]] |= {ord(letter) for letter in data}


def ranges(codes):
    """Return code points as CSS wants them: U+41-5A,U+61."""
    runs = []
    for code in sorted(codes):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return ",".join(f"U+{a:X}" + (f"-{b:X}" if b > a else "") for a, b in runs)


def main(site):
    """Write the small fonts for the formulas of a built site, and the rules that name them."""
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    drawn = Letters()
    for path in sorted(site.rglob("*.html")):
        for formula in DRAWN.findall(path.read_text("utf8")):
            drawn.feed(formula)
    style = FOLDER / "katex.min.css"
    rules = style.read_text("utf8").partition(START)[0].rstrip()
    rules = re.sub(r";unicode-range:[^}]*", "", rules)
    faces = []
    for face in list(FACE.finditer(rules)):
        whole, small = (FOLDER / "fonts" / f"KaTeX_{face[1]}{end}.woff2" for end in ("", ".used"))
        small.unlink(missing_ok=True)
        letters = drawn.of[face[1]]
        if not letters:
            continue
        font = TTFont(whole, recalcTimestamp=False)  # the same letters, the same file
        known = set(font.getBestCmap())
        subsetter = Subsetter(Options(hinting=False))
        subsetter.populate(unicodes=letters & known)
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(small)
        named = face[0].replace(whole.name, small.name)
        faces.append(_with_range(named, letters & known))
        rules = rules.replace(face[0], _with_range(face[0], known - letters))
        print(f"{small.name}: {len(letters & known)} letters, {small.stat().st_size} bytes")
    style.write_text("\n".join([rules, START, *faces]) + "\n", "utf8")


def _with_range(face, codes):
    return face.removesuffix("}") + f";unicode-range:{ranges(codes)}}}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
