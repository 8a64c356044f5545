"""At test time a plain mask asks for the probability of keeping, not its inverse."""

import numpy as np


def mean_over_masks(layers, x, p_drop, scaled):
    """Return the mean output over all masks of linear layers, with dropout before each.

    layers: matrices (out, in), x: (D,). scaled: whether kept values are divided by
    1 - p_drop. Taking the mean layer by layer is exact, because the layers are linear.
    Shapes that do not fit, or a p_drop outside of 0 <= p_drop < 1: ValueError.
    """
    if not 0 <= p_drop < 1:
        raise ValueError(f"p_drop has to be at least 0 and below 1, got {p_drop}")
    for w in layers:
        size = len(x)
        masks = np.indices([2] * size).reshape(size, -1).T  # (2^D, D)
        kept = masks.sum(1)  # (2^D,)
        chance = (1 - p_drop) ** kept * p_drop ** (size - kept)  # (2^D,)
        x = w @ (chance @ masks * x) / (1 - p_drop if scaled else 1)  # (out,)
    return x


def one_pass(layers, x, factor):
    """Return the output of one pass without masks, the input of each layer x factor."""
    for w in layers:
        x = w @ (factor * x)  # (out,)
    return x


rng = np.random.default_rng(0)
layers = [rng.normal(size=shape) for shape in ((5, 4), (3, 5), (1, 3))]  # (out, in)
x = rng.normal(size=4)  # (D,)

print("test output / mean training output, if the test pass multiplies by")
print("training    layers  p_drop    1 - p_drop   nothing   1 / (1 - p_drop)")
for scaled, name in ((False, "not scaled"), (True, "inverted")):
    for depth, p_drop in ((1, 0.2), (1, 0.5), (3, 0.5)):
        truth = mean_over_masks(layers[:depth], x, p_drop, scaled)[0]
        factors = 1 - p_drop, 1.0, 1 / (1 - p_drop)
        cells = [one_pass(layers[:depth], x, f)[0] / truth for f in factors]
        print(f"{name:<10}  {depth:6}  {p_drop:6}", end="")
        print("{:14.3f}{:10.3f}{:19.3f}".format(*cells))
