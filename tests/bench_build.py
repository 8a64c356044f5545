"""Time the build of sites of several sizes: its cost should grow as the number of pages does.

    python -m tests.bench_build 50 200 800        or make bench

Each page has prose, formulas and four programs of the project, with their records.
"""

import itertools
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from recorder.programs import all_programs

ROOT = Path(__file__).resolve().parent.parent
PROSE = (
    "A paragraph of prose, a formula, $y_n = \\sum_d w_d x_{nd} + b$, and a [link](index.md).\n\n"
    "$$\n\\hat x = \\frac{x - \\mu}{\\sqrt{\\sigma^2 + \\epsilon}}\n$$\n\n"
    "| symbol | meaning |\n| --- | --- |\n| $\\mu$ | the mean |\n| $\\sigma^2$ | the variance |\n\n"
)


def make(folder, count):
    """Write a project of `count` pages."""
    shutil.copytree(ROOT / "docs/assets", folder / "docs/assets")
    config = re.sub(r"(?ms)^nav:\n(?: .*?\n)+", "", (ROOT / "mkdocs.yml").read_text("utf8"))
    pages = "".join(f"  - page-{number}.md\n" for number in range(count))
    (folder / "mkdocs.yml").write_text(f"{config}\nnav:\n  - index.md\n{pages}", "utf8")
    (folder / "docs/index.md").write_text("# Home\n\nText.\n", "utf8")
    programs = (p for p in all_programs(ROOT).values() if not p.figures_on_disk())
    programs = itertools.cycle([p for p in programs if "exercise" not in p.name])
    for number in range(count):
        blocks = []
        for program in itertools.islice(programs, 4):
            name = f"page_{number}/{program.path.stem}_{len(blocks)}"
            target = folder / f"snippets/{name}.py"
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(program.path, target)
            shutil.copy(program.record_path, target.with_suffix(".out"))
            blocks.append(
                f"{PROSE}/// program | {name}\n///\n\n## Part {{#part-{len(blocks)}}}\n\n"
            )
        text = f"# Page {number}\n\n{''.join(blocks)}\n"
        (folder / f"docs/page-{number}.md").write_text(text, "utf8")


def main(counts):
    """Build a site of each size, and print what it took."""
    print(f"{'pages':>6}{'programs':>10}{'seconds':>9}{'ms a page':>11}")
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            make(folder, count)
            start = time.perf_counter()
            command = [sys.executable, "-m", "recorder", "build"]
            environment = os.environ | {"PYTHONPATH": str(ROOT)}
            done = subprocess.run(command, cwd=folder, env=environment, capture_output=True)
            seconds = time.perf_counter() - start
            if done.returncode:
                sys.exit(done.stderr.decode("utf8"))
        print(f"{count:6}{4 * count:10}{seconds:9.1f}{1000 * seconds / count:11.0f}", flush=True)


if __name__ == "__main__":
    try:
        sizes = [int(text) for text in sys.argv[1:]] or [50, 200, 800]
    except ValueError:
        sys.exit(f"{' '.join(sys.argv[1:])}: expected numbers of pages, such as 50 200 800")
    main(sizes)
