"""Compare what a program prints with its record, as a reader would.

Words and integers have to be the same. A decimal may differ by one unit of the last digit
that the record shows: 0.50 allows 0.49 to 0.51, 1.2e-05 allows 1.1e-05 to 1.3e-05. `nan`
and `inf` are words. Runs of spaces count as one, because a sign or a further digit moves a
column; a line more or less is a difference.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

# A number is not inside a word (conv2d, float32) nor a version (2.13.0). A hyphen that joins
# two things (3-1) stays with the words; so does a full stop, and NumPy's dot in "1.".
NUMBER = re.compile(
    r"(?<![\w.])[-+]?(?:\d+(?:\.\d+|\.(?=[eE][-+]?\d))?|\.\d+)(?:[eE][-+]?\d{1,4})?(?!\.?\d)"
)
MARK = "\0"  # stands for a number while the words are compared


@dataclass(frozen=True)
class Difference:
    """The first line, counted from 1, in which two outputs differ."""

    line: int
    expected: str
    got: str
    why: str


def compare(expected, got, *, words_only=False):
    """Return the first Difference between two texts, or None.

    words_only: compare everything but the numbers (a GPU's record on another device).
    """
    ours, theirs = (text.replace(MARK, "?").rstrip().split("\n") for text in (expected, got))
    for n in range(max(len(ours), len(theirs))):
        if n >= len(theirs):
            return Difference(n + 1, ours[n], "(no such line)", "a line is missing")
        if n >= len(ours):
            return Difference(n + 1, "(no such line)", theirs[n], "there is an extra line")
        why = _line(ours[n], theirs[n], words_only)
        if why:
            return Difference(n + 1, ours[n], theirs[n], why)
    return None


def _line(expected, got, words_only):
    """Say why two lines differ; an empty string if they agree."""
    if expected == got:
        return ""
    if _words(expected) != _words(got):
        return "the words differ"
    if words_only:
        return ""
    for a, b in zip(NUMBER.findall(expected), NUMBER.findall(got), strict=True):
        unit = _unit(a)
        if (unit is None) != (_unit(b) is None):
            return f"{a} and {b}: one is an integer, one is not"
        if unit is None and a.replace("-0", "0") != b.replace("-0", "0"):
            return f"{a} and {b}: integers have to be the same"
        if unit is not None and a != b and abs(Decimal(a) - Decimal(b)) > unit:
            return f"{a} and {b} differ by more than one unit of the last digit, {unit}"
    return ""


def _words(line):
    """Return the line with its numbers masked and its spacing evened out.

    Only a number that starts a line or follows a bracket may move: NumPy pads them there.
    """
    masked = re.sub(r"(?<=\S)\s+", " ", NUMBER.sub(MARK, line.rstrip()))
    return re.sub(rf"(?:(?<=[\[(])|^)\s+(?=[{MARK}\[])", "", masked)


def _unit(number):
    """Return one unit of the last digit shown, as a Decimal; None for an integer."""
    mantissa, _, exponent = number.lower().partition("e")
    if "." not in mantissa and not exponent:
        return None
    decimals = len(mantissa.partition(".")[2])
    return Decimal(1).scaleb(int(exponent or 0) - decimals)
