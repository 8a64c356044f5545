"""One budget of steps, spent on full runs, on two stages, or on ever fewer runs."""

import torch
from torch.nn.functional import binary_cross_entropy_with_logits as bce

L, S = 22, 2000  # levels of each setting, three a decade; searches


def train(one, two, stops):
    """Return {steps: validation losses (L, L)}; one, two: the layers' rates (L, L)."""
    w = [torch.randn(6, 8).expand(L, L, 6, 8), torch.randn(8, 1).expand(L, L, 8, 1)]
    found = {}
    for step in range(1, max(stops) + 1):
        w = [layer.detach().requires_grad_() for layer in w]
        gradients = torch.autograd.grad(
            losses(w, slice(128)).sum(), w
        )  # the runs don't meet
        w = [a - r[..., None, None] * g for a, r, g in zip(w, (one, two), gradients)]
        if step in stops:
            found[step] = losses(w, slice(128, None)).detach()
    return found


def losses(w, part):
    scores = ((x[part] @ w[0]).tanh() @ w[1])[..., 0]  # (L, L, N)
    return bce(scores, y[part].expand_as(scores), reduction="none").mean(dim=2)


def keep(runs, steps, count):
    """Return the runs (S, n, 2) of lowest loss after that many steps: (S, count, 2)."""
    loss = table[steps][runs[..., 0], runs[..., 1]]  # (S, n)
    best = loss.argsort(dim=1)[:, :count]  # (S, count)
    return runs.gather(1, best[..., None].expand(-1, -1, 2))


torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
x = torch.randn(640, 6)  # (N, D): 128 to train on, the others to validate
y = (torch.rand(640) < (2 * x[:, 0] + 2 * x[:, 1] * x[:, 2]).sigmoid()).double()  # (N,)
rates = torch.logspace(-5, 2, L).expand(L, L)  # (L, L)
table = train(rates.T, rates, (4, 16, 64))
drawn = torch.randint(L, (S, 64, 2))  # (S, runs, 2)

full = keep(drawn[:, :10], 64, 1)
around = keep(drawn[:, :20], 16, 1) + torch.randint(-2, 3, (S, 5, 2))
staged = keep(around.clamp(0, L - 1), 64, 1)
halved = keep(keep(keep(drawn, 4, 16), 16, 4), 64, 1)
print(
    "640 steps in all, two rates to find        above the best loss, mean   worst tenth"
)
for name, run in (
    ("10 runs of 64 steps", full),
    ("20 of 16, then 5 of 64 near the best", staged),
    ("64 of 4, best 16 to 16, best 4 to 64", halved),
):
    above = table[64][run[:, 0, 0], run[:, 0, 1]] - table[64].min()  # (S,)
    print(f"{name:<43}{above.mean():20.3f}{above.quantile(0.9):14.3f}")
