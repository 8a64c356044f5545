"""A solution: events divided by all the time waited, in vain or not."""

import numpy as np
import torch


def rate(times, over):
    """Return the most likely rate, events a minute, of exponential waiting times.

    times: (N,), minutes; over: (N,), True where the event came after that time, False
    where it has not come so far. The density is rate * exp(-rate * t), the probability
    to wait longer than t is exp(-rate * t). At least one wait is over.
    """
    return over.sum() / times.sum()


# The check
rng = np.random.default_rng(0)
wrong = ""
for _ in range(50):
    waits = rng.exponential(scale=rng.uniform(1, 20), size=rng.integers(3, 40))  # (N,)
    limit = rng.uniform(waits.min(), waits.max())
    times, over = np.minimum(waits, limit), waits <= limit  # (N,), (N,)
    if (answer := rate(times, over)) is None:
        wrong = "not yet: rate() gives None"
        break
    t = torch.tensor(answer, dtype=torch.float64, requires_grad=True)
    waiting = torch.distributions.Exponential(t)
    done = waiting.log_prob(torch.tensor(times[over])).sum()
    log_likelihood = done - t * times[~over].sum()
    slope = torch.autograd.grad(log_likelihood, t)[0].item() * answer / len(times)
    if not abs(slope) < 1e-6:
        way = "higher" if slope > 0 else "lower"
        wrong = f"not yet: {answer:.3f} a minute is not the top, it lies {way}"
        break
print(wrong or "right: 50 likelihoods have their top there")
