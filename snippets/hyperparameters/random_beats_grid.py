"""Sixteen trials on a grid or at random, where one setting matters and where two do."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F
from torch.quasirandom import SobolEngine

L, S = 16, 500  # levels of each setting; searches


def train(rates, decay, steps=60):
    """Return validation losses (L, L) after SGD, with a rate for each of two layers."""
    w = [torch.randn(6, 8).expand(L, L, 6, 8), torch.randn(8, 1).expand(L, L, 8, 1)]
    for _ in range(steps):
        w = [layer.detach().requires_grad_() for layer in w]
        loss = losses(w, slice(128)).sum()  # the runs don't meet: one gradient for all
        for i, gradient in enumerate(torch.autograd.grad(loss, w)):
            w[i] = w[i] - rates[i] * (gradient + decay * w[i])
    return losses(w, slice(128, None)).detach()


def losses(w, part):
    scores = ((x[part] @ w[0]).tanh() @ w[1])[..., 0]  # (L, L, N)
    return F.softplus((1 - 2 * y[part]) * scores).mean(dim=2)  # cross-entropy: (L, L)


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
x = torch.randn(640, 6)  # (N, D): 128 to train on, the others to validate
y = (torch.rand(640) < (2 * x[:, 0] + 2 * x[:, 1] * x[:, 2]).sigmoid()).double()
across = torch.logspace(-3, 1, L).reshape(1, L, 1, 1)  # a column for each rate
up = torch.logspace(-3, 1, L).reshape(L, 1, 1, 1)  # and a row, or 1e-5 of it as decay
tables = train([across, across], 1e-5 * up), train([across, up], 0.0)  # (L, L), twice
side = torch.linspace(0, 1, 4)
trials = {  # (S, 16, 2): places in the box that is searched, from 0 to 1
    "grid": torch.cartesian_prod(side, side).expand(S, 16, 2),
    "random": torch.rand(S, 16, 2),
    "Sobol": torch.stack([SobolEngine(2, True, s).draw(16) for s in range(S)]).double(),
}
align = {"align_corners": True}
corner = torch.rand(S, 1, 2)  # the box spans 3 of 4 decades, from here on
print("above the best loss    rate, decay   two rates")
for name, places in trials.items():
    where = (corner + 3 * places)[:, :, None] / 2 - 1  # (S, 16, 1, 2)
    found = [F.grid_sample(t.expand(S, 1, L, L), where, **align) for t in tables]
    one, two = (f.amin((1, 2, 3)).mean() - t.min() for f, t in zip(found, tables))
    print(f"{name:<23}{one:13.3f}{two:13.3f}")

figure, panels = plt.subplots(1, 2)
second = ("weight decay", -8), ("rate of layer 2", -3)
for axes, table, (name, low) in zip(panels, tables, second, strict=True):
    image, box = table.clamp(max=0.9).numpy(), (-3, 1, low, low + 4)
    axes.imshow(image, "gray", extent=box, origin="lower")
    for way, mark in (("grid", "s"), ("random", "o")):
        one, two = 0.5 + 3 * trials[way][0].T  # (16,), (16,): decades above the lowest
        axes.plot(one - 3, two + low, mark, label=way)
    axes.set(xlabel="log10 of the rate", ylabel=f"log10 of the {name}")
figure.legend(*axes.get_legend_handles_labels(), loc="outside upper center")
plt.show()
