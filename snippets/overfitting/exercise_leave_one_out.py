"""Exercise: the error on each example of a linear fit to the others, at once."""

import torch


def left_out_errors(x, y):
    """Return (N,): y minus the prediction for each example by least squares on the
    other N - 1. x: (N, D), y: (N,). Fit once, to all: the hat matrix
    x @ inverse(x.T @ x) @ x.T, (N, N), turns y into the predictions of that fit.
    """
    ...  # your turn


# The check
torch.manual_seed(0)
wrong = ""
for n, d in ((5, 1), (12, 4), (40, 30)):
    x, y = torch.randn(n, d).double(), torch.randn(n).double()  # (N, D), (N,)
    expected = []
    for i in range(n):
        others = torch.arange(n) != i  # (N,)
        w = torch.linalg.lstsq(x[others], y[others]).solution  # (D,)
        expected.append(y[i] - x[i] @ w)
    got, expected = left_out_errors(x, y), torch.stack(expected)  # (N,), (N,)
    if got is None or not torch.allclose(got, expected):
        got = None if got is None else f"{got.square().mean():.3f}"
        wrong = f"not yet: {n} examples, {d} features: expected a mean square of "
        wrong += f"{expected.square().mean():.3f}, got {got}"
        break
print(wrong or "right: 57 refits have the same errors")
