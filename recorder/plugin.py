"""The check, as a pytest plugin on top of pytest-markdown-docs.

pytest-markdown-docs finds the blocks of a page and makes an item of each; here a program block
becomes such a block, and the runner that would `exec` it inside pytest is replaced by one that
runs it alone and compares. Labs are collected beside them. All runs start, several at a time,
when collection is over; an item only waits for its own.

With pytest-xdist (-n 2), all blocks and labs go to one worker, which starts their runs, each file
of tests to one, and all that is asked of one page in the browser to one.
"""

import contextlib
import difflib
import gc
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import ClassVar

import pytest
from pytest_markdown_docs import plugin as markdown_docs

# Private, so requirements pin the version.
from pytest_markdown_docs._runners import DefaultRunner, register_runner

from recorder import run
from recorder.labs import Lab, all_labs
from recorder.measure import on_gpu
from recorder.pages import Page, page_names, parser
from recorder.problems import Problem, Problems
from recorder.programs import all_programs, stale, unknown

STATE = pytest.StashKey()


class State:
    """What one pytest session knows: its programs, their runs, and what was recorded."""

    def __init__(self, config):
        self.root = Path(config.rootpath)
        self.recording = config.getoption("--record")
        self.limit = config.getoption("--block-limit")
        self.programs = all_programs(self.root)
        self.runs = {}  # name: Future of a Result
        self.messages = []
        self.elsewhere = []  # recorded on another device: numbers not compared
        self.wanted = {}  # programs and labs whose runs nobody has asked for yet
        self.runner = self.pool = None

    def warm_up(self):
        """Let the imports begin while pytest still collects."""
        if self.runner is None:
            things = [*self.programs.values(), *all_labs(self.root)]
            texts = (thing.path.read_text("utf8", "replace") for thing in things)
            self.runner = run.Runner(run.to_preload(texts), self.limit)
            self.runner.warm_up()

    def start(self):
        """Start to run all that is wanted, the long ones first, on all cores."""
        self.warm_up()
        self.pool = ThreadPoolExecutor(run.cores())
        for thing in sorted(self.wanted.values(), key=_seconds, reverse=True):
            self.runs[thing.name] = self.pool.submit(self._run, thing)
        self.wanted = {}

    def _run(self, thing):
        return self.runner.run(thing.path.name, thing.source, thing.cells)

    def stop(self):
        if self.pool:
            self.pool.shutdown(wait=False, cancel_futures=True)
        if self.runner:
            self.runner.close()

    def check(self, thing, at, page):
        """Compare a program's or lab's run with its record, or record it; raise Problems."""
        mend = f"make record PAGE={page}, and review what it changes"
        if self.wanted:
            self.start()
        try:
            result = self.runs[thing.name].result()
        except ChildProcessError as error:
            raise Problem(at, f"{thing.name} could not be run", got=str(error)) from None
        except Problem as problem:
            problem.where = f"{at}: {problem.where}"
            raise
        if result.failure:
            line = f"{thing.where}:{result.line}" if result.line else thing.where
            raise Problem(
                at,
                f"{thing.name} does not run",
                "a run without complaint",
                f"{line}: {result.failure}",
                f"correct {thing.where}",
            )
        try:
            record = thing.read()
            problems = [] if thing.is_current(record) else [stale(thing, record)]
            problems += thing.differences(record, result)
        except Problem as problem:
            record, problems = None, [problem]
        if self.recording:
            if problems:
                self.messages += _record(thing, record, result)
            return
        if record and record.device != result.device:
            self.elsewhere.append(f"{thing.name} (recorded on {record.device})")
        for problem in problems:
            problem.where = f"{at}: {problem.where}"
            problem.mend = mend
        if problems:
            raise Problems(problems)


def _seconds(thing):
    """Return how long a program or lab took when it was recorded."""
    try:
        return thing.read().seconds
    except Problem:
        return 0.0


