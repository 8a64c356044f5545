"""A convolution relies on which pixels are neighbors; a dense layer cannot know it."""

import torch
from torch import nn

PLUS = torch.tensor([[0.0, 1, 0], [1, 1, 1], [0, 1, 0]])  # (3, 3)
CROSS = torch.tensor([[1.0, 0, 1], [0, 1, 0], [1, 0, 1]])  # (3, 3)


def images(count, H=12, W=11):
    """Return noisy images (N, 1, H, W) with a plus or a cross each, and labels (N,)."""
    x = 0.4 * torch.randn(count, 1, H, W)  # (N, C, H, W)
    label = torch.randint(2, (count,))  # (N,)
    tops, lefts = torch.randint(H - 2, (count,)), torch.randint(W - 2, (count,))
    for image, which, i, j in zip(x[:, 0], label, tops, lefts, strict=True):
        image[i : i + 3, j : j + 3] += 2 * (PLUS, CROSS)[which]
    return x, label


def accuracies(net, x, label, train=400, steps=100):
    """Train on the first images; return the shares right there and on the others."""
    optimizer = torch.optim.Adam(net.parameters(), 0.02)
    for _ in range(steps):
        loss = nn.functional.cross_entropy(net(x[:train]), label[:train])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    right = (net(x).argmax(1) == label).double()  # (N,)
    return right[:train].mean(), right[train:].mean()


torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
x, label = images(1000)
order = torch.randperm(132)  # one order, the same for all images
shuffled = x.flatten(1)[:, order].reshape(x.shape)  # (N, C, H, W)

print("pixels      layer   parameters  in training  new images")
for name, data in (("as they are", x), ("shuffled", shuffled)):
    torch.manual_seed(0)
    dense = nn.Sequential(nn.Flatten(), nn.Linear(132, 64), nn.ReLU(), nn.Linear(64, 2))
    conv = nn.Sequential(
        nn.Conv2d(1, 8, 3),
        nn.ReLU(),
        nn.AdaptiveMaxPool2d(1),
        nn.Flatten(),
        nn.Linear(8, 2),
    )
    for kind, net in (("dense", dense), ("convolution", conv)):
        size = sum(p.numel() for p in net.parameters())
        old, new = accuracies(net, data, label)
        print(f"{name:<11} {kind:<12} {size:5,} {old:13.2f} {new:11.2f}")
