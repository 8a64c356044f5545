"""Build the pages with the successors of MkDocs and its theme: `make successors`.

Material for MkDocs is looked after until May 2027. ProperDocs and Zensical read the same mkdocs.yml
and the same Markdown extensions, which put programs, outputs, figures and formulas on the pages;
plugins they may ignore. Here each builds a copy of the project, and each page is looked through.
"""

import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from recorder.pages import Page
from recorder.programs import Program

ROOT = Path(__file__).resolve().parents[1]
BUILDERS = {
    "properdocs": ["properdocs", "build", "--strict", "-f", "mkdocs.yml"],
    "zensical": ["zensical", "build", "--clean", "-f", "mkdocs.yml"],
}
TAGS = re.compile(r"<[^>]*>")


def missing(page, built):
    """Yield what a built page lacks of its programs, outputs, figures, drawings and formulas."""
    text = html.unescape(TAGS.sub("", built))
    for block in page.blocks:
        program = Program(page.root, block.name)
        record = program.read()
        if program.source.strip() not in text:
            yield f"the program {block.name}"
        if record.output.strip() not in text:
            yield f"the output of {block.name}"
    drawn = built.count('<figure class="drawn"')
    expected = sum(len(Program(page.root, b.name).read().figures) for b in page.blocks)
    if drawn != expected:
        yield f"figures: {expected} expected, {drawn} there"
    if built.count('class="drawing"') != len(page.drawings):
        yield f"drawings: {len(page.drawings)} expected"
    if "arithmatex" in built or ("$" in page.text and page.blocks and "katex" not in built):
        yield "drawn formulas"
    if re.search(r"^\s*(<p>)?///", built, re.MULTILINE):
        yield "a block: it is shown as text"


def main():
    """Build with each successor; print what is missing and end with status 1 if anything is."""
    failed = False
    for name, command in BUILDERS.items():
        with tempfile.TemporaryDirectory(prefix="successor-") as folder:
            copy = Path(folder) / "project"
            aside = shutil.ignore_patterns(".git", ".venv*", "site", "*cache*", ".hypothesis")
            shutil.copytree(ROOT, copy, ignore=aside)
            tool = Path(sys.executable).with_name(command[0])
            done = subprocess.run(
                [tool, *command[1:]],
                cwd=copy,
                env=os.environ | {"PYTHONPATH": str(copy)},
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                print(f"{name} builds nothing:\n{done.stdout}{done.stderr}")
                failed = True
                continue
            pages = [Page.read(path, ROOT) for path in sorted((ROOT / "docs").rglob("*.md"))]
            told = []
            for page in pages:
                address = "" if page.id == "index" else page.id
                built = copy / "site" / address / "index.html"
                if not built.exists():
                    told.append(f"{page.id}: no page")
                    continue
                lacks = missing(page, built.read_text("utf8"))
                told += [f"{page.id}: {what} is missing" for what in lacks]
            print("\n".join(told + [f"{name}: {len(pages)} pages, {len(told)} complaints"]))
            failed = failed or bool(told)
    sys.exit(failed)


if __name__ == "__main__":
    main()
