"""Where the branch changes the shape, so must the shortcut: four ways."""

import torch
from torch import nn
from torch.nn import functional as F


class PadShortcut(nn.Module):
    """Every second pixel, new channels of zeros. Source: He et al. 2015, option A."""

    def __init__(self, extra):
        super().__init__()
        self.extra = extra

    def forward(self, x):
        return F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, 0, self.extra))  # (N, C, H, W)


def projection(bias=False):  # option B
    return nn.Sequential(nn.Conv2d(4, 6, 1, 2, bias=bias), nn.BatchNorm2d(6))


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
x = torch.randn(8, 4, 9, 7, requires_grad=True)  # (N, C, H, W)
branch = nn.Sequential(
    nn.Conv2d(4, 6, 3, 2, 1, bias=False),
    nn.BatchNorm2d(6),
    nn.ReLU(),
    nn.Conv2d(6, 6, 3, 1, 1),
)
print(f"branch: {tuple(x.shape)} to {tuple(branch(x).shape)}")
print("\nshortcut                 parameters   reads of the pixels   output")
for name, shortcut in {
    "identity": nn.Identity(),
    "every second pixel, zeros": PadShortcut(2),
    "1x1, stride 2": projection(),
    "2x2 average, 1x1": nn.Sequential(
        nn.AvgPool2d(2, ceil_mode=True, count_include_pad=False), nn.Conv2d(4, 6, 1)
    ),
}.items():
    size = sum(w.numel() for w in shortcut.parameters())
    (gradient,) = torch.autograd.grad(shortcut.eval()(x).square().sum(), x)
    read = 100 * (gradient != 0).any(1).double().mean()
    try:
        says = tuple((branch(x) + shortcut(x)).shape)
    except RuntimeError as error:
        says = str(error)[:44] + " ..."
    print(f"{name:<25}{size:10d}{read:20.0f} %   {says}")

shortcut = projection(bias=True)
((branch(x) + shortcut(x)) * torch.randn(6, 5, 4)).sum().backward()
weight, bias = (shortcut[0].weight.grad.abs().max(), shortcut[0].bias.grad.abs().max())
print(f"\nbefore a norm, gradient of weights {weight:.2f}, of biases {bias:.12f}")
wrong = torch.randn(8, 1, 9, 7) + torch.randn(8, 6, 9, 7)
print(f"one channel plus six, without an error: {tuple(wrong.shape)}")
