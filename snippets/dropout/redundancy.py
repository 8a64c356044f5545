"""Units removed from a trained network: with dropout in training, fewer are missed."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits

WIDTH = 64


def forward(x, weights, mask):
    """Return the outputs (..., N, 10) for x (N, 64), the hidden units times mask."""
    return (x @ weights[0]).relu() * mask @ weights[1]


def train(p_drop, steps=300):
    """Return the weights of a network trained on 600 digits with dropout."""
    torch.manual_seed(0)
    shapes = ((64, WIDTH), (WIDTH, 10))  # (in, out)
    weights = [torch.randn(shape).div(8).requires_grad_() for shape in shapes]
    optimizer = torch.optim.SGD(weights, 0.1, momentum=0.9)
    for step in range(steps):
        i = torch.arange(100) + step % 6 * 100  # (100,)
        mask = (torch.rand(100, WIDTH) >= p_drop) / (1 - p_drop)  # (N, WIDTH)
        loss = F.cross_entropy(forward(x[i], weights, mask), label[i])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return weights


@torch.no_grad()
def accuracy(weights, removed, trials=40):
    """Return the accuracy on new digits with `removed` units gone, the rest scaled."""
    order = torch.rand(trials, 1, WIDTH).argsort()  # (trials, 1, WIDTH)
    mask = (order >= removed) * WIDTH / (WIDTH - removed)
    right = forward(x[600:1100], weights, mask).argmax(-1) == label[600:1100]
    return right.double().mean().item()


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
images, digits = load_digits(return_X_y=True)
order = torch.randperm(len(digits))  # (N,)
x, label = torch.tensor(images)[order] / 16, torch.tensor(digits)[order]

counts = [0, 16, 32, 48, 56]
shares = [count / WIDTH for count in counts]
print("p_drop in training  accuracy with this share of units removed")
print(" " * 18, *(f"{share:6.0%}" for share in shares))
for marker, p_drop in zip("os^", (0.0, 0.5, 0.8), strict=True):
    weights = train(p_drop)
    accuracies = [accuracy(weights, count) for count in counts]
    print(f"{p_drop:18}", *(f"{a:6.2f}" for a in accuracies))
    plt.plot(shares, accuracies, marker=marker, label=f"trained with p_drop {p_drop}")
plt.gca().set(xlabel="share of hidden units removed", ylabel="accuracy on new digits")
plt.legend()
plt.show()
