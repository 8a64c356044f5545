"""A program, its record beside it, and the one way in which the two are compared.

snippets/batch_norm/fold_into_conv.py     the program
snippets/batch_norm/fold_into_conv.out    what it printed, and how it was run
snippets/batch_norm/fold_into_conv.svg    what it drew (and -2.svg, …), if anything

A program that has more to tell on a GPU may have a second record, fold_into_conv.gpu.out. What
a benchmark, tests/bench/<name>.py, measured is kept in the same form beside it. Both are shown
with the device that they were made on; no check can compare them, as it does the first.
"""

import ast
import difflib
import re
from dataclasses import dataclass, field
from pathlib import Path

from recorder import figures
from recorder.compare import compare
from recorder.files import digest, read_text, write_together
from recorder.problems import Problem
from recorder.run import PACKAGES

END_OF_HEADER = "-" * 24


@dataclass(frozen=True)
class Record:
    """What a program printed and drew when it was last recorded, and how it was run."""

    program: str  # the digest of the program that was run
    versions: dict[str, str]
    device: str
    seconds: float
    output: str
    figures: list[str] = field(default_factory=list)  # SVG

    def header(self):
        """Return the lines that say how the program was run, and seal what it printed and drew."""
        how = {"program": self.program, "output": digest(self.output)} | self.versions
        how |= {"device": self.device, "seconds": f"{self.seconds:.1f}"}
        if self.figures:
            how["figures"] = " ".join(map(digest, self.figures))
        return [f"{key:<13}{value}" for key, value in how.items()]


class Recorded:
    """What programs and labs share: a source at `path` below `root`, and a record beside it."""

    @property
    def where(self):
        return self.path.relative_to(self.root).as_posix()

    @property
    def source(self):
        return read_text(self.path, self.root)

    def find_record(self):
        """Return where the record is, as a Problem names it; raise a Problem if there is none."""
        where = self.record_path.relative_to(self.root).as_posix()
        if not self.record_path.exists():
            raise Problem(self.where, f"{self.name} has no record", expected=f"a file {where}")
        return where

    def is_current(self, record):
        """Say whether the record is of the source as it is now."""
        return record.program == digest(self.source)


@dataclass(frozen=True)
class Program(Recorded):
    """A program in snippets/, by its name "batch_norm/fold_into_conv"."""

    root: Path
    name: str

    @property
    def path(self):
        return self.root / "snippets" / f"{self.name}.py"

    @property
    def record_path(self):
        return self.path.with_suffix(".out")

    def figure_path(self, number):
        """Return the path of the program's first, second, … figure."""
        suffix = ".svg" if number == 1 else f"-{number}.svg"
        return self.path.with_name(self.path.stem + suffix)

    @property
    def cells(self):
        return [(1, self.source)]

    @property
    def caption(self):
        """The first line of the docstring."""
        return (ast.get_docstring(ast.parse(self.source)) or "").partition("\n")[0]

    def read(self):
        """Return the Record; raise a Problem if there is none, or one that is damaged."""
        where = self.find_record()
        lines = read_text(self.record_path, self.root).split("\n")
        if END_OF_HEADER not in lines:
            raise Problem(where, "this is no record", expected="a header that ends in a line of -")
        at = lines.index(END_OF_HEADER)
        output = "\n".join(lines[at + 1 :])
        try:
            how = dict(line.split(maxsplit=1) for line in lines[:at])
            sealed, fingerprints = how.pop("output"), how.pop("figures", "").split()
            program, device = how.pop("program"), how.pop("device")
            seconds = float(how.pop("seconds"))
        except (KeyError, ValueError) as error:
            raise Problem(where, "this is no record", got=f"no usable {error}") from error
        unknown = set(how) - {"Python", *PACKAGES.values()}
        if unknown:
            raise Problem(where, "this is no record", got=f"a line {min(unknown)}")
        if digest(output) != sealed:
            raise Problem(where, "this output is not the one that was recorded: typed by hand?")
        images = [self._figure(n, print_) for n, print_ in enumerate(fingerprints, 1)]
        return Record(program, how, device, seconds, output, images)

    def _figure(self, number, fingerprint):
        path = self.figure_path(number)
        where = path.relative_to(self.root).as_posix()
        if not path.exists():
            raise Problem(where, f"a figure of {self.name} is missing", expected=f"a file {where}")
        svg = read_text(path, self.root)
        if digest(svg) != fingerprint:
            raise Problem(
                where,
                f"a figure of {self.name} is not the one that was recorded",
                expected=f"sha256 {fingerprint}…",
                got=f"sha256 {digest(svg)}…",
            )
        return svg

    def write(self, record):
        """Write the record and its figures so that an interruption leaves old or new, not half."""
        text = "\n".join([*record.header(), END_OF_HEADER, record.output])
        files = {self.figure_path(n): svg for n, svg in enumerate(record.figures, 1)}
        extra = self.figures_on_disk() - set(files)
        write_together(files | {self.record_path: text}, remove=extra)

    def figures_on_disk(self):
        """Return the paths of all figures that stand beside the program."""
        own = re.compile(re.escape(self.path.stem) + r"(-\d+)?")
        return {p for p in self.path.parent.glob("*.svg") if own.fullmatch(p.stem)}

    def record_of(self, result):
        """Return the Record of a run."""
        return Record(
            digest(self.source),
            result.versions,
            result.device,
            result.seconds,
            "".join(result.outputs),
            [svg for cell in result.figures for svg in cell],
        )

    def differences(self, record, result):
        """Yield a Problem for each thing in which a run differs from the record."""
        elsewhere = record.device != result.device
        where = self.record_path.relative_to(self.root).as_posix()
        first = self.record_path.read_text("utf8").split("\n").index(END_OF_HEADER) + 1
        found = compare(record.output, "".join(result.outputs), words_only=elsewhere)
        if found:
            yield Problem(
                f"{where}:{first + found.line}",
                f"line {found.line} of the output of {self.name}: {found.why}",
                found.expected,
                found.got,
            )
        got = [svg for cell in result.figures for svg in cell]
        yield from figure_differences(where, self.name, record.figures, got, elsewhere)


