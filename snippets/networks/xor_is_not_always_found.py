"""Two units can compute XOR; gradient descent finds them from some starts only."""

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
POINTS = torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]])  # (N, D)
LABELS = torch.tensor([0.0, 1, 1, 0])  # (N,)


def solved(width, starts=100, steps=300, rate=1.0):
    """Train networks of `width` ReLU units side by side; return who solve XOR: (S,)."""
    torch.manual_seed(0)
    w = torch.randn(starts, 2, width, requires_grad=True)  # (S, D, H)
    b = torch.zeros(starts, 1, width, requires_grad=True)  # (S, 1, H)
    v = torch.randn(starts, width, 1, requires_grad=True)  # (S, H, 1)
    c = torch.zeros(starts, 1, requires_grad=True)  # (S, 1)
    parameters = (w, b, v, c)
    optimizer = torch.optim.SGD(parameters, rate)
    for _ in range(steps):
        logits = ((POINTS @ w + b).relu() @ v)[:, :, 0] + c  # (S, N)
        losses = F.binary_cross_entropy_with_logits(
            logits, LABELS.expand(starts, -1), reduction="none"
        )
        optimizer.zero_grad()
        losses.mean(dim=1).sum().backward()  # a sum: the networks do not mix
        optimizer.step()
    return ((logits > 0) == (LABELS > 0)).all(dim=1)


print("hidden units   random starts that end with all 4 points right")
for width in (2, 4, 8, 16):
    share = solved(width).double().mean()
    print(f"{width:12d}   {100 * share:.0f} %")
