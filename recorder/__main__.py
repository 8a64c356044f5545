"""The commands behind the Makefile: python -m recorder build|serve|lint|test|record|…"""

import argparse
import os
import sys
from pathlib import Path

from recorder.problems import Problem, Problems
from recorder.run import cores


def build(root, options):
    """Build the site from pages and records."""
    from recorder.site import build

    build(root, root / options.site)
    print(f"Built {options.site}/")


def serve(root, options):
    """Serve the site, and build it again when a file changes."""
    from recorder.site import serve

    serve(root, options.port)


def lint(root, _options):
    """Find what is wrong on the pages without running anything."""
    from recorder.lint import lint

    problems = lint(root)
    if problems:
        raise Problems(problems)
    print("pages and records: nothing to mend")


def test(root, options):
    """Run the tests: all, or those of one page."""
    paths = _paths_of(root, options.page) if options.page else ["docs", "tests"]
    together = ["-n", str(cores()), "--dist=loadscope", "--page", options.page]
    _become([sys.executable, "-m", "pytest", *paths, *together, *options.rest])


def record(root, options):
    """Run programs and labs, and write the records that differ."""
    paths = _paths_of(root, options.page)[:1] if options.page else ["docs"]
    _become([sys.executable, "-m", "pytest", "-q", "--record", *paths, *options.rest])


def record_gpu(root, options):
    """Run the programs that print more on a GPU, and write what they print there."""
    from recorder.measure import record_gpu

    if options.page:
        _paths_of(root, options.page)  # or there is no such page
    record_gpu(root, options.page)


def bench(root, options):
    """Run benchmarks, and write what they print."""
    from recorder.measure import bench

    bench(root, options.name)


def lock(root, _options):
    """Choose the newest versions and write requirements/*.txt."""
    from recorder.lock import lock

    lock(root)


def _become(command):
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # the cores are busy with other tests
    sys.stdout.flush()
    os.execv(command[0], command)


def _paths_of(root, page):
    """Return the page's file, and the tests that mirror it, for PAGE=layers/batch-norm."""
    sources = [root / "docs" / f"{page}{suffix}" for suffix in (".md", ".py")]
    found = [path for path in sources if path.exists()]
    if not found:
        from recorder.pages import page_names

        known = page_names(root)
        raise Problem(f"PAGE={page}", "no such page", "one of: " + ", ".join(known), page)
    folder, _, stem = page.rpartition("/")
    mirror = root / "tests" / folder / f"test_{stem.replace('-', '_')}.py"
    always = [root / "tests" / "snippets", root / "tests" / "site"]
    return [str(path) for path in (found[0], mirror, *always) if path.exists()]


def main():
    """Read the command line; tell problems in a line each and end with status 1."""
    parser = argparse.ArgumentParser(prog="python -m recorder")
    commands = parser.add_subparsers(required=True)
    for action in (build, serve, lint, test, record, record_gpu, bench, lock):
        command = commands.add_parser(action.__name__, help=action.__doc__)
        command.set_defaults(action=action)
        if action is build:
            command.add_argument("--site", default="site")
        if action is serve:
            ports = range(1, 65536)
            command.add_argument("--port", type=int, default=8000, choices=ports, metavar="PORT")
        if action in (test, record, record_gpu):
            command.add_argument("--page", default="")
        if action in (test, record):
            command.add_argument("rest", nargs="*", help="passed on to pytest")
        if action is bench:
            command.add_argument("--name", default="")
    options = parser.parse_args()
    try:
        options.action(Path.cwd(), options)
    except (Problem, Problems) as problem:
        sys.exit(str(problem))
    except OSError as error:
        sys.exit(f"{parser.prog}: {error}")


if __name__ == "__main__":
    main()
