"""Maximum likelihood of a normal distribution: by formula, and by descent in torch."""

import math

import numpy as np
import torch


def log_likelihood(x, mean, std):
    """Return the sum of the logarithms of the normal density at x (N,).

    A standard deviation that is not above 0: ValueError.
    """
    if not std > 0:
        raise ValueError(f"the standard deviation has to be above 0, got {std}")
    z = (x - mean) / std  # (N,)
    return -(z**2 / 2).sum() - len(x) * math.log(std * math.sqrt(2 * math.pi))


def most_likely(x):
    """Return the mean and standard deviation under which x (N,) is most likely.

    They are those of the sample, the variance divided by N. Fewer than two different
    values: ValueError. Source: Bishop 2006, equations 1.55 and 1.56.
    """
    if x.ndim != 1 or len(np.unique(x)) < 2:
        raise ValueError(f"expected (N,) with two different values, got {x}")
    mean = x.sum() / len(x)
    return mean, math.sqrt(((x - mean) ** 2).sum() / len(x))


rng = np.random.default_rng(0)
x = rng.normal(loc=20, scale=3, size=8)  # (N,)
mean, std = most_likely(x)
guess = torch.tensor([18.0, 1.0], dtype=torch.float64)  # (2,)  mean and log std
for _ in range(300):
    guess.requires_grad_()
    normal = torch.distributions.Normal(guess[0], guess[1].exp())
    loss = -normal.log_prob(torch.tensor(x)).mean()
    guess = (guess - 0.2 * torch.autograd.grad(loss, guess)[0]).detach()
print("drawn with    mean 20.000, std 3.000")
print(f"by formula    mean {mean:.3f}, std {std:.3f}")
print(f"by descent    mean {guess[0]:.3f}, std {guess[1].exp():.3f}")

print("\nlog-likelihood   std x 0.8   std x 1   std x 1.2")
for shift in (-1, 0, 1):
    row = [log_likelihood(x, mean + shift, std * scale) for scale in (0.8, 1, 1.2)]
    print(f"mean {shift:+d}      " + "".join(f"{value:11.2f}" for value in row))

print("\nvalues   product of densities, float64   sum of their logarithms")
for copies in (1, 10, 50):
    many = np.tile(x, copies)  # (N,)
    densities = [math.exp(log_likelihood(value, mean, std)) for value in many[:, None]]
    total = log_likelihood(many, mean, std)
    print(f"{len(many):6d}{math.prod(densities):32.1e}{total:26.1f}")
