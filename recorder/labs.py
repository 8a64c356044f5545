"""A lab: a longer walk as a notebook. Its source is a script, its record the executed notebook.

    docs/labs/batch-norm-on-digits.py       cells between `# %%` marks (jupytext's percent format)
    docs/labs/batch-norm-on-digits.ipynb    the same with outputs: what mkdocs-jupyter shows

A code cell that draws says so in its mark, `# %% alt="A line chart: …"`, and a heading of a
Markdown cell carries its address as `<a id="name"></a>`, which every notebook viewer keeps.
"""

import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import nbformat

from recorder.compare import compare
from recorder.files import digest, read_text, write_together
from recorder.pages import Page
from recorder.problems import Problem
from recorder.programs import Record, Recorded, figure_differences

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


@dataclass(frozen=True)
class Lab(Recorded):
    """A lab in docs/labs/, by its path."""

    root: Path
    path: Path

    @property
    def name(self):
        """The lab as PAGE= takes it: labs/batch-norm-on-digits."""
        return self.path.relative_to(self.root / "docs").with_suffix("").as_posix()

    @property
    def record_path(self):
        return self.path.with_suffix(".ipynb")

    @cached_property
    def notebook(self):
        """The notebook without outputs; its cells have lasting ids."""
        import jupytext  # a quarter of a second, for which pages without a lab need not wait

        notebook = jupytext.reads(self.source, fmt="py:percent")
        for number, cell in enumerate(notebook.cells, 1):
            cell.id = f"cell-{number}"
        notebook.metadata = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
        return notebook

    @property
    def code_cells(self):
        return [cell for cell in self.notebook.cells if cell.cell_type == "code"]

    @cached_property
    def cells(self):
        """The code cells as [(first line in the script, code), …]."""
        lines, at, found = self.source.split("\n"), 0, []
        for cell in self.code_cells:
            code = cell.source.split("\n")
            places = (n for n in range(at, len(lines)) if lines[n : n + len(code)] == code)
            at = next(places, None)
            if at is None:
                got, expected = code[0], "Python that runs in a script too"
                raise Problem(self.where, "a cell that Jupyter alone can run", expected, got)
            found.append((at + 1, cell.source))
        return found

    @cached_property
    def page(self):
        """The text of the Markdown cells as a Page, each line where it stands in the script."""
        lines = self.source.split("\n")
        shown, markdown = [], False
        for line in lines:
            if line.startswith("# %%"):
                markdown, line = "[markdown]" in line, ""
            shown.append(re.sub(r"^# ?", "", line) if markdown else "")
        return Page(self.path, self.root).parse("\n".join(shown))

    def read(self):
        """Return the Record; raise a Problem if there is none, or one that is damaged."""
        where = self.find_record()
        try:
            notebook = nbformat.reads(read_text(self.record_path, self.root), 4)
            how = dict(notebook.metadata["recorder"])
            sealed, program, device = how.pop("sealed"), how.pop("program"), how.pop("device")
            seconds = float(how.pop("seconds"))
            outputs, images = [], []
            for cell in (c for c in notebook.cells if c.cell_type == "code"):
                outputs.append("".join(o.text for o in cell.outputs if o.output_type == "stream"))
                drawn = [o.data for o in cell.outputs if o.output_type == "display_data"]
                images.append(["".join(data["image/svg+xml"]) for data in drawn])
        except (nbformat.reader.NotJSONError, KeyError, ValueError, AttributeError) as error:
            raise Problem(where, "this is no record", got=f"no usable {error!r}") from error
        if sealed != _seal(notebook):
            raise Problem(where, "this notebook is not the one that was recorded: edited by hand?")
        return Record(program, how, device, seconds, outputs, images)

    def record_of(self, result):
        """Return the Record of a run, cell by cell."""
        return Record(
            digest(self.source),
            result.versions,
            result.device,
            result.seconds,
            result.outputs,
            result.figures,
        )

    def write(self, record):
        """Write the executed notebook."""
        notebook = self.notebook
        how = {"program": record.program} | record.versions
        notebook.metadata["recorder"] = how | {
            "device": record.device,
            "seconds": f"{record.seconds:.1f}",
        }
        cells = zip(self.code_cells, record.output, record.figures, strict=True)
        for count, (cell, text, images) in enumerate(cells, 1):
            cell.execution_count = count
            alternatives = [cell.metadata.get("alt", "")] * len(images)
            cell.outputs = cell_outputs(text, images, alternatives)
        notebook.metadata["recorder"]["sealed"] = _seal(notebook)
        nbformat.validate(notebook)
        write_together({self.record_path: nbformat.writes(notebook) + "\n"})

    def differences(self, record, result):
        """Yield a Problem for each cell whose run differs from the record."""
        elsewhere = record.device != result.device
        if len(record.output) != len(result.outputs):
            expected, got = f"{len(record.output)} code cells", f"{len(result.outputs)}"
            yield Problem(self.where, "the record has other cells", expected, got)
            return
        for (line, _), ours, theirs, drew, draws in zip(
            self.cells,
            record.output,
            result.outputs,
            record.figures,
            result.figures,
            strict=True,
        ):
            where = f"{self.where}:{line}"
            found = compare(ours, theirs, words_only=elsewhere)
            if found:
                what = f"line {found.line} of the output of this cell: {found.why}"
                yield Problem(where, what, found.expected, found.got)
            yield from figure_differences(where, "this cell", drew, draws, elsewhere)


def cell_outputs(text, figures, alternatives):
    """Return what a cell printed and drew as a notebook holds it; each figure has its text."""
    outputs = [nbformat.v4.new_output("stream", name="stdout", text=text)] if text else []
    for svg, alternative in zip(figures, alternatives, strict=True):
        data = {"image/svg+xml": svg, "text/plain": "<Figure>"}
        metadata = {"image/svg+xml": {"alt": alternative}}
        outputs.append(nbformat.v4.new_output("display_data", data, metadata=metadata))
    return outputs


def _seal(notebook):
    """Return a digest of all that a notebook shows: text, code, outputs and figures."""
    shown = [
        [cell.cell_type, cell.source, cell.metadata.get("alt"), cell.get("outputs", [])]
        for cell in notebook.cells
    ]
    return digest(json.dumps(shown, sort_keys=True))


def all_labs(root):
    """Return every lab of the project."""
    return [Lab(root, path) for path in sorted((root / "docs" / "labs").glob("*.py"))]
