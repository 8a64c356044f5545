"""Layer norm of images has two meanings, and an axis that is easily missed."""

import torch
from torch import nn

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
N, C, H, W = 2, 6, 5, 7
x = torch.randn(N, C, H, W) * torch.arange(1, C + 1)[:, None, None]  # (N, C, H, W)

whole, group, pixel = nn.LayerNorm([C, H, W]), nn.GroupNorm(1, C), nn.LayerNorm(C)
by_pixel = pixel(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)  # (N, C, H, W)
for name, y, layer in (
    ("LayerNorm([C, H, W])", whole(x), whole),
    ("GroupNorm(1, C)", group(x), group),
    ("LayerNorm(C), C last", by_pixel, pixel),
):
    learned = sum(p.numel() for p in layer.parameters())
    off = (y - whole(x)).abs().max()
    print(f"{name:<21} learns {learned:3d} numbers, off from the first by {off:.2f}")


def attempt(what, layer, x):
    """Print over which axes the means of layer(x) are 0, or that torch refuses x."""
    try:
        y = layer(x)  # (N, C, H, W)
    except RuntimeError:
        print(f"{what:<35} is refused")
        return
    axes = {"C": 1, "H": 2, "W": 3, "C, H, W": (1, 2, 3)}
    found = next(name for name in axes if y.mean(axes[name]).abs().max() < 1e-9)
    print(f"{what:<35} works, each mean over {found}")


print()
attempt("LayerNorm([C, H, W]), larger image", whole, torch.randn(N, C, H + 1, W + 1))
attempt("GroupNorm(1, C), larger image", group, torch.randn(N, C, H + 1, W + 1))
attempt("LayerNorm(C), C not last", pixel, x)
square = torch.randn(N, C, H, C)  # (N, C, H, W) with W = C
attempt("LayerNorm(C), C not last, W = C", pixel, square)
square = square.to(memory_format=torch.channels_last)  # the order of the axes stays
attempt("the same in channels_last memory", pixel, square)
