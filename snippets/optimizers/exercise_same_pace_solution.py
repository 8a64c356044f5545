"""A solution: a gradient counts 1 / (1 - mu) times over the steps to come."""

import torch


def rate_for(lr, mu, new_mu):
    """Return the rate at which torch's SGD with new_mu is as fast as lr with mu."""
    return lr * (1 - new_mu) / (1 - mu)


# The check
def pace(lr, mu):
    """Return the size of a step after 5,000 steps under a gradient of 1."""
    weight = torch.zeros(1, dtype=torch.float64, requires_grad=True)
    weight.grad = torch.ones_like(weight)
    sgd = torch.optim.SGD([weight], lr, momentum=mu)
    for _ in range(5000):
        before = weight.item()
        sgd.step()
    return before - weight.item()


wrong = ""
for lr, mu, new_mu in ((0.1, 0.9, 0.0), (0.02, 0.0, 0.8), (0.3, 0.9, 0.99)):
    expected, answer = pace(lr, mu), rate_for(lr, mu, new_mu)
    got = None if answer is None else round(pace(answer, new_mu), 4)
    if got is None or abs(got - expected) > 1e-3:
        wrong = f"lr {lr}, mu {mu}: steps of {expected:.2f}; with mu {new_mu}: {got}"
        break
print(f"not yet: {wrong}" if wrong else "right: three pairs keep their pace")
