"""Bias and variance of polynomials: 500 training sets of 20 points each."""

import numpy as np


def bias_and_variance(predictions, truth):
    """Return the squared bias and the variance, means over the N inputs.

    predictions: (S, N), of models from S training sets; truth: (N,), without noise,
    or ValueError. Source: Geman, Bienenstock and Doursat 1992, section 3.
    """
    if predictions.ndim != 2 or truth.shape != predictions.shape[1:]:
        raise ValueError(
            f"expected (S, N) and (N,): {predictions.shape}, {truth.shape}"
        )
    mean = predictions.mean(axis=0)  # (N,)
    return ((mean - truth) ** 2).mean(), ((predictions - mean) ** 2).mean()


def f(x):
    return np.sin(3 * x)


rng, noise = np.random.default_rng(0), 0.5
x_test = np.linspace(-1, 1, 101)  # (N,)
print("degree   training error   bias^2   variance   noise   sum   test error")
for degree in (0, 1, 3, 5, 7, 9):
    predictions, training, test = [], 0, 0
    for _ in range(500):
        x = np.linspace(-1, 1, 20)  # (20,)
        y = f(x) + noise * rng.standard_normal(20)  # (20,)
        fit = np.polynomial.Chebyshev.fit(x, y, degree)
        predictions.append(fit(x_test))
        y_test = f(x_test) + noise * rng.standard_normal(101)  # (N,)
        training += ((fit(x) - y) ** 2).mean() / 500
        test += ((fit(x_test) - y_test) ** 2).mean() / 500
    bias, variance = bias_and_variance(np.stack(predictions), f(x_test))
    print(
        f"{degree:6d}{training:17.2f}{bias:9.2f}{variance:11.2f}{noise**2:8.2f}", end=""
    )
    print(f"{bias + variance + noise**2:6.2f}{test:13.2f}")
