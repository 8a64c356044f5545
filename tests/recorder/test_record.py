"""Recording: it writes what differs and no more, tells what changed, and loses nothing."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from recorder.files import write_together

GOOD = '"""Print a number."""\n\nprint(f"loss {0.5:.2f}")\n'
FIGURE = """\
\"\"\"Draw a line.\"\"\"

import matplotlib.pyplot as plt

plt.plot([1, 2, 3])
plt.show()
"""


def test_it_tells_what_it_changed(project):
    project.show("some/good", GOOD)
    status, output = project.record()
    assert status == 0
    assert "recorded: snippets/some/good.out" in output
    assert "+loss 0.50" in output
    project.edit("snippets/some/good.py", "0.5:", "0.7:")
    _, output = project.record()
    assert "recorded again: snippets/some/good.out" in output
    assert "-loss 0.50" in output
    assert "+loss 0.70" in output


def test_it_leaves_a_record_alone_that_still_holds(project):
    project.show("some/good", GOOD)
    project.show("some/drawn", FIGURE, "A line.")
    project.record()
    files = [*project.root.glob("snippets/*/*")]
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in files}
    project.edit_record("some/good", "0.50", "0.51")  # within one unit: still holds
    before[project.root / "snippets/some/good.out"] = None
    _, output = project.record()
    assert "nothing differs" in output
    for path, state in before.items():
        if state:
            assert (path.stat().st_mtime_ns, path.read_bytes()) == state


def test_it_keeps_the_old_record_of_a_program_that_fails(project):
    project.show("some/good", GOOD)
    project.record()
    old = (project.root / "snippets/some/good.out").read_bytes()
    project.edit("snippets/some/good.py", "print", "raise SystemExit(1)\nprint")
    status, output = project.record()
    assert status == 1
    assert "does not run" in output
    assert "no record was written" in output
    assert "nothing differs" not in output
    assert (project.root / "snippets/some/good.out").read_bytes() == old


def test_a_program_that_draws_fewer_figures_leaves_none_behind(project):
    project.show("some/drawn", FIGURE + "plt.plot([3, 2])\nplt.show()\n", "A line.\n\nAnother.")
    project.record()
    assert (project.root / "snippets/some/drawn-2.svg").exists()
    project.edit("snippets/some/drawn.py", "plt.plot([3, 2])\nplt.show()\n", "")
    project.edit("docs/drawn.md", "\n\nAnother.", "")
    project.record()
    assert not (project.root / "snippets/some/drawn-2.svg").exists()
    assert project.check()[0] == 0
    assert project.lint()[0] == 0


def test_recording_one_program_leaves_the_figures_of_its_neighbors_alone(project):
    for name in ("noise", "noise_2", "noise2"):
        project.show(f"some/{name}", FIGURE, "A line.")
    project.record()
    project.edit("snippets/some/noise.py", "1, 2, 3", "1, 2, 4")
    project.run("recorder", "record", "--page", "noise")
    assert {p.name for p in project.root.glob("snippets/some/*.svg")} == {
        "noise.svg",
        "noise_2.svg",
        "noise2.svg",
    }
    assert project.check()[0] == 0


def test_a_signal_waits_until_all_files_are_written(tmp_path, monkeypatch):
    """Another thread takes the signal, so a mask on this one would not help."""
    idle = threading.Event()
    threading.Thread(target=idle.wait, daemon=True).start()
    replace, renamed = Path.replace, []

    def replace_and_interrupt(path, target):
        renamed.append(replace(path, target))
        if len(renamed) == 1:
            os.kill(os.getpid(), signal.SIGINT)
            time.sleep(0.05)

    monkeypatch.setattr(Path, "replace", replace_and_interrupt)
    for name in "abc":
        (tmp_path / name).write_text("old", "utf8")
    with pytest.raises(KeyboardInterrupt):
        write_together({tmp_path / "a": "new", tmp_path / "b": "new"}, remove=[tmp_path / "c"])
    idle.set()
    assert {p.name: p.read_text("utf8") for p in tmp_path.iterdir()} == {"a": "new", "b": "new"}


def test_a_record_survives_a_change_of_nothing_but_the_versions(project):
    project.show("some/good", GOOD)
    project.record()
    project.edit("snippets/some/good.out", f"{sys.version_info[0]}.{sys.version_info[1]}.", "2.7.")
    assert project.check()[0] == 0
    assert "nothing differs" in project.record()[1]


def test_one_page_can_be_recorded_alone(project):
    project.show("some/one", GOOD)
    project.show("some/two", GOOD)
    status, output = project.run("recorder", "record", "--page", "one")
    assert status == 0, output
    assert (project.root / "snippets/some/one.out").exists()
    assert not (project.root / "snippets/some/two.out").exists()


def test_an_unknown_page_is_one_clear_message(project):
    project.show("some/one", GOOD)
    for action in ("record", "test"):
        status, output = project.run("recorder", action, "--page", "onne")
        assert status == 1
        assert output.startswith("PAGE=onne: no such page")
        assert "one of: one" in output
        assert "Traceback" not in output


def test_an_interrupted_recording_leaves_whole_records(project, tmp_path):
    gate = tmp_path / "gate"
    gate.touch()
    for number in range(6):
        project.show(f"some/p{number}", f'"""Print."""\n\nprint("first {number}")\n')
    project.record()
    for number in range(6):
        wait = f"while os.path.exists({str(gate)!r}):\n    pass\n" if number == 5 else ""
        source = f"import os\n\n{wait}print('second {number}')\n"
        project.write(f"snippets/some/p{number}.py", f'"""Print."""\n\n{source}')
    process = project.command("pytest", "docs", "-q", "--record")
    deadline = time.monotonic() + 60
    while "second 1" not in (project.root / "snippets/some/p1.out").read_text("utf8"):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    gate.unlink()
    assert process.returncode == 2  # pytest's status for an interruption
    outputs = [p.read_text("utf8") for p in sorted(project.root.glob("snippets/some/*.out"))]
    assert [f"{n}\n" in text for n, text in enumerate(outputs)] == [True] * 6
    assert outputs[1].endswith("second 1\n")
    assert outputs[5].endswith("first 5\n")
    assert not [*project.root.glob("snippets/some/.recording-*")]
    assert "has changed since it was recorded" in project.check()[1]  # p5: told, not lost
    assert project.record()[0] == 0
    assert project.check()[0] == 0


KILLED = """\
import sys
from pathlib import Path
from recorder.files import write_together

folder = Path(sys.argv[1])
print("ready", flush=True)
while True:
    for word in ("old", "new"):
        write_together({folder / "a": word * 50_000, folder / "b": word * 50_000})
"""


def test_a_killed_recording_leaves_whole_files(tmp_path):
    draw = random.Random(0)
    whole = {"old" * 50_000, "new" * 50_000}
    for _ in range(20):
        environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path)], env=environment, stdout=subprocess.PIPE
        )
        process.stdout.readline()
        time.sleep(draw.uniform(0.005, 0.05))
        process.kill()
        process.wait()
        process.stdout.close()
        for name in "ab":
            assert (tmp_path / name).read_text("utf8") in whole


def test_files_that_cannot_all_be_written_are_all_left_alone(tmp_path):
    (tmp_path / "a").write_text("old", "utf8")
    (tmp_path / "file").write_text("", "utf8")
    with pytest.raises(OSError):
        write_together({tmp_path / "a": "new", tmp_path / "file" / "b": "new"})
    assert (tmp_path / "a").read_text("utf8") == "old"
    assert [p.name for p in sorted(tmp_path.iterdir())] == ["a", "file"]
