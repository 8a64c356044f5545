"""An update line copied from a text may hold signs that Python does not know."""

import unicodedata

LINES = [
    "W = W - alpha * dW",
    "W = W - \u03b1 * dW",
    "W = W \u2212 alpha * dW",
    "W = W \u2014 alpha * dW",
    "W = W - \u237a * dW",
]

for line in LINES:
    names = {"alpha": 0.1, "\u03b1": 0.1, "W": 1.0, "dW": 2.0}
    strange = [unicodedata.name(sign).lower() for sign in line if not sign.isascii()]
    try:
        exec(line, names)
        said = f"W is {names['W']:.1f}"
    except SyntaxError as error:
        said = error.msg
    print(f"{', '.join(strange) or 'all ASCII':<38}{said}")
