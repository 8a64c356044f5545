"""What one output sees, measured by gradients: only looking sideways widens it."""

import torch
from torch import nn


def field(network, pixels=41, channels=2, draws=3):
    """Return height and width of what the middle output depends on."""
    seen = torch.zeros(pixels, pixels, dtype=torch.bool)  # (H, W)
    for _ in range(draws):
        x = torch.randn(4, channels, pixels, pixels, requires_grad=True)  # (N, C, H, W)
        y = network(x)
        middle = y[0, :, y.shape[2] // 2, y.shape[3] // 2].sum()
        (gradient,) = torch.autograd.grad(middle, x)
        seen |= (gradient[0] != 0).any(dim=0)  # of the same example
    rows, columns = seen.nonzero().T
    return tuple((places.max() - places.min() + 1).item() for places in (rows, columns))


class Residual(nn.Sequential):
    """Add the input to what the layers make of it."""

    def forward(self, x):
        return x + super().forward(x)


def conv(kernel=3, **options):
    return nn.Conv2d(2, 2, kernel, padding="same", **options)


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
for name, layers in {
    "conv, conv, conv": [conv(), conv(), conv()],
    "with ReLU after each": [conv(), nn.ReLU(), conv(), nn.ReLU(), conv(), nn.ReLU()],
    "with 1x1 convolutions": [conv(), conv(1), conv(), conv(1), conv()],
    "3 high, 5 wide, twice": [conv((3, 5)), conv((3, 5))],
    "max pooling, then conv": [nn.MaxPool2d(2), conv()],
    "conv, then max pooling": [conv(), nn.MaxPool2d(2)],
    "a residual block": [Residual(conv(), nn.ReLU(), conv())],
    "batch norm, training": [conv(), nn.BatchNorm2d(2), conv()],
    "batch norm, evaluation": [conv(), nn.BatchNorm2d(2).eval(), conv()],
    "group norm": [conv(), nn.GroupNorm(1, 2), conv()],
}.items():
    height, width = field(nn.Sequential(*layers))
    print(f"{name:<24}{height:2d} x {width:2d} of 41 x 41")