@dataclass(frozen=True)
class OnGpu(Program):
    """The same program, with the record that a GPU made."""

    @property
    def record_path(self):
        return self.path.with_suffix(".gpu.out")

    def figures_on_disk(self):
        """A GPU's record has no figures: those beside it are the other record's."""
        return set()


@dataclass(frozen=True)
class Bench(Program):
    """A benchmark in tests/bench, by its name "convolution"."""

    @property
    def path(self):
        return self.root / "tests" / "bench" / f"{self.name}.py"

    @property
    def source(self):
        """The benchmark with all programs that it measures: what its record is the record of."""
        source = read_text(self.path, self.root)
        measured = re.findall(r'"([a-z0-9_]+/[a-z0-9_]+)"', source)
        paths = [self.root / "snippets" / f"{name}.py" for name in measured]
        return "".join([source, *(read_text(path, self.root) for path in paths)])


def figure_differences(where, name, recorded, got, words_only=False):
    """Yield a Problem for each figure that draws something else than the recorded one."""
    if len(recorded) != len(got):
        yield Problem(
            where,
            f"{name} draws another number of figures",
            str(len(recorded)),
            str(len(got)),
        )
        return
    for number, (ours, theirs) in enumerate(zip(recorded, got, strict=True), 1):
        found = compare(figures.drawn(ours), figures.drawn(theirs), words_only=words_only)
        if found:
            what = f"figure {number} of {name} draws something else: {found.why}"
            yield Problem(where, what, found.expected[:300], found.got[:300])


def stale(program, record):
    """Return the Problem of a program that has changed since it was recorded."""
    return Problem(
        program.where,
        f"{program.name} has changed since it was recorded",
        expected=f"the record of a program with sha256 {digest(program.source)}…",
        got=f"the record of one with sha256 {record.program}…",
    )


def shown_twice(at, name, before):
    """Return the Problem of a program that a page names although it is shown elsewhere."""
    mend = "link to it there: [text](page.md#example)"
    return Problem(at, f"{name} is shown twice", "one page, once", f"already at {before}", mend)


def unknown(at, name, programs):
    """Return the Problem of a page that names a program that is not there."""
    near = difflib.get_close_matches(name, programs, 1)
    hint = f"did you mean {near[0]}?" if near else f"write snippets/{name}.py"
    return Problem(at, f"no program {name}", f"a file snippets/{name}.py", "no such file", hint)


def all_programs(root):
    """Return every program of the project, by name."""
    found = sorted((root / "snippets").glob("*/*.py"))
    names = [path.relative_to(root / "snippets").with_suffix("").as_posix() for path in found]
    return {name: Program(root, name) for name in names}
