"""A linear recurrence needs no loop over time: all states in log2 L passes."""

import torch
import torch.nn.functional as F


def scan(a, u):
    """Return all h_t = a_t h_{t-1} + u_t, from h_0 = 0, and the number of passes.

    a, u: (..., L) of the same shape, else ValueError. Two steps in a row are one of
    the same kind, a' = a_2 a_1 and u' = a_2 u_1 + u_2, so each pass joins every
    step with the one `reach` before it. Source: Hillis and Steele 1986.
    """
    if a.shape != u.shape:
        raise ValueError(f"a is {tuple(a.shape)}, u is {tuple(u.shape)}")
    reach, passes = 1, 0
    while reach < u.shape[-1]:
        a_before = F.pad(a, (reach, 0), value=1.0)[..., :-reach]  # (..., L)
        u_before = F.pad(u, (reach, 0))[..., :-reach]  # (..., L)
        a, u = a * a_before, a * u_before + u
        reach, passes = 2 * reach, passes + 1
    return u, passes


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
print("     L   passes   against the loop, off by")
for L in (1, 7, 64, 1000):
    a, u = 0.9 + 0.1 * torch.rand(3, L), torch.randn(3, L)  # (N, L)
    h, loop = torch.zeros(3), []
    for t in range(L):
        h = a[:, t] * h + u[:, t]  # (N,)
        loop.append(h)
    states, passes = scan(a, u)
    off = (states - torch.stack(loop, dim=1)).abs().max()
    print(f"{L:6d}{passes:9d}{off:27.9f}")

print("\nas functions of h, two steps in a row:")
h = torch.tensor([-1.0, 0.0, 1.0])
twice = 0.5 * (0.5 * h + 1) + 1
print(f"h/2 + 1 twice is h/4 + 3/2:   off by {(twice - (h / 4 + 1.5)).abs().max():.2f}")
twice = torch.tanh(2 * torch.tanh(2 * h))
slope = twice[2].atanh()  # the only w for which tanh(w h) meets it at h = 1
middle = torch.tensor(0.5)
off = torch.tanh(2 * torch.tanh(2 * middle)) - torch.tanh(slope * middle)
print(f"tanh(2h) twice is no tanh(wh): off by {off.item():.2f} at h = 0.5")
