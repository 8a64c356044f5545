"""Two ways to write the loss of a mixed example: mixed labels, or a mix of losses."""

import torch
import torch.nn.functional as F

torch.manual_seed(0)
N, K = 6, 4
scores = torch.randn(N, K, dtype=torch.float64)  # (N, K)
y, other = torch.randint(K, (2, N))  # (N,), (N,): the labels of both parts
share = torch.distributions.Beta(0.2, 0.2).sample((N,)).double()  # (N,)

targets = share[:, None] * F.one_hot(y, K) + (1 - share[:, None]) * F.one_hot(other, K)
mixed_labels = F.cross_entropy(scores, targets)  # targets: (N, K)
one = F.cross_entropy(scores, y, reduction="none")  # (N,)
two = F.cross_entropy(scores, other, reduction="none")  # (N,)
mixed_losses = (share * one + (1 - share) * two).mean()
off = (mixed_labels - mixed_losses).abs()
print(
    f"mixed labels {mixed_labels:.4f}, mixed losses {mixed_losses:.4f}, off {off:.12f}"
)

print("\nalpha    share of the rarer image, mean    below 0.05")
for alpha in (0.1, 0.2, 1.0, 8.0):
    drawn = torch.distributions.Beta(alpha, alpha).sample((100_000,))  # (draws,)
    rarer = torch.minimum(drawn, 1 - drawn)  # (draws,)
    print(f"{alpha:5.1f}{rarer.mean():31.2f}{(rarer < 0.05).double().mean():14.2f}")
