"""A step function can be trained, by rules that don't follow its gradient."""

import numpy as np
import torch


def perceptron(x, y, passes=100):
    """Return the weights (D,) and the mistakes made in each pass over the examples.

    x: (N, D), with a column of ones as the bias; y: (N,), each 0 or 1; else ValueError.
    Stops after a pass without mistakes. Source: Rosenblatt 1958.
    """
    if x.ndim != 2 or y.shape != x.shape[:1] or not np.isin(y, (0, 1)).all():
        raise ValueError(f"expected (N, D) and N targets 0 or 1, got {x.shape}, {y}")
    w, history = np.zeros(x.shape[1]), []
    while len(history) < passes and (not history or history[-1]):
        history.append(0)
        for features, target in zip(x, y, strict=True):
            error = target - float(features @ w > 0)  # -1, 0 or 1
            w = w + error * features
            history[-1] += int(error != 0)
    return w, history


class Step(torch.autograd.Function):
    """A step forward, the identity backward: the straight-through estimate."""

    @staticmethod
    def forward(ctx, z):
        return (z > 0).to(z)

    @staticmethod
    def backward(ctx, gradient):
        return gradient


rng = np.random.default_rng(0)
x = np.column_stack([rng.normal(size=(300, 2)), np.ones(300)])  # (N, D)
sure = x @ [1.0, 2.0, -0.5]  # (N,)
gap, flipped = np.abs(sure) > 0.3, rng.random(300) < 0.05  # (N,), (N,)
for name, y in (("groups with a gap", sure > 0), ("5 % flipped", (sure > 0) ^ flipped)):
    w, history = perceptron(x[gap], y[gap])
    print(f"{name:<18}{len(history):4d} passes, {history[-1]:2d} mistakes in the last")

tx, ty = torch.tensor(x), torch.tensor(sure > 0).double()  # (N, D), (N,)
w = torch.tensor([-1.0, 0.3, 0.2], dtype=torch.float64, requires_grad=True)  # (D,)
loss = 0.5 * (Step.apply(tx @ w) - ty).square().sum()
(by_w,) = torch.autograd.grad(loss, w)  # (D,)
rule = ((ty - (tx @ w > 0).double())[:, None] * tx).sum(dim=0)  # (D,)
print(f"straight through, minus the gradient  {(-by_w).numpy().round(2)}")
print(f"perceptron rule, over all examples    {rule.detach().numpy().round(2)}")
