"""What each loss makes of wrong values: the best constant, and the best line."""

import torch
import torch.nn.functional as F


def fit(loss, inputs, y):
    """Return the weights (D,) that bring inputs (N, D) @ weights closest to y (N,)."""
    weights = inputs.new_zeros(inputs.shape[1], requires_grad=True)  # (D,)
    for rate in (0.2, 0.02, 0.002):
        for _ in range(200):
            (gradient,) = torch.autograd.grad(loss(inputs @ weights, y), weights)
            weights = (weights - rate * gradient).detach().requires_grad_()
    return weights.tolist()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
hours = torch.tensor([0.2, 0.3, 0.4, 0.8, 1.1, 1.5, 9.0])  # (N,)
ones = torch.ones(7, 1)  # (N, D)
x = torch.randn(100)  # (N,)
y = 2 * x + 1 + 0.1 * torch.randn(100)  # (N,)
wrong = y.clone()  # (N,)
wrong[x.topk(5).indices] = -20  # 5 of 100 targets are nonsense

print(f"hours {hours.tolist()}: mean {hours.mean():.2f}, median {hours.median():.2f}")
print("loss      best constant   line, 100 clean targets   line, 5 of them wrong")
for name, loss in {
    "squared": F.mse_loss,
    "absolute": F.l1_loss,
    "Huber": F.huber_loss,
}.items():
    (constant,) = fit(loss, ones, hours)
    lines = []
    for targets in (y, wrong):
        bias, slope = fit(loss, torch.stack([torch.ones(100), x], dim=1), targets)
        lines.append(f"{slope:5.2f} x {bias:+.2f}")
    print(f"{name:<10}{constant:13.2f}{lines[0]:>26}{lines[1]:>24}")
