"""Exercise: weights of a ReLU network with one hidden layer that computes a maximum."""

import torch


def weights():
    """Return w (H, 2), b (H,), v (H,) and c, with max(x) = v @ relu(w @ x + b) + c."""
    w, b, v, c = [[0, 0]], [0], [0], 0
    ...  # your turn
    return w, b, v, c


# The check
torch.manual_seed(0)
w, b, v, c = (torch.tensor(a, dtype=torch.float64) for a in weights())
x = 10 * torch.randn(1000, 2, dtype=torch.float64)  # (N, D)
outputs = (x @ w.T + b).relu() @ v + c  # (N,)
off = (outputs - x.amax(dim=1)).abs()  # (N,)
first, second = x[off.argmax()]
told = f"max({first:.2f}, {second:.2f}), got {outputs[off.argmax()]:.2f}"
print("right: 1000 pairs" if off.max() < 1e-6 else f"not yet: expected {told}")
