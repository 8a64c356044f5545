"""Nine derivatives to know by heart, each against autograd on 200 random draws."""

import torch

torch.set_default_dtype(torch.float64)
RULES = {  # name: (function of x, A, b; its gradient by x)
    "b . x": (lambda x, a, b: b @ x, lambda x, a, b: b),
    "|x|^2": (lambda x, a, b: x @ x, lambda x, a, b: 2 * x),
    "|x|": (lambda x, a, b: x.norm(), lambda x, a, b: x / x.norm()),
    "x^T A x": (lambda x, a, b: x @ a @ x, lambda x, a, b: (a + a.T) @ x),
    "|A x - b|^2": (
        lambda x, a, b: (a @ x - b).square().sum(),
        lambda x, a, b: 2 * a.T @ (a @ x - b),
    ),
    "log sum exp x": (lambda x, a, b: x.logsumexp(0), lambda x, a, b: x.softmax(0)),
}
OF_MATRICES = {  # name: (function of A, x, b; its gradient by A)
    "x^T A b": (lambda a, x, b: x @ a @ b, lambda a, x, b: torch.outer(x, b)),
    "|A|_F^2": (lambda a, x, b: a.square().sum(), lambda a, x, b: 2 * a),
    "log |det A|": (lambda a, x, b: a.det().abs().log(), lambda a, x, b: a.inverse().T),
}


def largest_difference(function, gradient, draws):
    """Return how far a rule is from autograd, by the first of the inputs, relative."""
    worst = 0.0
    for inputs in draws:
        expected = torch.func.grad(function)(*inputs)
        found = gradient(*inputs)
        if found.shape != expected.shape:
            raise ValueError(f"{tuple(found.shape)} instead of {tuple(expected.shape)}")
        worst = max(worst, ((found - expected).norm() / expected.norm()).item())
    return worst


torch.manual_seed(0)
draws = [(torch.randn(4), torch.randn(4, 4), torch.randn(4)) for _ in range(200)]
swapped = [(a, x, b) for x, a, b in draws]
print("function        gradient by   largest relative difference")
for rules, by, inputs in (
    (RULES, "x, (n,)", draws),
    (OF_MATRICES, "A, (n, n)", swapped),
):
    for name, (function, gradient) in rules.items():
        print(
            f"{name:<16}{by:<14}{largest_difference(function, gradient, inputs):.10f}"
        )
asymmetric = largest_difference(
    RULES["x^T A x"][0], lambda x, a, b: 2 * a @ x, draws[:1]
)
print(f"2 A x, the rule for symmetric A, on one that is not: off by {asymmetric:.1f}")
