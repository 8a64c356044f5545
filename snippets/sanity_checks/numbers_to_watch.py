"""Seven numbers that tell one mistake from another: a healthy run and six sick ones."""

from itertools import pairwise

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits
from torch import nn


def run(rate=0.5, depth=1, activation=nn.ReLU, scale=1.0, softmax=False, shuffle=False):
    """Train; return losses, gradient norms, update ratio, dead share and accuracy.

    Norms are those of the first and the last layer's weights at step 1; the others are
    of the end: update over weight of the first layer, share of its units at 0.
    """
    torch.manual_seed(0)
    sizes = [64] + [50] * depth
    hidden = [m for a, b in pairwise(sizes) for m in (nn.Linear(a, b), activation())]
    net = nn.Sequential(*hidden, nn.Linear(50, 10))
    targets = y[torch.randperm(len(y))] if shuffle else y  # (N,)
    optimizer = torch.optim.SGD(net.parameters(), rate)
    losses, norms = [], []
    for _ in range(50):
        logits = net(scale * x)  # (N, K)
        loss = F.cross_entropy(logits.softmax(dim=1) if softmax else logits, targets)
        optimizer.zero_grad()
        loss.backward()
        losses.append(loss.item())
        norms.append([net[k].weight.grad.norm().item() for k in (0, -1)])
        before = net[0].weight.detach().clone()
        optimizer.step()
    ratio = (net[0].weight.detach() - before).norm() / before.norm()
    dead = (net[:2](scale * x) <= 0).all(dim=0).double().mean()
    right = (net(scale * x).argmax(dim=1) == targets).double().mean()
    return losses[0], losses[-1], *norms[0], ratio.item(), dead.item(), right.item()


torch.set_default_dtype(torch.float64)
pixels, labels = map(torch.tensor, load_digits(return_X_y=True))  # (N, D), (N,)
x, y = pixels[:250] / 16, labels[:250]  # (N, D), (N,)
print("                       loss          |gradient| at 1   update   dead")
print("                    first  last     first     last  / weight  units  accuracy")
for name, settings in {
    "healthy": {},
    "rate / 100": {"rate": 0.005},
    "rate x 20": {"rate": 10.0},
    "pixels x 255": {"scale": 255.0},
    "8 sigmoid layers": {"depth": 8, "activation": nn.Sigmoid},
    "softmax twice": {"softmax": True},
    "labels shuffled": {"shuffle": True},
}.items():
    first, last, g_first, g_last, ratio, dead, right = run(**settings)
    row = f"{first:7.2f}{last:6.2f}{g_first:10.0e}{g_last:9.0e}{ratio:10.0e}"
    print(f"{name:<18}{row}{dead:7.2f}{right:10.2f}")
