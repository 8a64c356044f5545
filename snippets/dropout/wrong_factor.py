"""A trained network without scaling: which factor its test pass needs, by loss."""

from itertools import pairwise

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits

P_DROP = 0.5


def network(x, weights, factor=None):
    """Return the outputs (N, 10) of two hidden layers; in training, factor is None.

    In training both hidden layers are dropped and not scaled; else times `factor`.
    """
    for i, w in enumerate(weights):
        x = x @ w[1:] + w[0]  # (N, out)  the first row is the bias
        if i < 2:
            mask = torch.rand(x.shape) >= P_DROP if factor is None else factor
            x = x.relu() * mask
    return x


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
images, digits = load_digits(return_X_y=True)
order = torch.randperm(len(digits))  # (N,)
x, label = torch.tensor(images)[order] / 16, torch.tensor(digits)[order]

sizes = (64, 64, 64, 10)
weights = [torch.randn(1 + n, m) * (2 / n) ** 0.5 for n, m in pairwise(sizes)]
for w in weights:
    w[0] = 0
    w.requires_grad_()
optimizer = torch.optim.SGD(weights, 0.1, momentum=0.9)
for step in range(300):
    i = torch.arange(50) + step % 20 * 50  # (50,): training uses the first 1000
    loss = F.cross_entropy(network(x[i], weights), label[i])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()

for name, factor in (("1 - p_drop", 0.5), ("none", 1.0), ("1 / (1 - p_drop)", 2.0)):
    with torch.no_grad():
        z = network(x[1000:], weights, factor)  # (797, 10)
    loss, right = F.cross_entropy(z, label[1000:]), z.argmax(1) == label[1000:]
    accuracy = right.double().mean()
    print(f"test factor {name:<16}  loss {loss:4.2f}  accuracy {accuracy:.2f}")
