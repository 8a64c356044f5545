"""Stopping early and an L2 penalty, direction by direction: nearly one filter."""

import torch
from sklearn.datasets import load_diabetes


def kept_by_stopping(curvature, lr, steps):
    """Return the share of the unpenalized solution that gradient descent has reached.

    curvature: (D,), eigenvalues of the loss. A rate from 2 / max(curvature) on
    diverges: ValueError. Source: Bishop 2006, section 5.5.2.
    """
    if not 0 < lr < 2 / curvature.max():
        raise ValueError(f"lr {lr} is not between 0 and {2 / curvature.max():.3f}")
    return 1 - (1 - lr * curvature) ** steps  # (D,)


def kept_by_l2(curvature, lam):
    """Return the share that is left at the minimum of the loss + lam |w|^2 / 2."""
    if lam < 0:
        raise ValueError(f"a penalty rewards nothing: lam {lam}")
    return curvature / (curvature + lam)  # (D,)


torch.set_default_dtype(torch.float64)
diabetes = load_diabetes()
x, y = torch.tensor(diabetes.data), torch.tensor(diabetes.target)  # (N, D), (N,)
x, y = x / x.std(dim=0), (y - y.mean()) / y.std()
hessian, slope = x.T @ x / len(x), x.T @ y / len(x)  # (D, D), (D,)
curvature, directions = torch.linalg.eigh(hessian)  # (D,), (D, D)
solution = directions.T @ torch.linalg.solve(hessian, slope)  # (D,)

LR, STEPS = 0.1, 50
w = torch.zeros(10, requires_grad=True)  # (D,)
sgd = torch.optim.SGD([w], lr=LR)
for _ in range(STEPS):
    sgd.zero_grad()
    (((x @ w - y) ** 2).mean() / 2).backward()
    sgd.step()
stopped = kept_by_stopping(curvature, LR, STEPS)  # (D,)
penalized = kept_by_l2(curvature, 1 / (LR * STEPS))  # (D,)
off_1 = (directions.T @ w.detach() - stopped * solution).abs().max()
ridge = torch.linalg.solve(hessian + torch.eye(10) / (LR * STEPS), slope)  # (D,)
off_2 = (directions.T @ ridge - penalized * solution).abs().max()

print(f"share kept     {STEPS} steps of rate {LR}   L2 with lambda {1 / (LR * STEPS)}")
for n in (9, 8, 6, 3, 1, 0):
    print(f"curvature {curvature[n]:5.2f}{stopped[n]:16.2f}{penalized[n]:21.2f}")
print(f"off from torch {off_1:19.12f}{off_2:21.12f}")
