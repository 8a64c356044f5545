"""How much one example's output depends on the company it keeps, by batch size."""

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

torch.manual_seed(0)
sizes = [2, 4, 8, 16, 32, 64, 128, 256]
example = 1.0  # the feature of the one example that is watched


def output_noise(size, trials=5_000):
    """Return the standard deviation of the example's output over random companions."""
    companions = torch.randn(size - 1, trials)  # (N - 1, trials): each column one batch
    batch = torch.cat([torch.full((1, trials), example), companions])  # (N, trials)
    return F.batch_norm(batch, None, None, training=True)[0].std().item()


noise = [output_noise(size) for size in sizes]
for size, value in zip(sizes, noise, strict=True):
    scaled = value * size**0.5
    print(f"N = {size:3d}   noise {value:.2f}   noise x sqrt(N) {scaled:.1f}")

theory = [((1 + example**2 / 2) / size) ** 0.5 for size in sizes]
plt.loglog(sizes, noise, "o-", base=2, label="measured")
plt.loglog(sizes, theory, base=2, label="sqrt((1 + x^2 / 2) / N)")
plt.xlabel("examples in the batch, N")
plt.ylabel("standard deviation of one output")
plt.legend()
plt.show()
