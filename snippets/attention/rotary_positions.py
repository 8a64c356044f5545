"""Rotary positions: turn queries and keys, and scores see the distance alone."""

import torch


def rotary(x, positions, base=10_000):
    """Return x (..., L, E), its features turned in pairs by the positions (L,).

    Pair i, of features 2i and 2i + 1, turns by position * base ** (-2i / E) radians.
    An odd E or positions of another length: ValueError. Source: Su et al. 2021, 3.2.2.
    """
    L, E = x.shape[-2:]
    if E % 2 or positions.shape != (L,):
        raise ValueError(f"x {tuple(x.shape)} with positions {tuple(positions.shape)}")
    frequency = base ** (-torch.arange(0, E, 2, dtype=x.dtype) / E)  # (E / 2,)
    angle = positions[:, None] * frequency  # (L, E / 2)
    even, odd = x[..., 0::2], x[..., 1::2]  # (..., L, E / 2)
    turned = (
        even * angle.cos() - odd * angle.sin(),
        even * angle.sin() + odd * angle.cos(),
    )
    return torch.stack(turned, dim=-1).flatten(-2)  # (..., L, E)


torch.manual_seed(0)
q, k = torch.randn(2, 1, 8, dtype=torch.float64)  # (1, E) each: one query, one key
print("query at   key at   distance   score")
for at, other in ((0, 0), (7, 3), (107, 103), (3, 7), (50, 10)):
    score = rotary(q, torch.tensor([at])) @ rotary(k, torch.tensor([other])).T
    print(f"{at:8d}{other:9d}{other - at:11d}{score.item():8.3f}")

x, positions = torch.randn(2, 3, 5, 8, dtype=torch.float64), torch.arange(5)
angle = positions[:, None] * 10_000 ** (-torch.arange(4, dtype=torch.float64) / 4)
complex_x = torch.view_as_complex(x.unflatten(-1, (4, 2)))  # (N, heads, L, E / 2)
turned = complex_x * torch.polar(torch.ones_like(angle), angle)
off = (rotary(x, positions) - torch.view_as_real(turned).flatten(-2)).abs().max()
print(f"difference from complex multiplication: {off:.12f}")
change = (rotary(x, positions).norm(dim=-1) - x.norm(dim=-1)).abs().max()
print(f"change of any vector's length:          {change:.12f}")
