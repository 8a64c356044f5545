"""Ten changed copies of each digit are worth some more digits, not ten times."""

import torch
import torch.nn.functional as F
from sklearn.datasets import load_digits


def jitter(x, size=0.1):
    """Return images (N, 1, H, W), each turned, stretched and moved a little."""
    N = len(x)
    where = torch.eye(2, 3).repeat(N, 1, 1)  # (N, 2, 3): where each pixel comes from
    where += size * torch.randn(N, 2, 3)
    grid = F.affine_grid(where, x.shape, align_corners=False)  # (N, H, W, 2)
    return F.grid_sample(x, grid, align_corners=False)  # (N, 1, H, W)


def accuracy(x, y):
    """Return the share of test digits whose nearest neighbor has their label."""
    distances = torch.cdist(x_test.flatten(1), x.flatten(1))  # (test, N)
    return (y[distances.argmin(dim=1)] == y_test).double().mean().item()


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
pixels, labels = (torch.tensor(a) for a in load_digits(return_X_y=True))
images = pixels.reshape(-1, 1, 8, 8) / 16  # (N, 1, 8, 8)
x_test, y_test = images[1000:], labels[1000:]
print("digits kept    alone    with 10 copies of each")
for n in (25, 50, 100, 200, 400, 800):
    x, y = images[:n], labels[:n]
    copies = jitter(x.repeat(10, 1, 1, 1))  # (10 N, 1, 8, 8)
    more = accuracy(torch.cat([x, copies]), y.repeat(11))
    print(f"{n:11d}{accuracy(x, y):9.2f}{more:26.2f}")
