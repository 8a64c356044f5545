"""A range test, one run whose rate grows, beside runs at fixed and falling rates."""

import matplotlib.pyplot as plt
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as bce


def data(count, seed):
    """Return x (N, D) and y (N,): classes drawn with a chance that depends on x."""
    generator = torch.Generator().manual_seed(seed)
    x = torch.randn(count, 16, generator=generator)  # (N, D)
    score = 3 * x[:, 0] + 2 * x[:, 1] * x[:, 2]  # (N,)
    return x, (torch.rand(count, generator=generator) < score.sigmoid()).double()


def train(rates):
    """Train at these rates, one a step; return losses by step, and on new examples."""
    torch.manual_seed(0)
    network = nn.Sequential(nn.Linear(16, 32), nn.Tanh(), nn.Linear(32, 1))
    optimizer = torch.optim.SGD(network.parameters())
    losses = []
    for step, rate in enumerate(rates):
        part = torch.arange(32 * step, 32 * (step + 1)) % len(x)  # (32,)
        loss = bce(network(x[part])[:, 0], y[part])
        optimizer.param_groups[0]["lr"] = rate
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses, bce(network(x_test)[:, 0], y_test).item()


torch.set_default_dtype(torch.float64)
(x, y), (x_test, y_test) = data(2048, seed=0), data(8192, seed=1)
growing = torch.logspace(-3, 1, 120).tolist()  # 0.001 to 10
smooth, average = [], 0
for step, loss in enumerate(train(growing)[0], 1):
    average = 0.9 * average + 0.1 * loss
    smooth.append(average / (1 - 0.9**step))
lowest = min(range(120), key=smooth.__getitem__)
print(f"range test, 120 steps: lowest loss at rate {growing[lowest]:.0f}")

print(" rate   loss on new examples after 256 steps: rate fixed, falling to 0")
rates, fixed, falling = (0.1, 0.3, 1, 2, 3, 6), [], []
for rate in rates:
    fixed.append(train([rate] * 256)[1])
    falling.append(train([rate * (1 - step / 256) for step in range(256)])[1])
    cell = f"{fixed[-1]:.2f}" if fixed[-1] < 1 else "> 1"
    print(f"{rate:5}{cell:>46}{falling[-1]:14.2f}")

plt.semilogx(growing, smooth, "-", label="range test: loss on the way, smoothed")
plt.semilogx(rates[:-1], fixed[:-1], "o--", label="full runs, rate fixed")
plt.semilogx(rates, falling, "s:", label="full runs, rate falling to 0")
plt.ylim(0.3, 1.1)
plt.xlabel("learning rate")
plt.ylabel("loss")
plt.legend(loc="upper left")
plt.show()
