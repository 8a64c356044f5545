"""Weight decay from none to too much: 100 digits to learn from, 1,697 to judge by."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits

LR, SEEDS = 0.02, 3
DECAYS = torch.tensor([0, 0.1, 0.3, 1, 3, 10, 30])


def start(d_in, d_out):
    """Return weights (M, d_in, d_out), a network for each decay and each seed."""
    w = torch.randn(SEEDS, d_in, d_out) / d_in**0.5  # (SEEDS, d_in, d_out)
    return w.repeat(len(DECAYS), 1, 1).requires_grad_()


def loss(z, labels):
    """Return the mean cross-entropy (M,) of scores z (M, N, C), labels (N,)."""
    labels = labels.expand(len(z), -1)  # (M, N)
    return F.cross_entropy(z.mT, labels, reduction="none").mean(dim=1)


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
digits = load_digits()
order = torch.randperm(len(digits.data))  # (N,)
x = torch.tensor(digits.data)[order] / 16  # (N, 64)
y = torch.tensor(digits.target)[order]  # (N,)
weights = [start(64, 32), start(32, 10)]
decay = DECAYS.double().repeat_interleave(SEEDS)[:, None, None]  # (M, 1, 1)
adam = torch.optim.Adam(weights, LR)
for _ in range(200):
    adam.zero_grad()
    z = (x[:100] @ weights[0]).relu() @ weights[1]  # (M, N, C)
    loss(z, y[:100]).sum().backward()
    adam.step()
    with torch.no_grad():
        for w in weights:
            w *= 1 - LR * decay  # AdamW, with a decay for each network

z = ((x @ weights[0]).relu() @ weights[1]).detach()  # (M, N, C)
right = (z[:, 100:].argmax(dim=2) == y[100:]).double().mean(dim=1)  # (M,)
size = weights[0].detach().flatten(1).norm(dim=1)  # (M,)
columns = loss(z[:, :100], y[:100]), loss(z[:, 100:], y[100:]), 100 * right, size
rows = torch.stack(columns, dim=1).view(-1, SEEDS, 4).mean(dim=1)  # (decays, 4)
print("weight decay   training loss   test loss   test accuracy, %   |W1|")
for lam, (train, test, accuracy, size) in zip(DECAYS, rows):
    print(f"{lam:12.1f}{train:16.2f}{test:12.2f}{accuracy:19.0f}{size:7.1f}")

ticks = range(len(DECAYS))
plt.plot(ticks, rows[:, 0], "o--", label="training")
plt.plot(ticks, rows[:, 1], "s-", label="test")
plt.xticks(ticks, [f"{lam:g}" for lam in DECAYS.tolist()])
plt.xlabel("weight decay (mean of 3 seeds)")
plt.ylabel("cross-entropy, nats")
plt.legend()
plt.show()
