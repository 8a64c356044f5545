"""Shifting the training digits teaches one network that a shift changes nothing."""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits

SIDE = 14  # the canvas; a digit of 8 x 8 pixels stands in its middle, at (3, 3)


def place(digits, down, right):
    """Return digits (N, 8, 8) on canvases (N, SIDE, SIDE), moved by (N,) pixels."""
    padded = F.pad(digits, (SIDE,) * 4)  # (N, 8 + 2 SIDE, 8 + 2 SIDE)
    steps, start = torch.arange(SIDE), SIDE - 3
    rows = (start - down)[:, None] + steps  # (N, SIDE)
    columns = (start - right)[:, None] + steps  # (N, SIDE)
    each = torch.arange(len(digits))[:, None, None]  # (N, 1, 1)
    return padded[each, rows[:, :, None], columns[:, None]]


def train(digits, labels, far, steps=100):
    """Return the weights of a network trained on digits moved by up to `far` pixels."""
    torch.manual_seed(0)
    shapes = (SIDE**2, 48), (48, 10)
    weights = [(torch.randn(s) / s[0] ** 0.5).requires_grad_() for s in shapes]
    optimizer = torch.optim.Adam(weights, 0.02)
    for _ in range(steps):
        down, right = torch.randint(-far, far + 1, (2, len(digits)))  # (N,), (N,)
        x = place(digits, down, right)  # (N, SIDE, SIDE), new places in each step
        loss = F.cross_entropy(logits(weights, x), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return weights


def logits(weights, x):
    return (x.flatten(1) @ weights[0]).relu() @ weights[1]  # (N, K)


torch.set_default_dtype(torch.float64)
pixels, y = (torch.tensor(a) for a in load_digits(return_X_y=True))
x = pixels.reshape(-1, 8, 8) / 16  # (N, 8, 8)
few, test = slice(0, 300), slice(900, None)
still = torch.zeros(len(y[test]), dtype=torch.long)  # (N,)
print("trained on 300 digits            test digits moved to the right by, in pixels")
print("                                    0     1     2     3")
for name, far in (("as they are", 0), ("moved by up to 1", 1), ("moved by up to 2", 2)):
    weights, row = train(x[few], y[few], far), ""
    for moved in range(4):
        scores = logits(weights, place(x[test], still, still + moved))  # (N, K)
        right = (scores.argmax(dim=1) == y[test]).double().mean()
        row += f"{right:6.2f}"
    print(f"{name:<31}{row}")
