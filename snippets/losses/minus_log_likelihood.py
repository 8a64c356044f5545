"""Each loss is minus a log-likelihood: six of torch's, against its distributions."""

import torch
import torch.nn.functional as F
from torch import distributions as d

N, K = 2000, 4
torch.set_default_dtype(torch.float64)
torch.manual_seed(0)
z, scores = 3 * torch.randn(N), 3 * torch.randn(N, K)  # (N,), (N, K): network outputs
spread = torch.rand(N) + 0.1  # (N,), a second output, above 0
real = torch.randn(N)  # (N,)
yes = torch.randint(2, (N,)).double()  # (N,)
kind = torch.randint(K, (N,))  # (N,)
count = torch.randint(20, (N,)).double()  # (N,)
each = {"reduction": "none"}

CASES = {
    "mse_loss / 2": (
        "Normal(z, 1)",
        lambda z: F.mse_loss(z, real, **each) / 2,
        lambda z: d.Normal(z, 1).log_prob(real),
    ),
    "l1_loss": (
        "Laplace(z, 1)",
        lambda z: F.l1_loss(z, real, **each),
        lambda z: d.Laplace(z, 1).log_prob(real),
    ),
    "gaussian_nll_loss": (
        "Normal(z, spread)",
        lambda z: F.gaussian_nll_loss(z, real, spread**2, **each),
        lambda z: d.Normal(z, spread).log_prob(real),
    ),
    "binary_cross_entropy_with_logits": (
        "Bernoulli(sigmoid z)",
        lambda z: F.binary_cross_entropy_with_logits(z, yes, **each),
        lambda z: d.Bernoulli(logits=z).log_prob(yes),
    ),
    "cross_entropy": (
        "Categorical(softmax z)",
        lambda z: F.cross_entropy(z, kind, **each),
        lambda z: d.Categorical(logits=z).log_prob(kind),
    ),
    "poisson_nll_loss": (
        "Poisson(exp z)",
        lambda z: F.poisson_nll_loss(z, count, **each),
        lambda z: d.Poisson(z.exp()).log_prob(count),
    ),
}
print(f"{N} draws of each".ljust(35) + "minus log p of           gradients differ by")
for name, (density, loss, log_p) in CASES.items():
    output = (scores if name == "cross_entropy" else z).requires_grad_()
    ours, truth = loss(output), -log_p(output)  # (N,), (N,)
    gradients = [torch.autograd.grad(t.sum(), output)[0] for t in (ours, truth)]
    off = (gradients[0] - gradients[1]).abs().max()
    print(f"{name:<35}{density:<25}{off:.6f}")
