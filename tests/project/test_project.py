"""The project as a whole: its lint, its commands, its pins, and what must not be in it."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from recorder.figures import DARK
from recorder.lint import lint
from recorder.programs import all_programs

ROOT = Path(__file__).resolve().parents[2]


def tracked():
    """Return the text files of the project, as git knows them."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    binary = (".png", ".woff2", ".svg", ".min.js", ".min.css")
    return [ROOT / name for name in listed if not name.endswith(binary) and (ROOT / name).exists()]


def test_the_lint_finds_nothing():
    assert list(map(str, lint(ROOT))) == []


def test_every_make_target_explains_itself_and_is_phony():
    text = (ROOT / "Makefile").read_text("utf8")
    targets = re.findall(r"^([a-z-]+):", text, re.M)
    assert re.findall(r"^([a-z-]+):.*## \S", text, re.M) == targets
    assert re.search(r"^\.PHONY: (.*)$", text, re.M)[1].split() == targets


def test_the_readme_names_the_commands_that_exist():
    for name in ("README.md", "CONTRIBUTING.md", "docs/checks.md"):
        for target in re.findall(r"(?:`|^)make ([a-z]+)", (ROOT / name).read_text("utf8"), re.M):
            assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text("utf8"), re.M)


def test_help_prints_every_target():
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    for target in ("serve", "test", "record", "build", "lint", "bench"):
        assert re.search(rf"^make {target} +\S", done.stdout, re.M)


def test_an_old_python_is_refused_in_one_line(tmp_path):
    old = tmp_path / "python-old"
    old.write_text(
        f'#!/bin/sh\nexec {sys.executable} -c "import sys; sys.version_info = (3, 10, 0); '
        'sys.version = \'3.10.0\'; exec(sys.argv[2])" "$@"\n'
    )
    old.chmod(0o755)
    (tmp_path / "Makefile").write_text((ROOT / "Makefile").read_text("utf8"), "utf8")
    (tmp_path / "requirements").mkdir()
    for name in ("site.txt", "test.txt"):
        (tmp_path / "requirements" / name).write_text("", "utf8")
    done = subprocess.run(
        ["make", f"PYTHON={old}", "serve"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode != 0
    assert "is Python 3.10.0: 3.11.5 or newer is needed" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / ".venv").exists()


@pytest.mark.parametrize("name", ["site", "test"])
def test_requirements_hold_on_any_machine(name):
    lines = (ROOT / "requirements" / f"{name}.txt").read_text("utf8").splitlines()
    for line in lines:
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; .*)?", line), line
        assert not line.startswith(("nvidia-", "triton", "cuda-")), line


def test_the_site_needs_no_torch_and_shares_its_versions_with_the_tests():
    site, test = (
        dict(line.partition(" ;")[0].split("==") for line in path.read_text("utf8").splitlines())
        for path in (ROOT / "requirements/site.txt", ROOT / "requirements/test.txt")
    )
    assert "torch" not in site
    assert "numpy" not in site
    assert test["torch"] == "2.13.0"
    assert {name: test.get(name) for name in site} == site


def test_actions_are_pinned_by_commit_and_named_by_tag():
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        for use in re.findall(r"uses: (.*)", path.read_text("utf8")):
            assert re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use), f"{path}: {use}"


def test_workflows_ask_for_no_more_than_they_need():
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        workflow = yaml.safe_load(path.read_text("utf8"))
        assert workflow["permissions"] == {"contents": "read"}, path


def test_the_pythons_of_ci_are_those_of_the_makefile():
    workflow = yaml.safe_load((ROOT / ".github/workflows/check.yml").read_text("utf8"))
    assert workflow["jobs"]["check"]["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13"]
    assert "(3, 11, 5)" in (ROOT / "Makefile").read_text("utf8")


def test_issue_forms_have_what_github_asks_for():
    for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"):
        form = yaml.safe_load(path.read_text("utf8"))
        if path.name != "config.yml":
            assert {"name", "description", "body"} <= set(form), path


def test_nothing_names_a_machine():
    paths = re.compile(r"(?<![\w./-])/(?:work|home|root|opt|Users)/\w")
    for path in tracked():
        if path.parent.name != "project":
            found = paths.search(path.read_text("utf8"))
            assert found is None, f"{path}: {found and found[0]}"


def test_programs_import_nothing_but_what_the_site_promises():
    allowed = {"torch", "numpy", "matplotlib", "sklearn", "tqdm", "tensorboard"}
    allowed |= {"threadpoolctl", "scipy", "PIL"}  # come with scikit-learn and with Matplotlib
    allowed |= set(sys.stdlib_module_names)
    for program in all_programs(ROOT).values():
        for node in ast.walk(ast.parse(program.source)):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.partition(".")[0] in allowed, program.where


def test_no_program_hides_a_module():
    names = {program.path.stem for program in all_programs(ROOT).values()}
    hidden = names & (set(sys.stdlib_module_names) | {"torch", "numpy", "matplotlib", "sklearn"})
    assert not hidden


def test_the_style_sheet_knows_the_colors_of_figures_and_drawings():
    css = (ROOT / "docs/assets/site.css").read_text("utf8")
    light, dark = css.split('[data-md-color-scheme="slate"]')[:2]
    for ours, theirs in DARK.items():
        if ours not in ("#000000", "#d5d9e0"):
            assert f"--drawn-{_variable(ours)}: {ours};" in light
            assert f"--drawn-{_variable(ours)}: {theirs};" in dark


def _variable(color):
    from recorder.blocks import VARIABLES

    return VARIABLES[color].removeprefix("--drawn-")


def test_pytest_settings_silence_nothing():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf8"))
    options = settings["tool"]["pytest"]["ini_options"]
    assert options["filterwarnings"] == ["error"]
