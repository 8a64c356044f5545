"""Exercises: each has a solution below it, folded away, which passes the check."""

import pytest

TASK = '''"""Exercise: twice a number."""


def twice(x):
    """Return 2 x."""
    {answer}


# The check
print("right" if twice(3) == 6 else f"not yet: twice(3) is {{twice(3)}}")
'''
OPEN = TASK.format(answer="...  # your turn")
SOLVED = TASK.format(answer="return 2 * x")
PAGE = """# A page

/// program | some/exercise_twice
///

/// solution | some/exercise_twice_solution
///
"""


@pytest.fixture
def exercise(project):
    """A project with one page, whose exercise has a solution."""
    project.write("snippets/some/exercise_twice.py", OPEN)
    project.write("snippets/some/exercise_twice_solution.py", SOLVED)
    project.write("docs/page.md", PAGE)
    return project


def test_an_exercise_and_its_solution_are_recorded_checked_and_shown(exercise):
    assert exercise.record()[0] == 0
    assert exercise.lint() == (0, "pages and records: nothing to mend\n")
    status, output = exercise.check()
    assert status == 0, output
    assert "2 passed" in output
    status, page = exercise.convert("docs/page.md")
    assert status == 0, page
    shown, _, folded = page.partition("<details><summary>A solution</summary>")
    assert "not yet: twice(3) is None" in shown
    assert "# your turn" in shown
    assert "return" in folded.partition("</details>")[0]
    assert "return" not in shown.partition("<code>")[2].replace("Return", "")
    assert 'class="program solution" id="exercise_twice_solution"' in page


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        (
            "docs/page.md",
            "/// solution | some/exercise_twice_solution",
            "/// program | some/exercise_twice_solution",
            "docs/page.md:3: an exercise without its solution below",
        ),
        (
            "docs/page.md",
            "exercise_twice\n///\n",
            "exercise_twice\n///\n\n/// program | some/other\n///\n",
            "docs/page.md:3: an exercise without its solution below",
        ),
        (
            "snippets/some/exercise_twice_solution.py",
            "twice(3) == 6",
            "twice(3) == 6 or True",
            "exercise_twice_solution.py: an exercise and its solution differ in what decides",
        ),
        (
            "snippets/some/exercise_twice_solution.py",
            "return 2 * x",
            "return 3 * x",
            "exercise_twice_solution.py: a solution that the check refuses",
        ),
        (
            "snippets/some/exercise_twice.py",
            "...  # your turn",
            "return x + x",
            "exercise_twice.py: the check takes an exercise that nobody has solved",
        ),
    ],
)
def test_a_spoiled_exercise_is_told(exercise, file, old, new, words):
    exercise.write("snippets/some/other.py", '"""Print a word."""\n\nprint("done")\n')
    exercise.edit(file, old, new)
    if "program | some/other" not in new:
        (exercise.root / "snippets/some/other.py").unlink()
    assert exercise.record()[0] == 0
    status, output = exercise.lint()
    assert status == 1
    assert words in output


def test_a_solution_needs_an_exercise(project):
    project.write("snippets/some/twice.py", '"""Print a word."""\n\nprint("done")\n')
    project.write("docs/page.md", "# A page\n\n/// solution | some/twice\n///\n")
    assert project.record()[0] == 0
    assert "docs/page.md:3: a solution without an exercise" in project.lint()[1]