def _record(thing, old, result):
    """Write the new record and return the lines that say what it changes."""
    new = thing.record_of(result)
    thing.write(new)
    word = "recorded" if old is None else "recorded again"
    lines = [f"{word}: {thing.record_path.relative_to(thing.root).as_posix()}"]
    # A lab has one output a cell, a program one in all.
    before, after = ("".join(r.output).splitlines() if r else [] for r in (old, new))
    changes = difflib.unified_diff(before, after, lineterm="", n=0)
    lines += [f"  {line}" for line in changes if line[:3] not in ("---", "+++") and line[0] != "@"]
    if old and old.figures != new.figures:
        lines.append("  the figure is drawn anew")
    if old and old.device != new.device:
        lines.append(f"  run on {new.device}; the record before was made on {old.device}")
    return lines


def pytest_addoption(parser):
    group = parser.getgroup("recorder")
    group.addoption("--record", action="store_true", help="write the records that differ")
    group.addoption("--page", default="", help="test the site on this page alone")
    limit = f"seconds for one program ({run.LIMIT})"
    group.addoption("--block-limit", type=float, default=run.LIMIT, help=limit)


def pytest_configure(config):
    config.stash[STATE] = State(config)
    BlockRunner.state = config.stash[STATE]


@pytest.hookimpl(tryfirst=True)
def pytest_markdown_docs_markdown_it():
    """Give pytest-markdown-docs a parser that turns a program block into the code it shows."""
    markdown = parser()

    def show_code(state):
        programs = BlockRunner.state.programs
        for token in state.tokens:
            if token.type in ("program", "solution", "malformed"):
                known = programs.get(token.info)
                token.content = known.path.read_text("utf8", "replace") if known else ""
                token.type, token.info = "fence", "python"

    markdown.core.ruler.push("show_code", show_code)
    return markdown


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path, parent):
    """Keep pytest-markdown-docs from importing scripts in search of docstrings; add the labs."""
    found = yield
    state = parent.config.stash[STATE]
    if file_path.suffix == ".py" and file_path.parent == state.root / "docs" / "labs":
        return [LabFile.from_parent(parent, path=file_path)]  # and no module of tests
    if any(isinstance(collector, markdown_docs.MarkdownTextFile) for collector in found):
        return [PageFile.from_parent(parent, path=file_path)]
    return [c for c in found if not isinstance(c, markdown_docs.MarkdownDocstringCodeModule)]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Tell pytest-xdist what has to stay together."""
    from xdist.scheduler import LoadScopeScheduling

    pages = page_names(config.stash[STATE].root)

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return company(nodeid, pages)

    return Together(config, log)


def company(nodeid, pages):
    """Return the group of a test: all of a group run in one process, one after the other.

    All blocks are one group; so are the tests of one page in the browser, and those of one file.
    """
    path, _, test = nodeid.partition("::")
    if path.startswith("docs/"):
        return "blocks"
    parameters = test.partition("[")[2].rstrip("]")
    of = [page for page in pages if parameters == page or parameters.startswith(f"{page}-")]
    return max(of, key=len, default=path)


def pytest_collection_finish(session):
    """Start every run that the session will ask for."""
    state = session.config.stash[STATE]
    if session.config.option.collectonly:
        return
    gc.freeze()  # pytest looks for garbage five times before it ends
    wanted = state.wanted
    for item in session.items:
        if isinstance(item, markdown_docs.MarkdownInlinePythonItem):
            block = BlockRunner.block(item.test_definition)
            if block and block.name in state.programs:
                wanted[block.name] = state.programs[block.name]
        elif isinstance(item, LabItem):
            wanted[item.lab.name] = item.lab
    if wanted and not hasattr(session.config, "workerinput"):  # a worker may get none of them
        state.start()


def pytest_sessionfinish(session):
    """Let a worker of pytest-xdist tell what its report cannot hold."""
    state = session.config.stash[STATE]
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["recorder"] = (list(state.runs), state.elsewhere)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """Take what a worker of pytest-xdist told."""
    state = node.config.stash[STATE]
    runs, elsewhere = getattr(node, "workeroutput", {}).get("recorder", ([], []))
    state.runs |= dict.fromkeys(runs)
    state.elsewhere += elsewhere


def pytest_unconfigure(config):
    if STATE in config.stash:
        config.stash[STATE].stop()


def pytest_terminal_summary(terminalreporter, config):
    state = config.stash[STATE]
    if state.recording:
        terminalreporter.section("records")
        failed = terminalreporter.stats.get("failed")
        nothing = "no record was written" if failed else "nothing differs: no record was written"
        for line in state.messages or [nothing]:
            terminalreporter.line(line)
    if state.elsewhere:
        terminalreporter.section("numbers not compared: recorded on a device that is not here")
        for line in state.elsewhere:
            terminalreporter.line(line)
    programs = []
    if state.runs and not state.recording:
        with contextlib.suppress(Problem):  # an unreadable page is told where it is collected
            programs = [p for p in on_gpu(state.root) if p.name in state.runs]
    if programs:
        terminalreporter.section("on a GPU: shown as recorded, not run here")
        for program in programs:
            there = f"recorded on {program.read().device}" if program.record_path.exists() else ""
            terminalreporter.line(f"{program.name}: {there or 'no record yet'}")


@register_runner(default=True)
class BlockRunner(DefaultRunner):
    """Runs a block of a page alone, as the reader copies it, and compares it with its record."""

    state: State
    pages: ClassVar = {}  # path: Page

    @classmethod
    def block(cls, definition):
        """Return the program block from which pytest-markdown-docs made an item, or None."""
        path = Path(definition.source_path)
        if path not in cls.pages:
            cls.pages[path] = Page.read(path, cls.state.root)
        blocks = cls.pages[path].blocks
        return next((b for b in blocks if b.line == definition.start_line), None)

    def runtest(self, test, args, **_):
        block = self.block(test)
        page = self.pages[Path(test.source_path)]
        at = page.at(test.start_line)
        if block is None:
            malformed = dict(page.malformed).get(test.start_line)
            what = malformed or "this block is typed by hand: nothing compares what it prints"
            raise Problem(
                at,
                what,
                mend="put the code into snippets/ and name it: "
                "/// program | page/example, closed by ///",
            )
        program = self.state.programs.get(block.name)
        if program is None:
            raise unknown(at, block.name, self.state.programs)
        self.state.check(program, at, page.id)

    def repr_failure(self, test, excinfo, style=None):
        if excinfo.errisinstance((Problem, Problems)):
            return str(excinfo.value)
        return super().repr_failure(test, excinfo, style)


class PageFile(markdown_docs.MarkdownTextFile):
    """A page, whose items bear the names of its programs instead of numbers."""

    def collect(self):
        state = self.config.stash[STATE]
        try:
            BlockRunner.pages[self.path] = Page.read(self.path, state.root)
        except Problem as problem:
            raise self.CollectError(str(problem)) from None
        if not self.config.option.collectonly and not hasattr(self.config, "workerinput"):
            state.warm_up()
        for item in super().collect():
            definition = item.test_definition
            block = BlockRunner.block(definition)
            name = block.name if block else f"line {definition.start_line}"
            yield markdown_docs.MarkdownInlinePythonItem.from_parent(
                self, name=name, test_definition=definition
            )


class LabFile(pytest.File):
    def collect(self):
        state = self.config.stash[STATE]
        yield LabItem.from_parent(self, name="lab", lab=Lab(state.root, self.path))


class LabItem(pytest.Item):
    """One lab, run from top to bottom and compared cell by cell."""

    def __init__(self, *, lab, **kwargs):
        super().__init__(**kwargs)
        self.lab = lab

    def runtest(self):
        self.config.stash[STATE].check(self.lab, f"{self.lab.where}:1", self.lab.name)

    def repr_failure(self, excinfo, style=None):
        if excinfo.errisinstance((Problem, Problems)):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self):
        return self.path, 0, f"lab {self.lab.name}"
