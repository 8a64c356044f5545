"""A loss is the negative log-likelihood of its targets, up to a constant."""

import torch
import torch.distributions as D
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
N, C = 64, 5
numbers, bits = torch.randn(N), torch.randint(2, (N,)).double()  # (N,), (N,)
ids, counts = torch.randint(C, (N,)), torch.poisson(torch.full((N,), 3.0))  # (N,), (N,)


def nll_and_loss(kind, z, scores):
    """Return mean -log p of the targets, and a loss; z: (N,), scores: (N, C)."""
    if kind == "normal, std 1":
        log_p, loss = D.Normal(z, 1).log_prob(numbers), F.mse_loss(z, numbers) / 2
    elif kind == "normal, std 3":
        log_p, loss = D.Normal(z, 3).log_prob(numbers), F.mse_loss(z, numbers) / 18
    elif kind == "Laplace":
        log_p, loss = D.Laplace(z, 1).log_prob(numbers), F.l1_loss(z, numbers)
    elif kind == "Poisson":
        log_p, loss = D.Poisson(z.exp()).log_prob(counts), F.poisson_nll_loss(z, counts)
    elif kind == "Bernoulli":
        log_p = D.Bernoulli(logits=z).log_prob(bits)
        loss = F.binary_cross_entropy_with_logits(z, bits)
    else:
        log_p = D.Categorical(logits=scores).log_prob(ids)
        loss = F.cross_entropy(scores, ids)
    return -log_p.mean().item(), loss.item()


predictions = [(torch.randn(N), torch.randn(N, C)) for _ in range(2)]
print("                              first predictions       second predictions")
print("targets        loss          -log p   loss    gap    -log p   loss    gap")
for kind, name in {
    "normal, std 1": "mse / 2",
    "normal, std 3": "mse / 18",
    "Laplace": "l1",
    "Poisson": "poisson_nll",
    "Bernoulli": "bce",
    "categorical": "cross_entropy",
}.items():
    row = f"{kind:<15}{name:<14}"
    for z, scores in predictions:
        nll, loss = nll_and_loss(kind, z, scores)
        row += f"{nll:6.3f}{loss:7.3f}{abs(nll - loss):7.3f}    "
    print(row.rstrip())
