"""The gradient of the first layer is nearly 0: raw pixels saturate its units."""

import torch
import torch.nn.functional as F
from torch import nn


def train(x, y, seed=0, steps=10):
    """Return share of saturated units, size of the first gradient, accuracy."""
    torch.manual_seed(seed)
    net = nn.Sequential(nn.Linear(20, 30), nn.Sigmoid(), nn.Linear(30, 10))
    optimizer = torch.optim.SGD(net.parameters(), 0.5)
    hidden = net[:2](x)  # (N, 30)
    flat = (hidden * (1 - hidden) < 1e-3).double().mean().item()
    size = None
    for _ in range(steps):
        logits = net(x)  # (N, K)
        loss = F.cross_entropy(logits, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        size = size or net[0].weight.grad.norm().item() / x.norm(dim=1).mean().item()
    return flat, size, (logits.argmax(dim=1) == y).double().mean().item()


def standardize(x):
    """Return x (N, D) with mean 0 and deviation 1 over all its values."""
    return (x - x.mean()) / x.std()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
y = torch.arange(400) % 10  # (N,)
x = torch.randn(10, 20)[y] + torch.randn(400, 20)  # (N, D): ten clouds
x = (128 + 50 * x).clamp(0, 255)  # (N, D): pixels
print("first layer         saturated   |gradient| / |x|   accuracy after 10 steps")
for name, images in (("raw pixels", x), ("standardized", standardize(x))):
    flat, size, accuracy = train(images, y)
    print(f"{name:<20}{flat:9.0%}{size:19.0e}{accuracy:26.2f}")
