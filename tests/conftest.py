"""What the tests share: programs as functions, small projects to sabotage, the built site."""

import contextlib
import functools
import gzip
import http.server
import io
import os
import re
import runpy
import signal
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from filelock import FileLock
from hypothesis import settings

from recorder.files import digest
from recorder.lint import lint
from recorder.problems import Problem, Problems
from recorder.programs import END_OF_HEADER

ROOT = Path(__file__).resolve().parent.parent
TEXT = {".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".ipynb", ".py"}

# The same examples on every run: a failure is a failure of the code, not of the draw.
settings.register_profile("same", derandomize=True, deadline=None, max_examples=100)
settings.register_profile("long", settings.get_profile("same"), max_examples=1000)
if os.environ.get("TESTS", "") not in ("", "long"):
    sys.exit(f"TESTS={os.environ['TESTS']}: expected long, or nothing")
settings.load_profile(os.environ.get("TESTS") or "same")

# A shell starts its background jobs, these tests perhaps, with SIGINT ignored; some send one.
signal.signal(signal.SIGINT, signal.default_int_handler)


@functools.cache
def _namespace(name):
    import torch

    with contextlib.redirect_stdout(io.StringIO()):
        found = runpy.run_path(str(ROOT / "snippets" / f"{name}.py"), run_name="program")
    torch.set_default_dtype(torch.float32)  # a program may have chosen another for itself
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")  # more than 20 open ones are warned of
    return found


@pytest.fixture(scope="session")
def program():
    """Return a function that gives a program's names: program("batch_norm/two_moments")."""
    return _namespace


@pytest.fixture(scope="module")
def one_thread():
    """Use one thread, as the programs do when they are recorded; small matrices want no more."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


class Project:
    """A small project of the same shape as this one, to be sabotaged."""

    def __init__(self, root):
        self.root = root
        self.write("pyproject.toml", (ROOT / "pyproject.toml").read_text("utf8"))
        self.write("Makefile", "test:\nrecord:\nserve:\n")

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            path.write_bytes(text)
        else:
            path.write_text(text, "utf8")
        return path

    def edit(self, name, old, new):
        """Replace a text that has to be there."""
        path = self.root / name
        text = path.read_text("utf8")
        assert old in text, f"{name} holds no {old!r}"
        path.write_text(text.replace(old, new), "utf8")

    def edit_record(self, name, old, new):
        """Edit a record as if a run had printed that: with the seal that goes with it."""
        self.edit(f"snippets/{name}.out", old, new)
        path = self.root / f"snippets/{name}.out"
        header, line, output = path.read_text("utf8").partition(END_OF_HEADER + "\n")
        header = re.sub(r"(?m)^(output +)\w+$", rf"\g<1>{digest(output)}", header)
        path.write_text(header + line + output, "utf8")

    def show(self, name, source, alternative=""):
        """Write a program, named page/example, and a page docs/<example>.md that shows it."""
        self.write(f"snippets/{name}.py", source)
        page = name.partition("/")[2]
        block = f"/// program | {name}\n" + (alternative + "\n" if alternative else "") + "///\n"
        self.write(f"docs/{page}.md", f"# A page\n\nText.\n\n{block}")

    def command(self, *arguments, **options):
        return subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=self.root,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **options,
        )

    def run(self, *arguments):
        """Run a command; return its exit status and what it printed."""
        process = self.command(*arguments)
        output, _ = process.communicate(timeout=300)
        return process.returncode, output

    def check(self, *arguments):
        needless = [f"-pno:{name}" for name in ("hypothesispytest", "nbmake", "xdist")]
        return self.run("pytest", "docs", "-q", *needless, *arguments)

    def record(self, *arguments):
        return self.check("--record", *arguments)

    def lint(self):
        """Do what `recorder lint` does, without a new process: a hundred times as fast."""
        try:
            problems = lint(self.root)
        except (Problem, Problems) as told:
            return 1, f"{told}\n"
        if problems:
            return 1, f"{Problems(problems)}\n"
        return 0, "pages and records: nothing to mend\n"

    def convert(self, page):
        """Convert a page as the site does; return the exit status and the HTML or error."""
        code = (
            "import sys, markdown; text = open(sys.argv[1]).read(); print(markdown.markdown(text,"
            "extensions=['admonition', 'pymdownx.tabbed', 'pymdownx.superfences',"
            "'pymdownx.arithmatex', 'recorder.tex', 'recorder.blocks'],"
            "extension_configs={'pymdownx.arithmatex': {'generic': True},"
            "'pymdownx.tabbed': {'alternate_style': True}}))"
        )
        self.write("convert.py", code)
        return self.run("convert", page)


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path)


@pytest.fixture(scope="module")
def module_project(tmp_path_factory):
    """A project that all tests of a module share."""
    return Project(tmp_path_factory.mktemp("project"))


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The site of this project, built once, also where several processes share the tests."""
    from recorder.site import build

    folder = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        folder = folder.parent  # of the folders of all workers
    with FileLock(folder / "site.lock"):
        if not (folder / "site").exists():
            build(ROOT, folder / "building", site_url="http://127.0.0.1:8000/")
            (folder / "building").rename(folder / "site")
    return folder / "site"


@functools.cache
def _compressed(path):
    return gzip.compress(path.read_bytes(), 6)


class _LikeGitHubPages(http.server.SimpleHTTPRequestHandler):
    """Sends text compressed, and lets the browser keep everything for ten minutes."""

    def send_head(self):
        path = Path(self.translate_path(self.path))
        if path.is_dir() and urlsplit(self.path).path.endswith("/"):
            path /= "index.html"
        if path.suffix not in TEXT or not path.is_file():
            return super().send_head()
        body = _compressed(path)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)

    def send_error(self, code, *_):
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self):
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def address(site):
    """The address at which the built site is served."""
    handler = functools.partial(_LikeGitHubPages, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
