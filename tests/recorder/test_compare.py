"""The comparison of outputs: what counts as equal, and what never does."""

import math
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recorder.compare import compare

EQUAL = [
    ("loss 0.50", "loss 0.51"),
    ("loss 0.50", "loss 0.49"),
    ("1.2e-05", "1.3e-05"),
    ("-0.00", "0.00"),
    ("x = 9.99", "x = 10.00"),
    ("[ 0.5 -0.5]", "[0.5 -0.5]"),
    ("a   1.5", "a 1.5"),
    ("done\n\n", "done"),
    ("nan inf -inf", "nan inf -inf"),
    ("torch 2.13.0", "torch 2.13.0"),
    ("2.5x faster", "2.4x faster"),
    ("[[ 1.5\n  -0.5]]", "[[1.5\n  -0.5]]"),
    ("0", "-0"),
    ("  0.5 seconds", " 0.5 seconds"),
]
DIFFERENT = [
    ("loss 0.50", "loss 0.52"),
    ("loss 0.5", "loss 0.7"),
    ("1.2e-05", "1.4e-05"),
    ("1.2e-05", "1.2e-04"),
    ("shape (64, 3)", "shape (3, 64)"),
    ("1000 rows", "1001 rows"),
    ("mean 0.5", "means 0.5"),
    ("0.50", "nan"),
    ("nan", "0.50"),
    ("inf", "-inf"),
    ("nan", "inf"),
    ("1.0", "1"),
    ("conv2d", "conv3d"),
    ("torch 2.13.0", "torch 2.13.1"),
    ("1", "-1"),
    ("0.5", "-0.5"),
    ("a\nb", "a"),
    ("a", "a\nb"),
    ("a\n\nb", "a\nb"),
    ("True", "False"),
    ("[1. 2.]", "[1. 3.]"),
    ("3-1", "3-2"),
    ("是 0.5", "不 0.5"),
    ("007", "7"),
    ("12:05", "12:5"),
    ("+1", "1"),
    ("  indented", "indented"),
    ("3D", "3 D"),
    ("1e999999999", "2e999999999"),
    ("9" * 5000, "9" * 4999 + "8"),
    ("loss \0", "loss 0.5"),
]


def rows_of_the_page():
    """Return the rows of the table in docs/checks.md as (recorded, printed, equal?)."""
    text = (Path(__file__).resolve().parents[2] / "docs/checks.md").read_text("utf8")
    return re.findall(r"^\| `([^`]+)` \| `([^`]+)`([^|]*)\| (yes|no)\b", text, re.M)


@pytest.mark.parametrize(("recorded", "printed", "more", "verdict"), rows_of_the_page())
def test_what_the_page_on_checks_says_is_so(recorded, printed, more, verdict):
    printed += "\nmore" if more.strip() else ""
    assert (compare(recorded, printed) is None) == (verdict == "yes")


def test_the_page_on_checks_has_such_a_table():
    assert len(rows_of_the_page()) >= 7


@pytest.mark.parametrize(("recorded", "printed"), EQUAL)
def test_equal(recorded, printed):
    assert compare(recorded, printed) is None


@pytest.mark.parametrize(("recorded", "printed"), DIFFERENT)
def test_different(recorded, printed):
    assert compare(recorded, printed)


def test_a_difference_names_its_line():
    found = compare("a 1.0\nb 2.0\nc 3.0", "a 1.0\nb 2.5\nc 3.0")
    assert (found.line, found.expected, found.got) == (2, "b 2.0", "b 2.5")
    assert compare("a", "a\nb").why == "there is an extra line"
    assert compare("a\nb", "a").why == "a line is missing"


def test_words_only_leaves_numbers_aside_and_nothing_else():
    assert compare("12 examples/s", "9500.5 examples/s", words_only=True) is None
    assert compare("12 examples/s", "9500.5 tokens/s", words_only=True)
    assert compare("a 1\nb 2", "a 1", words_only=True)


@given(
    value=st.floats(-1e6, 1e6),
    decimals=st.integers(1, 9),
    off=st.integers(-5, 5),
)
def test_one_unit_of_the_last_digit_is_the_limit(value, decimals, off):
    unit = 10.0**-decimals
    whole = round(value / unit)
    ours, theirs = (f"{(whole + k) / 10**decimals:.{decimals}f}" for k in (0, off))
    assert (compare(f"v {ours}", f"v {theirs}") is None) == (abs(off) <= 1)


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9))
def test_integers_have_to_be_the_same(a, b):
    assert (compare(f"n {a}", f"n {b}") is None) == (a == b)


@given(st.floats(allow_nan=True, allow_infinity=True), st.integers(0, 6))
def test_any_text_of_a_number_equals_itself_and_not_nan(value, decimals):
    for text in (f"{value:.{decimals}f}", f"{value:.{decimals}e}", str(value), repr(value)):
        assert compare(text, text) is None
        if not math.isnan(value):
            assert compare(text, "nan")


@given(st.text(max_size=60))
def test_any_text_equals_itself(text):
    assert compare(text, text) is None
