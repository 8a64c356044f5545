"""Anchors at every position, and the network that scores and moves each of them."""

import torch
import torch.nn.functional as F
from torch import nn


def anchors(height, width, stride, sizes, ratios):
    """Return the anchors of a feature map, (height * width * K, 4), in pixels.

    One for each of K = len(sizes) * len(ratios) shapes at each position: area size^2,
    height over width = ratio. A number below or at 0: ValueError.
    """
    if min(height, width, stride, *sizes, *ratios) <= 0:
        raise ValueError(f"{height=}, {width=}, {stride=}, {sizes=}, {ratios=}")
    sides = [(size / r**0.5, size * r**0.5) for size in sizes for r in ratios]
    half = torch.tensor(sides) / 2  # (K, 2): x, y
    y, x = (stride * (torch.arange(n) + 0.5) for n in (height, width))  # (H,), (W,)
    middle = torch.cartesian_prod(y, x).flip(1)[:, None]  # (H W, 1, 2): x, y
    return torch.cat([middle - half, middle + half], dim=2).reshape(-1, 4)


class RegionProposalNetwork(nn.Module):
    """Give each of K anchors at each position a score and four deltas."""

    def __init__(self, channels, kinds):
        super().__init__()
        self.look = nn.Conv2d(channels, channels, 3, padding=1)
        self.score = nn.Conv2d(channels, kinds, 1)
        self.delta = nn.Conv2d(channels, 4 * kinds, 1)

    def forward(self, x):
        h = self.look(x).relu()  # (N, C, H, W)
        score = self.score(h).permute(0, 2, 3, 1).flatten(1)  # (N, H W K)
        delta = self.delta(h).permute(0, 2, 3, 1)  # (N, H, W, 4 K)
        return score, delta.reshape(len(x), -1, 4)  # (N, H W K, 4)


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
boxes = anchors(37, 62, 16, sizes=(128, 256, 512), ratios=(0.5, 1, 2))
sides = (boxes[:9, 2:] - boxes[:9, :2]).round().long().tolist()
print("anchors at a position:", " ".join(f"{w}x{h}" for w, h in sides))
inside = (boxes >= 0).all(1) & (boxes <= torch.tensor([1000, 600, 1000, 600])).all(1)
print(f"1000 x 600 pixels at stride 16: 62 x 37 positions, {len(boxes)} anchors,")
print(f"of which {inside.sum()} lie inside the image")

big = RegionProposalNetwork(512, 9).to("meta")
score, delta = big(torch.empty(1, 512, 37, 62, device="meta"))
print(f"scores {tuple(score.shape)}, deltas {tuple(delta.shape)}, ", end="")
print(f"{sum(w.numel() for w in big.parameters())} parameters")

network, x = RegionProposalNetwork(6, 9), torch.randn(2, 6, 5, 7)
windows = F.unfold(x, 3, padding=1).mT  # (N, H W, 9 C): the windows, one by one
h = (windows @ network.look.weight.flatten(1).T + network.look.bias).relu()
by_window = h @ network.score.weight.flatten(1).T + network.score.bias  # (N, H W, K)
off = (by_window.flatten(1) - network(x)[0]).abs().max()
print(f"a dense layer slid over windows, off from the convolution: {off:.12f}")
