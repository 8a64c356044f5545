"""A turned 6 is a 9: training on turned digits under their old labels costs both."""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits


def train(x, y, change, steps=80):
    """Return the weights (D, 48), (48, K) of a network trained on changed images."""
    torch.manual_seed(0)
    shapes = (64, 48), (48, 10)
    weights = [(torch.randn(s) / s[0] ** 0.5).requires_grad_() for s in shapes]
    optimizer = torch.optim.Adam(weights, 0.02)
    for _ in range(steps):
        coin = torch.rand(len(x), 1, 1) < 0.5  # (N, 1, 1): one for each example
        loss = F.cross_entropy(logits(weights, torch.where(coin, change(x), x)), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return weights


def logits(weights, x):
    return (x.flatten(1) @ weights[0]).relu() @ weights[1]  # (N, K)


torch.set_default_dtype(torch.float64)
pixels, y = (torch.tensor(a) for a in load_digits(return_X_y=True))
x = pixels.reshape(-1, 8, 8) / 16  # (N, 8, 8)
few, test = slice(0, 200), slice(900, None)
changes = {
    "nothing": lambda x: x,
    "turned by 180°": lambda x: x.rot90(2, (1, 2)),
    "mirrored": lambda x: x.flip(2),
    "contrast halved": lambda x: 0.5 * x,
}
print("half of the training images,   test accuracy    of which")
print("under their own labels           all digits       6 and 9")
trained = {name: train(x[few], y[few], change) for name, change in changes.items()}
for name, weights in trained.items():
    right = logits(weights, x[test]).argmax(dim=1) == y[test]  # (N,)
    pair = (y[test] == 6) | (y[test] == 9)  # (N,)
    print(f"{name:<31}{right.double().mean():13.2f}{right[pair].double().mean():14.2f}")

for digit in (6, 9, 0, 8, 1, 2):
    turned = x[test][y[test] == digit].rot90(2, (1, 2))  # (N, 8, 8)
    called = (
        logits(trained["nothing"], turned).argmax(dim=1).bincount(minlength=10)
    )  # (K,)
    share = called.max() / called.sum()
    print(f"a {digit} turned by 180°: called {called.argmax()}, {share:.2f} of them")
