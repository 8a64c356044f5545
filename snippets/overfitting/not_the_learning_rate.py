"""The losses at five learning rates: overfitting, and one rate that is too large."""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
x, y = map(torch.tensor, load_digits(return_X_y=True))  # (N, D), (N,)
train, valid = torch.randperm(len(x))[:600].split(300)  # row numbers
x, wrong = x / 16, torch.rand(len(y)) < 0.1  # (N, D), (N,)
y[wrong] = (y[wrong] + torch.randint(1, 10, (int(wrong.sum()),))) % 10


def run(rate, steps=200):
    """Return the training and the validation loss (steps,) of Adam at a rate."""
    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
    adam, losses = torch.optim.Adam(model.parameters(), lr=rate), []
    for _ in range(steps):
        adam.zero_grad()
        loss = F.cross_entropy(model(x[train]), y[train])
        loss.backward()
        with torch.inference_mode():
            losses.append((loss.item(), F.cross_entropy(model(x[valid]), y[valid])))
        adam.step()
    return torch.tensor(losses).T


print("rate    validation loss: lowest, at step    at the end   training loss")
for rate in (0.001, 0.003, 0.01, 0.1, 1.0):
    training, validation = run(rate)
    best = validation.argmin().item()
    print(f"{rate:5g}{validation[best]:26.2f}{best:9d}", end="")
    print(f"{validation[-1]:14.2f}{training[-1]:16.2f}")
