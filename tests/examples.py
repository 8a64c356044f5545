"""How many random cases a property is tried on."""

import os

from hypothesis import settings

LONG = os.environ.get("TESTS") == "long"


def examples(count):
    """Ask for this many cases in the long tests, and for a quarter of them in make test."""
    return settings(max_examples=count if LONG else max(25, count // 4))
