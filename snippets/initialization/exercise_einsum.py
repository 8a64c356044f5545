"""Exercise: the two fans of a weight that is used in an einsum."""

import random

import torch


def fans(formula, sizes):
    """Return fan_in and fan_out of w in einsum(formula, x, w), such as "nd,hde->nhe".

    sizes: the length of each axis, by its letter. No letter stands in x alone.
    """
    ...  # your turn


# The check
random.seed(0)
wrong = ""
for _ in range(200):
    letters = "n" + "".join(random.sample("ghabcd", random.randint(1, 5)))
    sizes = {letter: random.randint(2, 4) for letter in letters}
    y = [c for c in letters if c in "ngh" or c in "cd"]  # (n, g, h, c, d), or some
    x = [c for c in letters if c in "ngh" or c in "ab"]  # (n, g, h, a, b), or some
    w = random.sample(letters[1:], len(letters) - 1)
    formula = f"{''.join(x)},{''.join(w)}->{''.join(y)}"
    ones = torch.ones([sizes[c] for c in x], requires_grad=True)
    result = torch.einsum(formula, ones, torch.ones([sizes[c] for c in w]))
    result.sum().backward()
    expected = int(result.max()), int(ones.grad.max())  # terms in a sum, and sums
    if (answer := fans(formula, sizes)) != expected:
        case = f"{formula} with {sizes}"
        wrong = f"not yet: {case}:\nexpected {expected}, got {answer}"
        break
print(wrong or "right: both fans of 200 formulas, as counted with ones")
