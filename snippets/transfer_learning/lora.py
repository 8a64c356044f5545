"""Low-rank adaptation: a frozen matrix, a small trained update, merged in the end."""

import copy

import torch
from torch import nn


class LoRA(nn.Module):
    """A frozen linear layer plus scale times B A x, with A (r, in) and B (out, r).

    rank r from 1 to min(in, out), or ValueError. B starts at 0, so that nothing
    changes at first. Source: Hu et al. 2021, section 4.1.
    """

    def __init__(self, linear, rank, alpha=1.0):
        super().__init__()
        d_out, d_in = linear.weight.shape
        if not 1 <= rank <= min(d_in, d_out):
            raise ValueError(f"rank {rank} of a matrix of {d_out} x {d_in}")
        self.linear, self.scale = linear.requires_grad_(False), alpha / rank
        self.a = nn.Parameter(torch.randn(rank, d_in) / d_in**0.5)  # (r, in)
        self.b = nn.Parameter(torch.zeros(d_out, rank))  # (out, r)

    def forward(self, x):  # (N, in)
        return self.linear(x) + self.scale * x @ self.a.T @ self.b.T  # (N, out)

    def merged(self):
        """Return one linear layer that computes the same."""
        linear = copy.deepcopy(self.linear)
        with torch.no_grad():
            linear.weight += self.scale * self.b @ self.a
        return linear


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
linear, x = nn.Linear(768, 512), torch.randn(16, 768)  # (N, in)
y = linear(x).detach() + torch.randn(16, 512)  # (N, out)
print("rank   trained parameters   of all, %   start off by   merged off by")
for rank in (1, 4, 16):
    layer = LoRA(linear, rank)
    start = (layer(x) - linear(x)).abs().max().item()
    adam = torch.optim.Adam([layer.a, layer.b], lr=0.01)
    for _ in range(10):
        adam.zero_grad()
        (layer(x) - y).square().mean().backward()
        adam.step()
    off = (layer(x) - layer.merged()(x)).abs().max().item()
    count = layer.a.numel() + layer.b.numel()
    share = 100 * count / sum(p.numel() for p in layer.parameters())
    print(f"{rank:4d}{count:21d}{share:13.1f}{start:15.10f}{off:16.10f}")
